"""Why a session goes where it goes: failure codes and outcomes, as tables.

Events that speak for themselves have a reason here; the others come with the
failure code of what caused them.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from kiosk.flow.states import Event, State
from wire.failures import Failure
from wire.staff import StaffEnd

REASONS: Final[Mapping[Event, Failure]] = MappingProxyType(
    {
        Event.ASKED_HELP: Failure.SESSION_ASKED_HELP,
        Event.CHOSE_COUNTER: Failure.SESSION_COUNTER,
        Event.NOT_ELIGIBLE: Failure.SESSION_NOT_ELIGIBLE,
        Event.SAID_NOT_MINE: Failure.SESSION_NOT_MINE,
        Event.OLD_CARD_SEEN: Failure.CARD_OLD_FORM,
        Event.CARD_OUT: Failure.CARD_REMOVED,
        Event.CARD_TRIES_USED: Failure.CARD_TRIES_USED,
        Event.PHOTO_TRIES_USED: Failure.FACE_TRIES_USED,
        Event.FACE_FOR_STAFF: Failure.FACE_FOR_STAFF,
        Event.SCREEN_LOST: Failure.SCREEN_LOST,
        Event.LEFT: Failure.SESSION_LEFT,
        Event.DISAGREED: Failure.SESSION_LEFT,
        Event.TIMED_OUT: Failure.SESSION_TIMED_OUT,
    }
)
"""Events that are their own reason; others carry the code of what failed."""


STAFF_ENDS: Final[Mapping[Event, StaffEnd]] = MappingProxyType(
    {
        Event.LEFT: StaffEnd.LEFT,
        Event.CARD_OUT: StaffEnd.CARD_TAKEN,
        Event.TIMED_OUT: StaffEnd.TIMED_OUT,
        Event.STAFF_TIME_UP: StaffEnd.TIME_UP,
        Event.SCREEN_LOST: StaffEnd.SCREEN_LOST,
        Event.READER_LOST: StaffEnd.READER_LOST,
        Event.CONTINUED: StaffEnd.RESTARTED,
    }
)
"""Why staff mode ended, by the event that led out of it."""

_NOT_GENUINE: Final = frozenset(
    {
        Failure.CARD_SIGNATURE_BAD,
        Failure.CARD_DATA_CHANGED,
        Failure.CARD_SIGNER_UNKNOWN,
        Failure.CARD_SIGNER_EXPIRED,
        Failure.CARD_CHIP_CLONED,
        Failure.CARD_DIFFERS_FROM_PRINT,
    }
)


def card_event(code: str) -> Event:
    """Return the event behind a failed reading."""
    if code == Failure.CARD_KEY_REFUSED:
        return Event.KEY_REFUSED
    return Event.CARD_NOT_GENUINE if code in _NOT_GENUINE else Event.CARD_UNREADABLE


def outcome(came_from: State, event: Event, *, stored: bool) -> str:
    """Return how a session ended, for its last screens and the trail.

    Args:
        came_from: the state before the card was offered back.
        event: what led out of it.
        stored: the record is durable; then the citizen's part is done.
    """
    if came_from is State.REFERRAL:
        return "referred"
    if stored:
        return "done"
    return "timed_out" if event is Event.TIMED_OUT else "left"
