"""Whether the wall clock can be believed: held against a steady clock and the register's time.

NO I/O: the readings come in. A clock is not trusted when it was never set, when it jumped
and the register has not confirmed it since, or when it is not where the register's time
must have moved on to. A terminal that has not met the register since it started can only
ask that time has not gone back; days offline are allowed.
"""

from dataclasses import dataclass
from typing import Final

OLDEST_S: Final = 1_767_225_600.0
"""2026-01-01: a clock before this was never set."""
JUMP_S: Final = 5.0
"""Clocks are slewed by at most 500 parts in a million: 5 s between two looks is a jump."""
OFF_S: Final = 120.0
"""So far from the register's time a terminal may be; a signed request lives for minutes."""
DRIFT: Final = 100e-6
"""A quartz goes wrong by less, for as long as the register is out of reach."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One look at both clocks of this machine."""

    wall_s: float
    """Seconds since the epoch."""
    steady_s: float
    """Seconds since the machine started, sleep included; never goes back."""
    boot: str
    """Names this run of the machine."""


@dataclass(frozen=True, slots=True)
class RegisterTime:
    """What the register's clock said, and when on the steady clock."""

    register_s: float
    steady_s: float
    boot: str


class ClockTrust:
    """What is believed of the clock; looked at from one thread."""

    def __init__(self, first: Reading) -> None:
        self._last = first
        self._jumped_at: float | None = None
        self.jump_s = 0.0
        """How far the clock jumped at the last look; 0 if it did not."""

    def look(self, now: Reading, register: RegisterTime | None) -> bool:
        """Say whether the clock is trusted now.

        Args:
            now: this look.
            register: the register's time as it was told last, if ever.
        """
        moved = now.wall_s - self._last.wall_s - (now.steady_s - self._last.steady_s)
        self.jump_s = moved if abs(moved) > JUMP_S else 0.0
        if self.jump_s:
            self._jumped_at = now.steady_s
        self._last = now
        if now.wall_s < OLDEST_S:
            return False
        if register is None:
            return self._jumped_at is None
        if register.boot != now.boot:
            return self._jumped_at is None and now.wall_s >= register.register_s - OFF_S
        if self._jumped_at is not None and register.steady_s < self._jumped_at:
            return False
        self._jumped_at = None
        since_s = now.steady_s - register.steady_s
        off_s = now.wall_s - (register.register_s + since_s)
        return abs(off_s) <= OFF_S + DRIFT * since_s
