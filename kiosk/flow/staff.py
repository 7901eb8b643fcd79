"""What staff mode decides: when a PIN may be tried, what a test needs, whether all is ready.

Rule 1: tries are counted over cards and over restarts; a lock stops staff, never citizens.
Rule 2: a restart does not shorten a lock: it begins anew.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from wire.staff import DeviceTest

_DELETE: Final = "delete"
PIN_DIGITS: Final = 6
TRIES: Final = 3
"""Wrong PINs in a row before the terminal locks staff out."""
FIRST_LOCK_S: Final = 300.0
LONGEST_LOCK_S: Final = 3_600.0
VISIT_S: Final = 900.0
"""So long may staff mode last, whatever is touched."""
TARGETS: Final = 9
"""Places on the glass that the touch test asks for."""


def lock_s(wrong: int) -> float:
    """Return how long staff is locked out after so many wrong PINs in a row, in seconds."""
    if wrong < TRIES:
        return 0.0
    return min(LONGEST_LOCK_S, FIRST_LOCK_S * float(2 ** min(wrong - TRIES, 10)))


def press(typed: str, key: str) -> str:
    """Return the PIN after `key`; a key that does not fit changes nothing."""
    if key == _DELETE:
        return typed[:-1]
    fits = len(key) == 1 and key in "0123456789" and len(typed) < PIN_DIGITS
    return typed + key if fits else typed


@dataclass(frozen=True, slots=True)
class Way:
    """How a test comes to its verdict."""

    asks: bool
    """A person has to say whether it is good."""


WAYS: Final[Mapping[DeviceTest, Way]] = MappingProxyType(
    {
        DeviceTest.READER: Way(asks=False),
        DeviceTest.PRINTER: Way(asks=True),
        DeviceTest.FACE_CAMERA: Way(asks=True),
        DeviceTest.DOCUMENT_CAMERA: Way(asks=False),
        DeviceTest.TOUCH: Way(asks=False),
        DeviceTest.SOUND: Way(asks=True),
    }
)
"""Every test; one that asks nobody is judged by the terminal alone."""


def hit(touched: frozenset[int], argument: str) -> frozenset[int]:
    """Return the targets touched so far; what is no target changes nothing."""
    number = int(argument) if argument.isascii() and argument.isdigit() else 0
    return touched | {number} if 1 <= number <= TARGETS else touched


def is_ready(results: Mapping[DeviceTest, bool], *, lacks: int) -> bool:
    """Say whether the terminal may be handed to citizens.

    Args:
        results: the last verdict of each test that was made.
        lacks: how much is out right now.
    """
    return lacks == 0 and all(results.get(test, False) for test in DeviceTest)
