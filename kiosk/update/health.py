"""Whether a version on trial works: at least as well as the one before it, for a while.

NO I/O. A device that was out before the update is no fault of the update; one that is out since is.
"""

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Final

WITHIN_S: Final = 240.0
"""A terminal whose cameras and models load slowly is up after a minute."""
CALM_S: Final = 30.0
"""So long it must be well without a break."""
SYNC: Final = "sync"
"""The program that speaks with register and fleet is not up."""


@dataclass(frozen=True, slots=True)
class Health:
    """A terminal at one moment, told by its own parts."""

    painted: bool
    """The screens have shown something and answer."""
    lacks: frozenset[str]
    """What is out: names of `kiosk.flow.degraded.Lack`, and `SYNC`."""
    starting: bool
    """Something has not said yet how it is."""


class Verdict(Enum):
    """What is known so far."""

    WAIT = auto()
    WORKS = auto()
    FAILED = auto()


@dataclass(slots=True)
class Trial:
    """One start of a version on trial."""

    before: frozenset[str]
    """What was out when the version before it was left."""
    began_s: float
    _well_since_s: float | None = field(default=None, init=False)

    def see(self, health: Health, now_s: float) -> Verdict:
        """Take one look; return what is known now."""
        well = health.painted and not health.starting and health.lacks <= self.before
        if not well:
            self._well_since_s = None
        elif self._well_since_s is None:
            self._well_since_s = now_s
        if self._well_since_s is not None and now_s - self._well_since_s >= CALM_S:
            return Verdict.WORKS
        return Verdict.FAILED if now_s - self.began_s >= WITHIN_S else Verdict.WAIT
