"""How long a citizen has on each screen, and when the screen asks "more time?".

Rule 1: the warning comes at least 20 s before the end (WCAG 2.2, 2.2.1).
Rule 2: long work of the terminal never warns; the citizen has nothing to do.
Source of the lengths: our own judgement (docs/adr/0003), to be tried with citizens.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from kiosk.flow.states import STAFF, State

WARN_S: Final = 20


@dataclass(frozen=True, slots=True)
class Timeout:
    """After `after_s` without a touch the engine moves on; 0 for never."""

    after_s: int
    warn_s: int = 0


_ASKING: Final = {
    State.LANGUAGE: 45,
    State.SERVICE: 60,
    State.BROWSE: 120,
    State.INFORMATION: 120,
    State.CATALOGUE: 120,
    State.SEARCH: 120,
    State.SERVICES: 120,
    State.ONE_SERVICE: 180,
    State.ELIGIBILITY: 120,
    State.PRIVACY_NOTICE: 180,
    State.PLACE_CARD: 90,
    State.TYPE_DETAILS: 180,
    State.CARD_PROBLEM: 90,
    State.CHECK_DETAILS: 90,
    State.GUARDIAN: 300,
    State.TAKING_PHOTO: 120,
    State.CONFIRM: 180,
    State.LINK_PHONE: 180,
    State.RECEIPT: 60,
    State.REFERRAL: 90,
    **dict.fromkeys(STAFF, 180),
}
_WORKING: Final = {
    State.STARTING: 60,
    State.READING_CARD: 60,
    State.COMPARING: 30,
    State.SENDING: 30,
    State.TAKE_CARD: 40,
    State.WIPING: 10,
}
_RESTING: Final = (State.OUT_OF_SERVICE, State.CLOSED, State.ATTRACT, State.CARD_LEFT)

TIMEOUTS: Final[Mapping[State, Timeout]] = MappingProxyType(
    {state: Timeout(after_s, WARN_S) for state, after_s in _ASKING.items()}
    | {state: Timeout(after_s) for state, after_s in _WORKING.items()}
    | {state: Timeout(0) for state in _RESTING}
)
"""Every state; a test holds that none is missing."""
