"""Follow the largest face by its own landmarks; the detector only corrects.

Looking for a face in each frame would take a quarter of a core; landmarks that start where
the last ones were take a millisecond and differ by less than 1 % of the eye distance
(docs/face.md, "How it runs").
"""

import threading
from typing import Final

import numpy as np

from drivers.camera.camera import Picture
from kiosk.face.face_box import FaceBox
from kiosk.vision import landmarks
from kiosk.vision.landmarks import Landmarks, Points

LOST_AFTER_S: Final = 0.5
"""A detector that sees nothing for so long is believed: a turned head hides from it for a
moment."""
_ASIDE: Final = 0.3
_WIDER: Final = 1.3
"""Followed and found this far apart, in widths of the face, or in size: the detector's
boxes differ by a sixth by themselves, more is a track that went astray."""
_LEAST_PX: Final = 30.0
"""A narrower box is no face any more: the eyes would be 12 pixels apart."""


class Tracker:
    """One face; the detector's thread corrects while the camera's follows."""

    def __init__(self, find: Landmarks) -> None:
        """Know no face yet."""
        self._find = find
        self._guard = threading.Lock()
        self._box: FaceBox | None = None
        self._found_at_s = 0.0

    def follow(self, picture: Picture, *, closely: bool = True) -> Points | None:
        """Return the face's 56 points in the next frame; None without a face.

        Unless `closely`, they tremble by two thirds more: enough to find the next frame's.
        """
        box = self._box
        if box is None:
            return None
        points = self._find.follow(picture, box, closely=closely)
        followed = landmarks.box_of(points)
        rows, columns = picture.shape[:2]
        inside = 0 <= followed.x < columns and 0 <= followed.y < rows
        alive = inside and followed.width >= _LEAST_PX
        with self._guard:
            # The detector may have corrected meanwhile: its word stands.
            if self._box is box:
                self._box = followed if alive else None
        return points if alive else None

    def correct(self, boxes: list[FaceBox], at_s: float) -> None:
        """Take what the detector found in a frame of a moment ago."""
        largest = max(boxes, key=lambda face: face.width, default=None)
        with self._guard:
            if largest is None:
                if at_s - self._found_at_s > LOST_AFTER_S:
                    self._box = None
                return
            self._found_at_s = at_s
            if self._box is None or _astray(self._box, largest):
                self._box = largest


def _astray(followed: FaceBox, found: FaceBox) -> bool:
    apart = float(np.hypot(followed.x - found.x, followed.y - found.y)) / found.width
    wider = followed.width / found.width
    return apart > _ASIDE or not 1 / _WIDER <= wider <= _WIDER
