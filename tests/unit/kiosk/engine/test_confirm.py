"""At a counter and with a mobile team: staff looks, and confirms by service card and PIN."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.engine.enrolling import assemble
from kiosk.flow.states import Event, State
from kiosk.session.vault import Slot
from tests.support.staff_desk import CARD, PIN, StaffDesk
from wire.screen import Action, Mode, Show
from wire.vision import Comparison


@pytest.fixture(params=[Mode.COUNTER, Mode.MOBILE])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[StaffDesk]:
    made = StaffDesk(tmp_path, request.param)
    yield made
    made.close()


def to_staff(desk: StaffDesk) -> None:
    """Register as far as a comparison that is not clear."""
    desk.confirm_details()
    desk.be_photographed(Comparison.UNCLEAR)
    assert desk.where() is State.CONFIRM


def lay_service_card(desk: StaffDesk) -> None:
    desk.take_card()
    desk.lay_card()


def test_a_citizen_who_is_not_clear_goes_to_a_counter_where_nobody_stands_by(
    tmp_path: Path,
) -> None:
    desk = StaffDesk(tmp_path)
    desk.confirm_details()
    desk.be_photographed(Comparison.UNCLEAR)
    assert desk.where() is State.REFERRAL
    desk.close()


def test_a_clear_face_asks_staff_for_nothing(desk: StaffDesk) -> None:
    desk.confirm_details()
    desk.be_photographed(Comparison.SUPPORTS)
    assert desk.where() in {State.SENDING, State.RECEIPT}
    assert desk.engine.visit.staff_card == 0


def test_staff_confirms_and_the_record_says_by_which_card(desk: StaffDesk) -> None:
    to_staff(desk)
    assert not desk.facts["card_seen"]
    lay_service_card(desk)
    assert desk.facts["card_seen"]
    desk.type_pin()
    desk.listening.service_card_opened(CARD)
    assert desk.engine.visit.stored
    record = assemble(desk.engine.visit, terminal="t", now=desk.engine.world.now())
    assert record.evidence.staff_card == CARD
    assert record.evidence.comparison == "unclear"
    assert desk.events("staff.") == [f"staff.confirmed card={CARD}"]


def test_without_a_service_card_no_pin_is_tried(desk: StaffDesk) -> None:
    to_staff(desk)
    desk.type_pin()
    assert desk.devices.pins == []


def test_a_citizens_own_card_laid_down_again_confirms_nothing(desk: StaffDesk) -> None:
    to_staff(desk)
    desk.take_card()
    desk.lay_card(service=False)
    desk.type_pin()
    assert desk.devices.pins == []
    assert desk.where() is State.CONFIRM


def test_a_service_card_that_is_taken_away_has_to_be_laid_down_again(desk: StaffDesk) -> None:
    to_staff(desk)
    lay_service_card(desk)
    assert desk.facts["card_seen"] is True
    desk.touch(Action.KEY, "2")
    desk.take_card()
    assert (desk.facts["card_seen"], desk.facts["digits"]) == (False, 0)
    desk.type_pin()
    assert desk.devices.pins == []


def test_a_wrong_pin_keeps_the_citizens_visit_and_counts_as_in_staff_mode(
    desk: StaffDesk,
) -> None:
    to_staff(desk)
    lay_service_card(desk)
    for _ in range(3):
        desk.type_pin("000000")
        desk.listening.service_card_failed("card.key_refused")
    assert desk.facts["locked_min"] == 5
    assert desk.engine.world.vault.holds(Slot.PHOTO)
    assert not desk.engine.world.vault.holds(Slot.SERVICE_PIN)
    assert desk.memory.kept.wrong_pins == 3


@pytest.mark.parametrize("event", [Event.LEFT, Event.TIMED_OUT, Event.SCREEN_LOST])
def test_the_pin_does_not_outlive_the_screen_it_was_typed_on(desk: StaffDesk, event: Event) -> None:
    to_staff(desk)
    lay_service_card(desk)
    desk.touch(Action.KEY, "2")
    desk.engine.happen(event)
    assert not desk.engine.world.vault.holds(Slot.SERVICE_PIN)
    assert desk.engine.staff is None


def test_staff_who_does_not_confirm_sends_nothing(desk: StaffDesk) -> None:
    to_staff(desk)
    lay_service_card(desk)
    desk.touch(Action.COUNTER)
    assert desk.where() is State.REFERRAL
    assert not desk.engine.visit.stored


def test_the_gentle_way_ends_at_the_same_confirmation(desk: StaffDesk) -> None:
    desk.confirm_details()
    desk.touch(Action.GENTLE)
    desk.be_photographed(Comparison.SUPPORTS)
    assert desk.where() is State.CONFIRM


def test_a_mobile_team_does_not_wait_for_the_register(desk: StaffDesk) -> None:
    desk.confirm_details()
    desk.be_photographed(Comparison.SUPPORTS)
    expected = State.RECEIPT if desk.mode is Mode.MOBILE else State.SENDING
    assert desk.where() is expected


def test_the_screens_are_told_how_the_terminal_is_used(desk: StaffDesk) -> None:
    shown = next(m for m in reversed(desk.sent) if isinstance(m, Show))
    assert shown.mode is desk.mode
    assert PIN not in repr(shown)
