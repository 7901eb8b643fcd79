"""From four touched corners to how the glass lies on the panel. NO I/O.

The answer is the matrix that libinput wants (LIBINPUT_CALIBRATION_MATRIX): the first two
rows of a 3x3 matrix over coordinates from 0 to 1. A glass that is glued on turned or mirrored is
put right by it; one that is glued on askew is not, and is refused.

Source: libinput, "Absolute axes"; the tolerance is ours.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

Point = tuple[float, float]
INSET: Final = 0.1
"""So far from the edge are the targets, as a share of width and height."""
TARGETS: Final[tuple[Point, ...]] = (
    (INSET, INSET),
    (1 - INSET, INSET),
    (1 - INSET, 1 - INSET),
    (INSET, 1 - INSET),
)
"""Upper left, then clockwise."""
CHECK: Final[Point] = (0.25, INSET)
"""Touched afterwards: no turning and no mirroring leaves it where it is."""
Matrix = tuple[float, ...]
"""Six numbers: two rows of three."""
IDENTITY: Final[Matrix] = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)
TOLERANCE: Final = 0.06


class NoRectangle(ValueError):
    """The corners are no turned or mirrored rectangle."""

    code = "provision.touch_wild"


@dataclass(frozen=True, slots=True)
class Lie:
    """How the glass lies."""

    swapped: bool
    """Its x is the panel's y."""
    mirrored_x: bool
    mirrored_y: bool
    worst: float
    """How far the worst corner was off, as a share of the panel."""

    @property
    def matrix(self) -> Matrix:
        """Return the six numbers for libinput."""
        x, offset_x = (-1.0, 1.0) if self.mirrored_x else (1.0, 0.0)
        y, offset_y = (-1.0, 1.0) if self.mirrored_y else (1.0, 0.0)
        if self.swapped:
            return (0.0, x, offset_x, y, 0.0, offset_y)
        return (x, 0.0, offset_x, 0.0, y, offset_y)


def lie(touched: Sequence[Point]) -> Lie:
    """Return how the glass lies, from where it was touched at each of TARGETS.

    Raises:
        NoRectangle: no turning or mirroring brings all four corners near their targets.
    """
    ways = [
        Lie(swapped, x, y, _worst(touched, swapped, x, y))
        for swapped, x, y in product((False, True), repeat=3)
    ]
    best = min(ways, key=lambda one: one.worst)
    if len(touched) != len(TARGETS) or best.worst > TOLERANCE:
        raise NoRectangle("the four corners are no rectangle")
    return best


def applied(matrix: Matrix, point: Point) -> Point:
    """Return where a point comes to lie by `matrix`."""
    a, b, c, d, e, f = matrix
    x, y = point
    return a * x + b * y + c, d * x + e * y + f


def after(matrix: Matrix, before: Matrix) -> Matrix:
    """Return the matrix that does what `before` does, and then what `matrix` does."""
    a, b, c, d, e, f = matrix
    g, h, i, j, k, m = before
    return (
        a * g + b * j,
        a * h + b * k,
        a * i + b * m + c,
        d * g + e * j,
        d * h + e * k,
        d * i + e * m + f,
    )


def off(one: Point, other: Point) -> float:
    """Return how far two points are apart, along the axis where they are farthest."""
    return max(abs(one[0] - other[0]), abs(one[1] - other[1]))


def _worst(touched: Sequence[Point], swapped: bool, mirrored_x: bool, mirrored_y: bool) -> float:  # noqa: FBT001  (three switches of one thing)
    worst = 0.0
    for (x, y), target in zip(touched, TARGETS, strict=False):
        seen_x, seen_y = (y, x) if swapped else (x, y)
        seen_x = 1 - seen_x if mirrored_x else seen_x
        seen_y = 1 - seen_y if mirrored_y else seen_y
        worst = max(worst, abs(seen_x - target[0]), abs(seen_y - target[1]))
    return worst
