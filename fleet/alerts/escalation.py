"""Who is told when: together, again if nobody acts, then somebody else. NO I/O."""

from dataclasses import dataclass
from typing import Final

from fleet.health.rules import Severity

GATHER_S: Final = 60.0
"""So long the first alert of a group waits for others."""
AGAIN_S: Final = {Severity.PAGE: 4 * 3600.0, Severity.WARN: 24 * 3600.0}
"""Told again after so long, while it is open and nobody has acknowledged it."""
ESCALATE_S: Final = 600.0
"""A page that nobody acknowledged for so long goes one step up."""
HIGHEST: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """How far an alert has been told."""

    severity: Severity
    opened_at: float
    acknowledged: bool
    silenced: bool
    told_at: float | None = None
    level: int = 0
    """0: whoever is on duty; 1: their deputy; 2: the lead."""


def due_level(told: Told, now: float) -> int | None:
    """Return the level that is to be told now; None for nobody."""
    if told.silenced or told.acknowledged or told.severity is Severity.INFO:
        return None
    if told.told_at is None:
        return 0 if now - told.opened_at >= GATHER_S else None
    if told.severity is Severity.PAGE and told.level < HIGHEST and now - told.told_at >= ESCALATE_S:
        return told.level + 1
    if now - told.told_at >= AGAIN_S[told.severity]:
        return told.level
    return None
