"""How each kind of release is held at a terminal: one mechanism, four descriptions.

::

    FOLDER/slots.json, current, versions/           the application
    FOLDER/models/slots.json, current, versions/    and so for each other kind
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from kiosk.update.bundle import Limits
from kiosk.update.versions import Versions
from wire.rollout import Kind
from wire.versions import SOFTWARE

SHIPPED: Final = "0.0.0"
"""What came with the application: older than any release."""
_INSTALLED: Final = SOFTWARE.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Held:
    """One kind of release at a terminal."""

    limits: Limits
    restarts: bool
    """The engine is started anew to run it; else it is taken while the engine runs."""
    native: bool = False
    """Parts of it are built for one interpreter."""
    shipped: str = SHIPPED
    """What there is before the first release."""
    small: bool = True
    """Held against its manifest at each start, not only when it is tried."""


HELD: Final[Mapping[Kind, Held]] = MappingProxyType(
    {
        Kind.APP: Held(Limits(), restarts=True, native=True, shipped=_INSTALLED, small=False),
        Kind.MODELS: Held(Limits(files=64, all_bytes=512 << 20), restarts=True),
        Kind.CONFIG: Held(Limits(files=16, all_bytes=1 << 20), restarts=True),
        Kind.CONTENT: Held(Limits(files=64, all_bytes=8 << 20), restarts=False),
    }
)
TOGETHER: Final = tuple(kind for kind, held in HELD.items() if held.restarts)
"""The kinds that run in one program, in the order in which they are tried."""


def versions_of(folder: Path, kind: Kind) -> Versions:
    """Return the versions of a kind below the folder of versions."""
    held = HELD[kind]
    place = folder if kind is Kind.APP else folder / kind.value
    return Versions(place, shipped=held.shipped, small=held.small, limits=held.limits)
