"""What the presentation-attack indicators are fed with: light and identity of frames."""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from drivers.camera.camera import Picture
from kiosk.vision import landmarks
from kiosk.vision.landmarks import Points
from kiosk.vision.measures import upright

_GAMMA: Final = 2.2
_LINEAR: Final = (np.arange(256) / 255.0) ** _GAMMA
_STEP: Final = 4
_ROWS: Final = 32
_CLIPPED: Final = (2, 253)
_SKIN: Final = ((-0.1, 0.45), (1.1, 0.45), (0.5, -0.55))
"""Under both eyes and on the forehead: right and down from the first eye, in distances
between the eyes."""
_HALF: Final = 0.09


def skin(picture: Picture, points: Points) -> NDArray[np.float64]:
    """Return the mean linear red, green, blue of cheeks and forehead, 0 to 1.

    Args:
        picture: a frame, blue-green-red.
        points: the face's 56 points in it.
    """
    face = upright(picture, points)
    first, second = landmarks.eye_centres(face.points)
    eyes = float(np.linalg.norm(second - first))
    half = round(_HALF * eyes)
    patches = []
    for right, down in _SKIN:
        x, y = np.round(first + eyes * np.array((right, down))).astype(int)
        patches.append(face.picture[y - half : y + half + 1, x - half : x + half + 1])
    linear = _LINEAR[np.stack(patches)]
    return np.array(linear.mean(axis=(0, 1, 2))[::-1])


def light(picture: Picture) -> float:
    """Return the mean linear light of what is not clipped, 0 to 1; of every fourth pixel."""
    some = np.ascontiguousarray(picture[::_STEP, ::_STEP]).reshape(-1, 1)
    counted = cv2.calcHist([some], [0], None, [256], [0, 256]).ravel()
    low, high = _CLIPPED
    inside = slice(low + 1, high)
    return float(counted[inside] @ _LINEAR[inside]) / max(float(counted[inside].sum()), 1.0)


def fingerprint(picture: Picture) -> int:
    """Return a hash of every thirty-second row, of this process alone. The rows are not kept.

    A sensor's noise moves the last bits of each, so that only equal frames have equal ones.
    """
    return hash(picture[::_ROWS].tobytes())
