"""Tries are bounded."""

import pytest

from kiosk.flow.states import Event
from kiosk.flow.tally import Limits, Tally

LIMITS = Limits(card_tries=3, photo_tries=3)


@pytest.mark.parametrize("failure", [Event.KEY_REFUSED, Event.CARD_UNREADABLE])
def test_the_third_failed_reading_is_the_last(failure: Event) -> None:
    tally, seen = Tally(), []
    for _ in range(3):
        event, tally = tally.judge(failure, LIMITS)
        seen.append(event)
    assert seen == [failure, failure, Event.CARD_TRIES_USED]


def after(*events: Event) -> tuple[Event, Tally]:
    """Return what the last event means after the others."""
    tally, meaning = Tally(), Event.TOUCHED
    for event in events:
        meaning, tally = tally.judge(event, LIMITS)
    return meaning, tally


@pytest.mark.parametrize(
    ("events", "meaning"),
    [
        ((Event.CARD_IN,), Event.CARD_IN),
        ((Event.PRINT_READ,), Event.PRINT_READ),
        ((Event.CARD_IN, Event.PRINT_READ), Event.CARD_KNOWN),
        ((Event.PRINT_READ, Event.CARD_IN), Event.CARD_KNOWN),
        ((Event.PRINT_READ, Event.CARD_IN, Event.CARD_OUT, Event.PRINT_READ), Event.PRINT_READ),
        ((Event.DETAILS_TYPED, Event.CARD_UNREADABLE, Event.CARD_IN), Event.CARD_KNOWN),
        ((Event.PRINT_READ, Event.KEY_REFUSED, Event.CARD_IN), Event.CARD_IN),
    ],
)
def test_a_chip_is_read_when_a_card_lies_there_and_its_print_is_known(
    events: tuple[Event, ...], meaning: Event
) -> None:
    assert after(*events)[0] is meaning


@pytest.mark.parametrize(
    ("events", "meaning"),
    [
        ((Event.CARD_IN, Event.PRINT_UNREADABLE), Event.PRINT_UNREADABLE),
        ((Event.CARD_IN, *[Event.PRINT_UNREADABLE] * 2), Event.PRINT_TRIES_USED),
        ((*[Event.PRINT_UNREADABLE] * 2,), Event.PRINT_UNREADABLE),
        ((*[Event.PRINT_UNREADABLE] * 2, Event.CARD_IN), Event.PRINT_TRIES_USED),
        ((Event.DOCUMENT_CAMERA_LOST, Event.CARD_IN), Event.PRINT_TRIES_USED),
        ((Event.CARD_IN, Event.DOCUMENT_CAMERA_LOST), Event.PRINT_TRIES_USED),
        (
            (Event.PRINT_READ, Event.KEY_REFUSED, Event.PRINT_UNREADABLE, Event.CARD_IN),
            Event.PRINT_TRIES_USED,
        ),
    ],
)
def test_what_cannot_be_read_twice_is_typed(events: tuple[Event, ...], meaning: Event) -> None:
    assert after(*events)[0] is meaning


@pytest.mark.parametrize(
    ("events", "meaning"),
    [
        ([Event.PRESENTATION_UNCLEAR] * 2, Event.PRESENTATION_UNCLEAR),
        ([Event.PRESENTATION_UNCLEAR] * 3, Event.PHOTO_TRIES_USED),
        ([Event.VISION_LOST] * 3, Event.PHOTO_TRIES_USED),
        ([Event.FACE_LIKELY], Event.FACE_LIKELY),
        ([Event.FACE_LIKELY] * 2, Event.PHOTO_TRIES_USED),
        ([Event.FACE_LIKELY, Event.PRESENTATION_UNCLEAR], Event.PRESENTATION_UNCLEAR),
        ([*[Event.PRESENTATION_UNCLEAR] * 2, Event.FACE_LIKELY], Event.PHOTO_TRIES_USED),
    ],
)
def test_photographs_are_bounded_and_a_likely_one_gets_one_more(
    events: list[Event], meaning: Event
) -> None:
    assert after(*events)[0] is meaning


_COUNTED = frozenset(
    {
        Event.CARD_IN,
        Event.DETAILS_TYPED,
        Event.PRINT_READ,
        Event.PRINT_UNREADABLE,
        Event.DOCUMENT_CAMERA_LOST,
        Event.KEY_REFUSED,
        Event.CARD_UNREADABLE,
        Event.PRESENTATION_UNCLEAR,
        Event.FACE_LIKELY,
        Event.VISION_LOST,
    }
)


@pytest.mark.parametrize("event", sorted(Event))
def test_other_events_pass_unchanged(event: Event) -> None:
    judged, tally = Tally().judge(event, LIMITS)
    assert judged is event
    assert (tally == Tally()) == (event not in _COUNTED)
