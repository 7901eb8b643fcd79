"""Does a face move like a head or like a sheet? The residual of one homography.

Any flat thing, however held, moves by a homography; a head that turns does not. A bent
print is close enough to flat. A recording of a turning head moves like a head: this
tells prints, nothing else.

Source: facts of docs/face.md, "Planarity"; homography by the normalised direct linear
transform (Hartley 1997).
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
LEAST_TURN_DEG: Final = 15.0
"""Below about 12 degrees heads and prints overlap."""
LEAST_POINTS: Final = 8
"""A homography fits four points exactly: a few more say nothing."""


def residual(before: Points, after: Points, *, eyes_px: float) -> float:
    """Return how far points are from having moved as a plane.

    Args:
        before: rows of x, y of the frontal face, in pixels.
        after: the same points turned; both averaged over a few frames.
        eyes_px: distance between the eyes in `after`, frontal.

    Returns:
        Root mean square distance to the best homography, over `eyes_px`.

    Raises:
        ValueError: the two differ in shape, are fewer than eight or all in one place, or
            `eyes_px` is not positive.
    """
    if before.shape != after.shape or eyes_px <= 0:
        raise ValueError("two lists of the same points, and a distance")
    if len(before) < LEAST_POINTS:
        raise ValueError(f"{len(before)} points are too few")
    moved = _moved(_homography(before, after), before)
    return float(np.sqrt(((moved - after) ** 2).sum(axis=1).mean())) / eyes_px


def _moved(by: NDArray[np.float64], points: Points) -> Points:
    mapped = np.column_stack((points, np.ones(len(points)))) @ by.T
    return np.array(mapped[:, :2] / mapped[:, 2:])


def _homography(before: Points, after: Points) -> NDArray[np.float64]:
    from_, to = _normalising(before), _normalising(after)
    first, second = _moved(from_, before), _moved(to, after)
    ones, none = np.ones((len(first), 1)), np.zeros((len(first), 3))
    x, y = second[:, :1], second[:, 1:]
    places = np.hstack((first, ones))
    system = np.vstack(
        (np.hstack((places, none, -x * places)), np.hstack((none, places, -y * places)))
    )
    *_, right = np.linalg.svd(system)
    return np.array(np.linalg.inv(to) @ right[-1].reshape(3, 3) @ from_)


def _normalising(points: Points) -> NDArray[np.float64]:
    """Return the matrix that centres points at a mean distance of the root of two."""
    middle = points.mean(axis=0)
    spread = float(np.linalg.norm(points - middle, axis=1).mean())
    if spread == 0:
        raise ValueError("all points lie in one place")
    scale = np.sqrt(2) / spread
    return np.array([[scale, 0, -scale * middle[0]], [0, scale, -scale * middle[1]], [0, 0, 1]])
