"""How soon a terminal shall come again. NO I/O."""

from typing import Final

from wire.checkin import EVERY_S, LATEST_S

_EASY: Final = 0.1
"""Up to this load everybody keeps the usual pause."""
_SLOWEST: Final = 20.0
BUSY_S: Final = 60
"""What Retry-After says when nothing can be stored at all."""


def next_s(load: float) -> float:
    """Return the pause to ask for, from how full the queue is (0 to 1)."""
    over = max(0.0, min(1.0, load) - _EASY) / (1 - _EASY)
    return min(LATEST_S, EVERY_S * (1 + over * (_SLOWEST - 1)))
