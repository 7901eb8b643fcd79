"""Tries are bounded."""

import pytest

from kiosk.flow.states import Event
from kiosk.flow.tally import Limits, Tally

LIMITS = Limits(card_tries=3, photo_tries=2)


@pytest.mark.parametrize("failure", [Event.KEY_REFUSED, Event.CARD_UNREADABLE])
def test_the_third_failed_reading_is_the_last(failure: Event) -> None:
    tally, seen = Tally(), []
    for _ in range(3):
        event, tally = tally.judge(failure, LIMITS)
        seen.append(event)
    assert seen == [failure, failure, Event.CARD_TRIES_USED]


def test_the_last_unclear_face_ends_the_tries() -> None:
    tally, seen = Tally(), []
    for _ in range(2):
        event, tally = tally.judge(Event.FACE_UNCLEAR, LIMITS)
        seen.append(event)
    assert seen == [Event.FACE_UNCLEAR, Event.PHOTO_TRIES_USED]


def test_a_card_that_comes_back_is_read_without_typing_again() -> None:
    _, tally = Tally().judge(Event.DETAILS_TYPED, LIMITS)
    _, tally = tally.judge(Event.CARD_UNREADABLE, LIMITS)
    event, _ = tally.judge(Event.CARD_IN, LIMITS)
    assert event is Event.CARD_IN_AGAIN


def test_a_refused_key_is_typed_again() -> None:
    _, tally = Tally().judge(Event.DETAILS_TYPED, LIMITS)
    _, tally = tally.judge(Event.KEY_REFUSED, LIMITS)
    event, _ = tally.judge(Event.CARD_IN, LIMITS)
    assert event is Event.CARD_IN


@pytest.mark.parametrize("event", sorted(set(Event) - {Event.DETAILS_TYPED}))
def test_other_events_pass_unchanged(event: Event) -> None:
    counted = {Event.KEY_REFUSED, Event.CARD_UNREADABLE, Event.FACE_UNCLEAR}
    judged, tally = Tally().judge(event, LIMITS)
    assert judged is event
    assert (tally == Tally()) == (event not in counted)
