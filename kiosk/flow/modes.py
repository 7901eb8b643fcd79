"""How a terminal is used: alone, at a counter with staff, or by a mobile team; one table."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from kiosk.flow.states import Event
from wire.screen import Mode


@dataclass(frozen=True, slots=True)
class Use:
    """What differs."""

    staff_confirms: bool = False
    """Where the local comparison is not clear, staff looks and confirms by service card."""
    waits_for_register: bool = True
    """The citizen waits for the register's answer; else the record is queued at once."""
    needs_power: bool = False
    """No session begins on a battery that is nearly empty."""


USES: Final[Mapping[Mode, Use]] = MappingProxyType(
    {
        Mode.SELF_SERVICE: Use(),
        Mode.COUNTER: Use(staff_confirms=True),
        Mode.MOBILE: Use(staff_confirms=True, waits_for_register=False, needs_power=True),
    }
)
"""Every mode."""

LOW_PERCENT: Final = 8
"""A visit takes some minutes: below this none begins unless the battery is being charged."""
_FOR_STAFF: Final = frozenset({Event.FACE_UNCLEAR, Event.FACE_FOR_STAFF})


def compared(mode: Mode, event: Event) -> Event:
    """Return what the outcome of a comparison means in `mode`."""
    staff_looks = USES[mode].staff_confirms and event in _FOR_STAFF
    return Event.STAFF_LOOKS if staff_looks else event


def is_low(mode: Mode, percent: int, *, charging: bool) -> bool:
    """Say whether no session should begin.

    Args:
        mode: how the terminal is used.
        percent: of the battery; below 0 where there is none.
        charging: it is being charged.
    """
    return USES[mode].needs_power and 0 <= percent < LOW_PERCENT and not charging
