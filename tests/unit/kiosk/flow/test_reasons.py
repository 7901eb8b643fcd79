"""Why a session goes where it goes."""

import pytest

from kiosk.flow.reasons import REASONS, card_event, outcome
from kiosk.flow.states import Event, State
from wire.failures import Failure


@pytest.mark.parametrize("code", [code for code in Failure if code.startswith("card.")])
def test_every_failed_reading_means_something(code: Failure) -> None:
    expected = {Event.KEY_REFUSED, Event.CARD_UNREADABLE, Event.CARD_NOT_GENUINE}
    assert card_event(code) in expected


@pytest.mark.parametrize(
    ("code", "event"),
    [
        (Failure.CARD_KEY_REFUSED, Event.KEY_REFUSED),
        (Failure.CARD_REMOVED, Event.CARD_UNREADABLE),
        (Failure.CARD_MUTE, Event.CARD_UNREADABLE),
        (Failure.CARD_SIGNATURE_BAD, Event.CARD_NOT_GENUINE),
        (Failure.CARD_CHIP_CLONED, Event.CARD_NOT_GENUINE),
        (Failure.CARD_DIFFERS_FROM_PRINT, Event.CARD_NOT_GENUINE),
    ],
)
def test_a_card_that_is_not_genuine_is_not_tried_again(code: Failure, event: Event) -> None:
    assert card_event(code) is event


def test_a_code_of_nobody_is_an_unreadable_card() -> None:
    assert card_event("") is Event.CARD_UNREADABLE


@pytest.mark.parametrize(
    ("came_from", "event", "stored", "said"),
    [
        (State.REFERRAL, Event.TIMED_OUT, True, "referred"),
        (State.RECEIPT, Event.TIMED_OUT, True, "done"),
        (State.TAKING_PHOTO, Event.TIMED_OUT, False, "timed_out"),
        (State.TAKING_PHOTO, Event.LEFT, False, "left"),
    ],
)
def test_how_a_session_ended(came_from: State, event: Event, *, stored: bool, said: str) -> None:
    assert outcome(came_from, event, stored=stored) == said


def test_a_reason_is_a_code_of_the_catalogue() -> None:
    assert set(REASONS.values()) <= set(Failure)
