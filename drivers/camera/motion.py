"""How people move: they start softly, turn at about 20 degrees a second, and stop softly."""

from dataclasses import dataclass
from typing import Final

import numpy as np

TURNS_PER_S: Final = 20.0
"""Degrees, on average over a turn; our own estimate for people of any age."""
COMES_PER_S: Final = 0.3
"""Times as large, on average."""


@dataclass(frozen=True, slots=True)
class Pose:
    """How somebody stands."""

    yaw: float = 0.0
    """Degrees; positive turns the face to the right of the picture."""
    nearer: float = 1.0
    """Times as large as at the place where somebody first stands."""


class Motion:
    """Somebody's pose over time; `now_s` never goes back."""

    def __init__(self) -> None:
        self._left = self._goes = Pose()
        self._since_s = float("-inf")
        self._lasts_s = 0.0

    def go(self, to: Pose, now_s: float) -> None:
        """Begin to move, from wherever the last move has come to."""
        self._left, self._goes, self._since_s = self.at(now_s), to, now_s
        turn = abs(to.yaw - self._left.yaw) / TURNS_PER_S
        come = abs(to.nearer - self._left.nearer) / COMES_PER_S
        self._lasts_s = max(turn, come)

    def at(self, now_s: float) -> Pose:
        """Return the pose at that time."""
        if now_s - self._since_s >= self._lasts_s:
            return self._goes
        share = max(0.0, (now_s - self._since_s) / self._lasts_s)
        way = share * share * (3 - 2 * share)
        left, goes = self._left, self._goes
        return Pose(
            left.yaw + way * (goes.yaw - left.yaw), left.nearer + way * (goes.nearer - left.nearer)
        )


def unrest(now_s: float) -> tuple[Pose, tuple[float, float]]:
    """Return how far somebody strays from a pose, and shifts in pixels: nobody holds still."""
    yaw = 0.5 * np.sin(now_s * 0.9) + 0.25 * np.sin(now_s * 2.3 + 1)
    nearer = 1 + 0.004 * np.sin(now_s * 1.6)
    shift = (4 * np.sin(now_s * 0.7) + np.sin(now_s * 1.9), 2 * np.sin(now_s * 0.5 + 2))
    return Pose(float(yaw), float(nearer)), (float(shift[0]), float(shift[1]))
