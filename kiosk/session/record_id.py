"""Record ids: UUIDs that sort in the order in which they were made, whatever the clock does.

Source: RFC 9562, 5.7 (version 7) and 6.2, method 2: within one millisecond, or while the
clock stands behind what was given out, the random part counts up by a random step.
"""

from collections.abc import Callable
from uuid import UUID

_RANDOM_BITS = 74
_STEP_BITS = 32
_VERSION = 7 << 76
_VARIANT = 2 << 62


class RecordIds:
    """Gives out ids; for one thread."""

    def __init__(self, *, random_bits: Callable[[int], int]) -> None:
        """Begin.

        Args:
            random_bits: a number of so many bits that nobody can guess.
        """
        self._random_bits = random_bits
        self._last = -1

    def next(self, now_s: float) -> str:
        """Return an id greater than all before.

        Args:
            now_s: seconds since the epoch.
        """
        fresh = int(now_s * 1000) << _RANDOM_BITS | self._random_bits(_RANDOM_BITS)
        if fresh >> _RANDOM_BITS <= self._last >> _RANDOM_BITS:
            fresh = self._last + 1 + self._random_bits(_STEP_BITS)
        self._last = fresh
        moment, rest = fresh >> _RANDOM_BITS, fresh & ((1 << _RANDOM_BITS) - 1)
        high, low = rest >> 62, rest & ((1 << 62) - 1)
        return str(UUID(int=moment << 80 | _VERSION | high << 64 | _VARIANT | low))
