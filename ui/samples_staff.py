"""What each screen of staff mode may have to show, for pictures and tests (not shipped)."""

from typing import Final

from ui.sample import Sample
from wire.failures import Failure
from wire.screen import Facts, Mode, Screen
from wire.staff import DeviceTest
from wire.vision import FaceHint

_DEVICES: Final = ["reader", "face_camera", "document_camera", "printer"]
_GOOD: Final = ["ready"] * 4
_PIN: Final[Facts] = {
    "digits": 0,
    "tries_left": 3,
    "locked_min": 0,
    "code": "",
    "asking": False,
}
_MENU: Final[Facts] = {
    "terminal": "terminal-17",
    "minutes": 14,
    "in_service": True,
    "devices": _DEVICES,
    "ready": ["1", "1", "1", "1"],
    "codes": _GOOD,
}
_LABELS: Final = [
    "report_software",
    *(f"device_{name}" for name in _DEVICES),
    *(f"test_{test}" for test in DeviceTest),
    *("report_clock", "report_outbox", "report_queued", "report_oldest", "report_service"),
    *("report_trail", "report_content"),
]
_TESTED: Final = "2026-11-25 09:30"


def _pin(variant: str, **facts: str | int | bool) -> Sample:
    return Sample(Screen.STAFF_PIN, variant, {**_PIN, **facts})


def _tests(variant: str, *verdicts: str) -> Sample:
    codes = {"bad": Failure.PRINTER_PAPER_OUT.value}
    facts: Facts = {
        "tests": [test.value for test in DeviceTest],
        "verdicts": list(verdicts),
        "times": ["" if one == "never" else _TESTED for one in verdicts],
        "codes": [codes.get(one, "") for one in verdicts],
    }
    return Sample(Screen.STAFF_TESTS, variant, facts)


def _test(test: DeviceTest, *hit: str, asks: bool = False) -> Sample:
    variant = f"{test}{'-asks' if asks else ''}"
    return Sample(Screen.STAFF_TEST, variant, {"test": test.value, "asks": asks, "hit": list(hit)})


def _report(variant: str, mark: str, report: str) -> Sample:
    words = {"good": "report_good", "bad": "report_bad"}[mark]
    told = {
        "report_software": ("0.1.0", "", ""),
        "report_queued": ("3 / 500", "", ""),
        "report_oldest": ("0.4 h", "", ""),
        "report_trail": ("18204", "", ""),
        "report_content": ("7", "", ""),
    }
    tested = {f"test_{test}": (_TESTED, mark, "") for test in DeviceTest}
    lines = [(told | tested).get(label, ("", mark, words)) for label in _LABELS]
    facts: Facts = {
        "ready": mark == "good",
        "labels": _LABELS,
        "values": [line[0] for line in lines],
        "marks": [line[1] for line in lines],
        "words": [line[2] for line in lines],
        "report": report,
    }
    return Sample(Screen.STAFF_REPORT, variant, facts)


_ENTRIES: Final = [
    ("09:31:07", "state.entered", "state=STAFF_LOGS"),
    ("09:30:58", "staff.admitted", "card=17"),
    ("09:30:51", "staff.card_seen", ""),
    ("09:28:14", "session.wiped", "ms=212"),
    ("09:28:11", "print.read", "form=2018 unread=0 copy_check=not_looked"),
    ("09:28:09", "presentation.judged", "outcome=supported attempt=1"),
    ("09:27:40", "card.failed", "failure=card.differs_from_print"),
    ("09:27:31", "camera.changed", "camera=document state=ready"),
    ("09:27:02", "state.entered", "state=PLACE_CARD"),
]

STAFF_SAMPLES: Final = (
    _pin(""),
    _pin("typed", digits=6),
    _pin("wrong", tries_left=2, code="staff.pin_refused"),
    _pin("locked", tries_left=0, locked_min=5, code="staff.pin_refused"),
    _pin("copy", tries_left=2, code="card.chip_cloned"),
    _pin("asking", digits=6, asking=True),
    Sample(Screen.CONFIRM, "", _PIN | {"card_seen": False}, mode=Mode.COUNTER),
    Sample(
        Screen.CONFIRM, "pin", _PIN | {"card_seen": True, "digits": 6}, mode=Mode.MOBILE, battery=64
    ),
    Sample(
        Screen.CONFIRM,
        "wrong",
        _PIN | {"card_seen": True, "code": "staff.pin_refused", "tries_left": 2},
        mode=Mode.COUNTER,
    ),
    Sample(Screen.STAFF_MENU, "", _MENU),
    Sample(
        Screen.STAFF_MENU,
        "faults",
        _MENU
        | {
            "in_service": False,
            "ready": ["1", "0", "1", "0"],
            "codes": ["ready", "camera.missing", "ready", "printer.paper_out"],
        },
    ),
    _tests("", "good", "bad", "good", "never", "good", "never"),
    _tests("never", *["never"] * 6),
    _test(DeviceTest.READER),
    _test(DeviceTest.PRINTER),
    _test(DeviceTest.PRINTER, asks=True),
    _test(DeviceTest.DOCUMENT_CAMERA),
    _test(DeviceTest.TOUCH, "1", "5"),
    _test(DeviceTest.SOUND, asks=True),
    *(
        Sample(Screen.STAFF_PAPER, f"{step}", {"step": step, "code": code})
        for step, code in enumerate(
            ("printer.missing", "printer.paper_out", "printer.cover_open", "ready")
        )
    ),
    Sample(Screen.STAFF_CAMERA, ""),
    Sample(Screen.STAFF_CAMERA, "hint", hint=FaceHint.NEARER),
    Sample(
        Screen.STAFF_LOGS,
        "",
        {
            "times": [time for time, _, _ in _ENTRIES],
            "events": [event for _, event, _ in _ENTRIES],
            "fields": [fields for _, _, fields in _ENTRIES],
            "page": 1,
            "pages": 10,
        },
    ),
    _report("ready", "good", ""),
    _report("not-ready", "bad", "made"),
    Sample(Screen.STAFF_RESTART),
)
