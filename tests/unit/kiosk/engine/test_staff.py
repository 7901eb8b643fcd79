"""Staff mode over the real effects: who gets in, for how long, and what stays behind."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.flow.staff import FIRST_LOCK_S, VISIT_S
from kiosk.flow.states import STAFF, Event, State
from kiosk.session.vault import Slot
from tests.support.staff_desk import CARD, PIN, WAYS_OUT, StaffDesk
from wire.framing import encode
from wire.screen import Action, Forget, Language, Show


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[StaffDesk]:
    made = StaffDesk(tmp_path)
    yield made
    made.close()


def test_a_service_card_and_its_pin_open_staff_mode(desk: StaffDesk) -> None:
    desk.enter()
    assert desk.devices.pins == [PIN]
    assert desk.events("staff.") == ["staff.card_seen", f"staff.admitted card={CARD}"]


def test_a_citizens_card_laid_down_early_opens_nothing(desk: StaffDesk) -> None:
    desk.lay_card(service=False)
    assert desk.where() is State.ATTRACT


def test_a_service_card_means_nothing_while_a_citizen_is_served(desk: StaffDesk) -> None:
    desk.touch(Action.TOUCH)
    desk.lay_card()
    assert desk.devices.probes == 0
    desk.listening.card_probed(service=True)
    desk.listening.service_card_opened(CARD)
    assert desk.where() is State.LANGUAGE


def test_a_card_that_is_probed_while_a_citizen_begins_opens_nothing(desk: StaffDesk) -> None:
    desk.listening.card_present(present=True)
    desk.touch(Action.TOUCH)
    desk.listening.card_probed(service=True)
    assert desk.where() is State.LANGUAGE


def test_staff_can_enter_a_terminal_that_is_out_of_service(desk: StaffDesk) -> None:
    desk.memory.change(in_service=False)
    desk.start()
    assert desk.where() is State.OUT_OF_SERVICE
    desk.enter()


def test_an_answer_that_nobody_asked_for_admits_nobody(desk: StaffDesk) -> None:
    desk.lay_card()
    desk.listening.service_card_opened(CARD)
    assert desk.where() is State.STAFF_PIN


def test_half_a_pin_is_not_tried(desk: StaffDesk) -> None:
    desk.lay_card()
    desk.type_pin("27182")
    assert desk.devices.pins == []
    assert desk.memory.kept.wrong_pins == 0


def test_a_try_is_counted_on_disk_before_the_card_is_asked(desk: StaffDesk) -> None:
    desk.lay_card()
    desk.type_pin("000000")
    assert desk.devices.pins == ["000000"]
    desk.start()
    assert desk.memory.kept.wrong_pins == 1


def refuse(desk: StaffDesk, times: int) -> None:
    for _ in range(times):
        desk.type_pin("000000")
        desk.listening.service_card_failed("card.key_refused")


def test_three_wrong_pins_lock_staff_out_and_citizens_are_served(desk: StaffDesk) -> None:
    desk.lay_card()
    refuse(desk, 3)
    assert desk.facts["locked_min"] == 5
    desk.type_pin()
    assert len(desk.devices.pins) == 3
    desk.touch(Action.LEAVE)
    desk.take_card()
    assert desk.where() is State.ATTRACT
    desk.touch(Action.TOUCH)
    assert desk.where() is State.LANGUAGE


def test_a_lock_ends_in_its_time_and_one_more_wrong_pin_doubles_it(desk: StaffDesk) -> None:
    desk.lay_card()
    refuse(desk, 3)
    desk.touch(Action.LEAVE)
    desk.take_card()
    desk.wait(FIRST_LOCK_S)
    desk.lay_card()
    assert desk.facts["locked_min"] == 0
    refuse(desk, 1)
    assert desk.facts["locked_min"] == 10


def test_a_restart_lets_a_lock_begin_anew(desk: StaffDesk) -> None:
    desk.lay_card()
    refuse(desk, 3)
    desk.now += 290
    desk.start()
    desk.lay_card()
    assert desk.facts["locked_min"] == 5
    desk.type_pin()
    assert len(desk.devices.pins) == 3


def test_the_right_pin_forgets_the_wrong_ones(desk: StaffDesk) -> None:
    desk.lay_card()
    refuse(desk, 2)
    desk.type_pin()
    desk.listening.service_card_opened(CARD)
    assert desk.memory.kept.wrong_pins == 0


@pytest.mark.parametrize("code", ["card.chip_cloned", "card.signer_unknown", "card.mute"])
def test_a_card_that_is_not_genuine_is_refused_and_told_apart(desk: StaffDesk, code: str) -> None:
    desk.lay_card()
    desk.type_pin()
    desk.listening.service_card_failed(code)
    assert (desk.where(), desk.facts["code"]) == (State.STAFF_PIN, code)
    assert desk.events("staff.refused") == [f"staff.refused failure={code} tries=1"]


def test_the_screens_are_told_how_many_digits_and_never_which(desk: StaffDesk) -> None:
    desk.lay_card()
    desk.sent.clear()
    for digit in PIN:
        desk.touch(Action.KEY, digit)
    assert desk.facts["digits"] == 6
    shown = b"".join(encode(message) for message in desk.sent if isinstance(message, Show))
    assert PIN.encode() not in shown


def test_the_pin_is_gone_when_the_card_has_answered(desk: StaffDesk) -> None:
    desk.lay_card()
    desk.type_pin()
    assert desk.engine.world.vault.holds(Slot.SERVICE_PIN)
    desk.listening.service_card_opened(CARD)
    assert desk.engine.world.vault.is_empty
    assert PIN.encode() not in (desk.folder / "trail.jsonl").read_bytes()
    assert PIN.encode() not in (desk.folder / "staff.json").read_bytes()


@pytest.mark.parametrize("event", WAYS_OUT)
@pytest.mark.parametrize("action", [None, *(Action(a) for a in ("tests", "camera", "logs"))])
def test_every_way_out_leaves_nothing_behind(
    desk: StaffDesk, event: Event, action: Action | None
) -> None:
    desk.enter()
    if action is not None:
        desk.touch(action)
    desk.sent.clear()
    desk.leave_by(event)
    assert desk.where() not in STAFF
    assert desk.engine.staff is None
    assert desk.engine.world.vault.is_empty
    assert Forget() in desk.sent
    assert desk.events("staff.ended")


@pytest.mark.parametrize("event", [Event.LEFT, Event.TIMED_OUT, Event.STAFF_TIME_UP])
def test_a_card_that_stays_lets_nobody_begin_until_it_is_taken(
    desk: StaffDesk, event: Event
) -> None:
    desk.enter()
    desk.leave_by(event)
    assert desk.where() is State.CARD_LEFT
    desk.listening.service_card_opened(CARD)
    assert desk.where() is State.CARD_LEFT
    desk.take_card()
    assert desk.where() is State.ATTRACT


def test_the_whole_visit_is_bounded_however_busy_staff_is(desk: StaffDesk) -> None:
    desk.enter()
    for _ in range(int(VISIT_S // 60)):
        desk.wait(60)
        desk.touch(Action.SET_LANGUAGE, "en")
    assert desk.where() is State.CARD_LEFT
    assert desk.events("staff.ended") == [f"staff.ended card={CARD} why=time_up"]


def test_staff_reads_in_a_language_of_their_own_and_citizens_in_the_first(desk: StaffDesk) -> None:
    desk.enter()
    desk.touch(Action.SET_LANGUAGE, "en")
    assert desk.engine.staff
    assert desk.engine.staff.language is Language.EN
    desk.take_card()
    shown = next(m for m in reversed(desk.sent) if isinstance(m, Show))
    assert shown.language is Language.ZH_HK


@pytest.mark.parametrize("content", [b"", b"{}x", b'{"wrong_pins": "0"}', b'{"more": 1}', b"\xff"])
def test_a_spoilt_memory_locks_staff_out_and_counts_no_test_as_passed(
    desk: StaffDesk, content: bytes
) -> None:
    (desk.folder / "staff.json").write_bytes(content)
    desk.start()
    desk.lay_card()
    assert desk.facts["locked_min"] == 5
    assert desk.memory.kept.verdicts == {}


def test_a_try_that_cannot_be_counted_is_none(desk: StaffDesk, tmp_path: Path) -> None:
    desk.lay_card()
    (tmp_path / "staff.new").mkdir()
    desk.type_pin()
    assert desk.devices.pins == []
    assert desk.facts["code"] == "staff.memory_lost"


@pytest.mark.parametrize("event", WAYS_OUT)
def test_a_pin_that_is_half_typed_is_gone_with_whoever_typed_it(
    desk: StaffDesk, event: Event
) -> None:
    desk.lay_card()
    desk.touch(Action.KEY, "2")
    assert desk.engine.world.vault.holds(Slot.SERVICE_PIN)
    desk.leave_by(event)
    assert desk.engine.world.vault.is_empty
    assert desk.events("staff.ended")[0].startswith("staff.ended card=0")
