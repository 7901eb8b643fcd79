"""What was tried already: turns a raw event into the one the table knows.

Rule 1: tries are bounded; the last failure becomes "tries used".
Rule 2: a tally holds counts and switches only, nothing of a person.
"""

from dataclasses import dataclass, replace

from kiosk.flow.states import Event

_CARD_FAILURES = frozenset({Event.KEY_REFUSED, Event.CARD_UNREADABLE})


@dataclass(frozen=True, slots=True)
class Limits:
    """How often a citizen may try, from the settings."""

    card_tries: int = 3
    photo_tries: int = 3


@dataclass(frozen=True, slots=True)
class Tally:
    """The tries of one session."""

    card_tries: int = 0
    photo_tries: int = 0
    print_known: bool = False
    """The card's print was typed and has not been refused by the card."""

    def judge(self, event: Event, limits: Limits) -> tuple[Event, "Tally"]:
        """Return the event the table should see, and the tally after it."""
        if event is Event.DETAILS_TYPED:
            return event, replace(self, print_known=True)
        if event is Event.CARD_IN and self.print_known:
            return Event.CARD_IN_AGAIN, self
        if event in _CARD_FAILURES:
            known = self.print_known and event is not Event.KEY_REFUSED
            after = replace(self, card_tries=self.card_tries + 1, print_known=known)
            used = after.card_tries >= limits.card_tries
            return (Event.CARD_TRIES_USED if used else event), after
        if event is Event.FACE_UNCLEAR:
            after = replace(self, photo_tries=self.photo_tries + 1)
            used = after.photo_tries >= limits.photo_tries
            return (Event.PHOTO_TRIES_USED if used else event), after
        return event, self
