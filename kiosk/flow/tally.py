"""What was tried already: turns a raw event into the one the table knows.

Rule 1: tries are bounded; the last failure becomes "tries used".
Rule 2: a tally holds counts and switches only, nothing of a person.
"""

from dataclasses import dataclass, replace

from kiosk.flow.states import Event


@dataclass(frozen=True, slots=True)
class Limits:
    """How often a citizen may try, from the settings."""

    print_tries: int = 2
    card_tries: int = 3
    photo_tries: int = 3


@dataclass(frozen=True, slots=True)
class Tally:
    """The tries of one session."""

    print_tries: int = 0
    card_tries: int = 0
    photo_tries: int = 0
    likely: int = 0
    """Comparisons that were nearly clear."""
    card_in: bool = False
    print_known: bool = False
    """The card's print was read or typed and has not been refused by the card."""

    def judge(self, event: Event, limits: Limits) -> tuple[Event, "Tally"]:
        """Return the event the table should see, and the tally after it."""
        after = _counted(self, event, limits)
        return _meaning(after, event, limits), after


_PLACING = frozenset(
    {Event.CARD_IN, Event.PRINT_READ, Event.PRINT_UNREADABLE, Event.DOCUMENT_CAMERA_LOST}
)
_PHOTO_AGAIN = frozenset({Event.PRESENTATION_UNCLEAR, Event.FACE_LIKELY, Event.VISION_LOST})
_LIKELY_TRIES = 1
"""A comparison that is nearly clear gets one more photograph."""
_CARD_FAILURES = frozenset({Event.KEY_REFUSED, Event.CARD_UNREADABLE})


def _counted(tally: Tally, event: Event, limits: Limits) -> Tally:
    """Count what happened."""
    after = tally
    match event:
        case Event.CARD_IN | Event.CARD_OUT:
            after = replace(tally, card_in=event is Event.CARD_IN)
        case Event.PRINT_READ | Event.DETAILS_TYPED:
            after = replace(tally, print_known=True)
        case Event.DOCUMENT_CAMERA_LOST:
            after = replace(tally, print_tries=limits.print_tries)
        case Event.PRINT_UNREADABLE:
            after = replace(tally, print_tries=tally.print_tries + 1)
        case Event.CARD_UNREADABLE:
            after = replace(tally, card_tries=tally.card_tries + 1)
        case Event.KEY_REFUSED:
            # What was read or typed is not what is printed.
            after = replace(
                tally,
                print_tries=tally.print_tries + 1,
                card_tries=tally.card_tries + 1,
                print_known=False,
            )
        case Event.PRESENTATION_UNCLEAR | Event.VISION_LOST:
            after = replace(tally, photo_tries=tally.photo_tries + 1)
        case Event.FACE_LIKELY:
            after = replace(tally, photo_tries=tally.photo_tries + 1, likely=tally.likely + 1)
    return after


def _meaning(tally: Tally, event: Event, limits: Limits) -> Event:
    """Say what an event means after all that was tried."""
    if event in _CARD_FAILURES and tally.card_tries >= limits.card_tries:
        return Event.CARD_TRIES_USED
    tried = tally.photo_tries >= limits.photo_tries or tally.likely > _LIKELY_TRIES
    if event in _PHOTO_AGAIN and tried:
        return Event.PHOTO_TRIES_USED
    if event in _PLACING and tally.card_in:
        if tally.print_known:
            return Event.CARD_KNOWN
        if tally.print_tries >= limits.print_tries:
            return Event.PRINT_TRIES_USED
    return event
