"""How a head is turned, from its landmarks: three angles.

The shape is the mean of the training portraits in width and height and our own estimate
in depth, so angles are good to tell frontal from turned, not to survey a head. What is
left of a bias was calibrated on frontal portraits (docs/face.md, "Pose").
"""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from kiosk.vision.landmarks import Points

SHAPE: Final[dict[int, tuple[float, float, float]]] = {
    4: (0.0, 1.830, 0.10),
    15: (-0.723, -0.013, -0.13),
    19: (-0.277, 0.013, 0.0),
    23: (0.277, 0.013, 0.0),
    27: (0.723, -0.013, -0.13),
    33: (0.0, 0.009, 0.14),
    34: (0.0, 0.155, 0.22),
    35: (0.0, 0.294, 0.33),
    36: (0.0, 0.441, 0.46),
    37: (0.0, 0.676, 0.30),
    38: (-0.299, 0.524, 0.16),
    39: (0.299, 0.524, 0.16),
    40: (-0.194, 0.671, 0.24),
    41: (0.194, 0.671, 0.24),
}
"""Right, down, towards the camera, in distances between the eyes."""
_FOCAL_OVER_WIDTH: Final = 0.866
"""A camera that sees 60 degrees from side to side."""


@dataclass(frozen=True, slots=True)
class Pose:
    """Degrees."""

    yaw: float
    """Positive: the face points to the right of the picture."""
    pitch: float
    """Positive: it looks down."""
    roll: float
    """Positive: clockwise."""


BIAS: Final = Pose(yaw=-0.6, pitch=2.5, roll=-0.2)
"""Median of the frontal portraits of the 37 people that the landmarks learnt from."""


def pose(points: Points, *, width: int, height: int) -> Pose:
    """Return how a face is turned.

    Args:
        points: its 56 points in a frame.
        width: of the frame in pixels.
        height: of the frame in pixels.
    """
    focal = _FOCAL_OVER_WIDTH * width
    camera = np.array([[focal, 0, width / 2], [0, focal, height / 2], [0, 0, 1]])
    places = points[list(SHAPE)]
    away = focal / max(float(np.linalg.norm(points[27] - points[15])) / _OUTER, 1.0)
    x, y = (places.mean(axis=0) - (width / 2, height / 2)) * away / focal
    _, turn, _ = cv2.solvePnP(
        _OBJECT, places, camera, None, np.zeros((3, 1)), np.array([[x], [y - 0.4], [away]]),
        useExtrinsicGuess=True, flags=cv2.SOLVEPNP_ITERATIVE,
    )  # fmt: skip
    seen = _MIRROR @ cv2.Rodrigues(turn)[0] @ _MIRROR
    yaw = np.arctan2(-seen[2, 0], seen[2, 2])
    pitch = np.arcsin(np.clip(-seen[2, 1], -1, 1))
    roll = np.arctan2(-seen[0, 1], seen[1, 1])
    degrees = np.degrees((yaw, pitch, roll))
    return Pose(*(float(one) for one in degrees - (BIAS.yaw, BIAS.pitch, BIAS.roll)))


_OUTER: Final = 1.446
"""Distance of the outer corners in `SHAPE`."""
_MIRROR: Final = np.diag((1.0, 1.0, -1.0))
"""OpenCV looks along z, the shape stands towards the camera."""
_OBJECT: Final = np.array(list(SHAPE.values())) @ _MIRROR
