"""What the terminal still does when a part of it is out: one table.

Each row has a test. A part that is not listed stops nothing.
"""

from collections.abc import Mapping
from enum import IntEnum, StrEnum
from types import MappingProxyType
from typing import Final


class Lack(StrEnum):
    """What is out."""

    READER = "reader"
    FACE_CAMERA = "face_camera"
    DOCUMENT_CAMERA = "document_camera"
    PRINTER = "printer"
    REGISTER = "register"
    OUTBOX_ROOM = "outbox_room"
    """As many or as old records wait as the settings allow."""
    TRUSTED_CLOCK = "trusted_clock"
    POWER = "power"
    """The battery of a mobile team's terminal is nearly empty."""
    SERVICE = "service"
    """Staff took the terminal out of service."""


class Consequence(IntEnum):
    """What follows, mildest first."""

    NOTHING = 0
    """The citizen does not notice: the typed print replaces the document camera."""
    QUEUE = 1
    """Records wait in the outbox."""
    RECEIPT_ON_SCREEN = 2
    REFER = 3
    """Nobody can register; services can still be browsed."""
    OUT_OF_SERVICE = 4


DEGRADED: Final[Mapping[Lack, Consequence]] = MappingProxyType(
    {
        Lack.READER: Consequence.OUT_OF_SERVICE,
        Lack.FACE_CAMERA: Consequence.REFER,
        Lack.DOCUMENT_CAMERA: Consequence.NOTHING,
        Lack.PRINTER: Consequence.RECEIPT_ON_SCREEN,
        Lack.REGISTER: Consequence.QUEUE,
        Lack.OUTBOX_ROOM: Consequence.REFER,
        Lack.TRUSTED_CLOCK: Consequence.REFER,
        Lack.POWER: Consequence.OUT_OF_SERVICE,
        Lack.SERVICE: Consequence.OUT_OF_SERVICE,
    }
)


def worst(lacks: Mapping[Lack, str]) -> tuple[Consequence, str]:
    """Return the gravest consequence of `lacks` and the failure code behind it.

    Args:
        lacks: what is out, with the failure code that says why.
    """
    graded = [(DEGRADED[lack], code) for lack, code in lacks.items()]
    return max(graded, key=lambda pair: pair[0], default=(Consequence.NOTHING, ""))
