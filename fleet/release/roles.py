"""Who must sign what, and for how long it holds.

NO I/O. Root, targets and the four kinds of release are people's, with keys kept offline; rollout,
snapshot and timestamp are the fleet's own. Whoever holds the fleet's keys alone can pick only
among releases that people signed. Source: facts of The Update Framework, specification 1.0.33,
and Uptane's split of director and image repository (Uptane standard 2.1.0).
"""

from dataclasses import dataclass
from typing import Final

from wire.rollout import Kind

ROLLOUT: Final = "rollout"
ONLINE: Final = frozenset({ROLLOUT, "snapshot", "timestamp"})


@dataclass(frozen=True, slots=True)
class Role:
    """What a role asks for."""

    threshold: int
    days: int
    """So long its metadata holds: an outage of the fleet that lasts longer stops updates, and
    nothing but updates."""


ROLES: Final = {
    "root": Role(2, 365),
    "targets": Role(2, 180),
    Kind.APP.value: Role(2, 90),
    Kind.MODELS.value: Role(2, 90),
    Kind.CONTENT.value: Role(1, 30),
    Kind.CONFIG.value: Role(2, 30),
    ROLLOUT: Role(1, 3),
    "snapshot": Role(1, 7),
    "timestamp": Role(1, 3),
}
DELEGATED: Final = (*(kind.value for kind in Kind), ROLLOUT)
