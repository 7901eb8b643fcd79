"""Inside staff mode, over the real effects: tests, paper, camera, log, report, restart."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.engine.readiness import DeviceReport
from kiosk.engine.staff import printer_changed
from kiosk.flow.staff import TARGETS
from kiosk.flow.states import State
from tests.support.staff_desk import CARD, READY, StaffDesk
from wire.message import DeviceState
from wire.screen import Action, PaintReport, PaintTestSlip
from wire.staff import DeviceTest
from wire.vision import FaceHint, StartFace, StopFace

PAPER_OUT = DeviceReport(DeviceState.FAULTY, "printer.paper_out")
COVER_OPEN = DeviceReport(DeviceState.FAULTY, "printer.cover_open")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[StaffDesk]:
    made = StaffDesk(tmp_path)
    yield made
    made.close()


def test_a_verdict_outlives_a_restart(desk: StaffDesk) -> None:
    desk.enter()
    desk.touch(Action.TESTS)
    desk.touch(Action.TEST, "reader")
    desk.listening.card_probed(service=True)
    assert desk.where() is State.STAFF_TESTS
    assert desk.facts["verdicts"][0] == "good"
    desk.start()
    verdict = desk.memory.kept.verdicts[DeviceTest.READER]
    assert (verdict.passed, verdict.card) == (True, CARD)
    assert desk.events("staff.tested") == [
        f"staff.tested device=reader passed=True card={CARD}",
    ]


def test_a_reader_that_knows_its_card_no_more_fails(desk: StaffDesk) -> None:
    desk.enter()
    desk.touch(Action.TESTS)
    desk.touch(Action.TEST, "reader")
    desk.listening.card_probed(service=False)
    assert desk.memory.kept.verdicts[DeviceTest.READER].code == "card.unreadable"


def test_the_printer_prints_and_staff_judges_the_slip(desk: StaffDesk) -> None:
    desk.enter()
    desk.touch(Action.TESTS)
    desk.touch(Action.TEST, "printer")
    assert isinstance(desk.sent[-2], PaintTestSlip)
    desk.touch(Action.PASSED)
    assert desk.where() is State.STAFF_TEST
    desk.paint()
    assert len(desk.devices.slips) == 1
    desk.effects.receipt_done("")
    assert desk.facts["asks"] is True
    desk.touch(Action.FAILED)
    assert desk.memory.kept.verdicts[DeviceTest.PRINTER].code == "staff.test_failed"


def test_a_printer_that_is_out_fails_with_its_code(desk: StaffDesk) -> None:
    desk.enter()
    desk.touch(Action.TESTS)
    desk.touch(Action.TEST, "printer")
    desk.effects.receipt_done("printer.paper_out")
    assert desk.memory.kept.verdicts[DeviceTest.PRINTER].code == "printer.paper_out"


def test_the_glass_is_good_when_every_place_was_touched(desk: StaffDesk) -> None:
    desk.enter()
    desk.touch(Action.TESTS)
    desk.touch(Action.TEST, "touch")
    for number in range(1, TARGETS):
        desk.touch(Action.TARGET, str(number))
    assert desk.facts["hit"] == [str(number) for number in range(1, TARGETS)]
    desk.touch(Action.TARGET, str(TARGETS))
    assert desk.memory.kept.verdicts[DeviceTest.TOUCH].passed


def test_a_test_that_does_not_exist_is_none(desk: StaffDesk) -> None:
    desk.enter()
    desk.touch(Action.TESTS)
    desk.touch(Action.TEST, "nonsense")
    assert desk.where() is State.STAFF_TESTS


def test_the_camera_shows_and_never_photographs(desk: StaffDesk) -> None:
    desk.enter()
    desk.touch(Action.CAMERA)
    starts = desk.devices.vision.count(StartFace(gentle=True))
    desk.listening.face_hint(FaceHint.HOLD_STILL, 2)
    assert desk.devices.vision.count(StartFace(gentle=True)) == starts + 1
    desk.listening.photo_taken(b"jpeg")
    assert desk.engine.world.vault.is_empty
    desk.touch(Action.BACK)
    assert StopFace() in desk.devices.vision


def test_paper_is_changed_step_by_step_as_the_printer_says(desk: StaffDesk) -> None:
    desk.printer = PAPER_OUT
    desk.enter()
    desk.touch(Action.PAPER)
    steps = [desk.facts["step"]]
    for report in (COVER_OPEN, READY):
        desk.printer = report
        printer_changed(desk.engine, ready=report is READY)
        steps.append(desk.facts["step"])
    assert steps == [1, 2, 3]
    assert desk.events("staff.paper") == [f"staff.paper_changed card={CARD}"]


def test_the_first_screen_says_at_once_whether_receipts_are_printed(desk: StaffDesk) -> None:
    assert desk.where() == State.ATTRACT
    said = [desk.facts["receipt_on_screen"]]
    for report in (PAPER_OUT, READY):
        desk.printer = report
        printer_changed(desk.engine, ready=report is READY)
        said.append(desk.facts["receipt_on_screen"])
    assert said == [False, True, False]


def test_staff_takes_the_terminal_out_of_service_and_back(desk: StaffDesk) -> None:
    desk.enter()
    desk.touch(Action.SERVICE_SWITCH)
    assert desk.facts["in_service"] is False
    desk.take_card()
    assert (desk.where(), desk.facts["code"]) == (State.OUT_OF_SERVICE, "staff.out_of_service")
    desk.start()
    assert desk.where() is State.OUT_OF_SERVICE
    desk.enter()
    desk.touch(Action.SERVICE_SWITCH)
    desk.take_card()
    assert desk.where() is State.ATTRACT


def test_the_log_shows_what_the_trail_holds_newest_first(desk: StaffDesk) -> None:
    desk.enter()
    desk.touch(Action.LOGS)
    assert desk.facts["events"][:2] == ["state.entered", "state.entered"]
    assert desk.facts["fields"][0] == "state=STAFF_LOGS"
    pages = desk.facts["pages"]
    for _ in range(pages + 2):
        desk.touch(Action.NEXT)
    assert desk.facts["page"] == desk.facts["pages"]


def test_a_report_is_painted_kept_and_told(desk: StaffDesk) -> None:
    desk.enter()
    desk.touch(Action.REPORT)
    assert desk.facts["ready"] is False
    desk.touch(Action.CONTINUE)
    (order,) = [message for message in desk.sent if isinstance(message, PaintReport)]
    assert {line.label for line in order.lines} >= {"device_reader", "test_touch", "report_clock"}
    desk.report(b"%PDF-1.4 specimen")
    assert desk.facts["report"] == "made"
    (kept,) = (desk.folder / "reports").iterdir()
    assert kept.read_bytes() == b"%PDF-1.4 specimen"
    assert desk.events("staff.reported") == [f"staff.reported card={CARD}"]


def test_what_is_no_report_is_not_kept(desk: StaffDesk) -> None:
    desk.enter()
    desk.touch(Action.REPORT)
    desk.report(b"%PDF-1.4 that nobody asked for")
    desk.touch(Action.CONTINUE)
    desk.report(b"MZ")
    assert desk.facts["report"] == "failed"
    assert not (desk.folder / "reports").exists()


def test_only_the_last_reports_are_kept(desk: StaffDesk) -> None:
    folder = desk.folder / "reports"
    folder.mkdir()
    for day in range(1, 20):
        (folder / f"readiness-202611{day:02d}-080000.pdf").write_bytes(b"%PDF-")
    desk.enter()
    desk.touch(Action.REPORT)
    desk.touch(Action.CONTINUE)
    desk.report(b"%PDF-")
    assert len(list(folder.iterdir())) == 12
    assert not (folder / "readiness-20261101-080000.pdf").exists()


def test_a_restart_is_confirmed_and_noted(desk: StaffDesk) -> None:
    desk.enter()
    desk.touch(Action.RESTART)
    assert desk.restarts == 0
    desk.touch(Action.CONTINUE)
    assert desk.restarts == 1
    assert desk.events("staff.ended") == [f"staff.ended card={CARD} why=restarted"]
