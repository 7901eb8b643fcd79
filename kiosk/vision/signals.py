"""What the presentation-attack indicators are fed with: numbers of frames and landmarks."""

import hashlib
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from drivers.camera.camera import Picture
from kiosk.face.planarity import residual
from kiosk.vision import landmarks
from kiosk.vision.landmarks import Points
from kiosk.vision.measures import upright

_GAMMA: Final = 2.2
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
    linear = (np.stack(patches) / 255.0) ** _GAMMA
    return np.array(linear.mean(axis=(0, 1, 2))[::-1])


def light(picture: Picture) -> float:
    """Return the mean linear light of what is not clipped, 0 to 1."""
    low, high = _CLIPPED
    inside = picture[(picture > low) & (picture < high)]
    return float(((inside / 255.0) ** _GAMMA).mean()) if inside.size else 0.0


def fingerprint(picture: Picture) -> int:
    """Return a hash of every pixel: equal only for equal frames. It is not kept."""
    return int.from_bytes(hashlib.blake2b(picture.tobytes(), digest_size=8).digest(), "big")


def planarity(before: Sequence[Points], after: Sequence[Points]) -> float:
    """Return the residual of `kiosk.face.planarity` between two groups of frames.

    Args:
        before: 56 points of some frontal frames; their mean is taken.
        after: of some turned ones.
    """
    frontal, turned = np.mean(before, axis=0), np.mean(after, axis=0)
    rigid = list(landmarks.RIGID)
    return residual(frontal[rigid], turned[rigid], eyes_px=landmarks.eye_distance(frontal))
