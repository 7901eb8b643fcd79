"""Follow a face's own marks from frame to frame, to measure how they moved.

No model of a face is asked: what is followed are corners of brightness, so that a turn
reads the same on a face unlike those that the landmarks learnt from.

Source: Shi and Tomasi 1994 (which corners), Lucas and Kanade 1981 in pyramids, forward and
back (Kalal et al. 2010).
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from drivers.camera.camera import Picture
from kiosk.face.relief import LEAST_POINTS, Relief, relief
from kiosk.vision import landmarks
from kiosk.vision.landmarks import Grey, Points

EYES_PX: Final = 60.0
"""Frames are followed in a smaller picture, in which the eyes stand about so far apart; by a
whole number, as that takes a tenth of the time."""
_CELLS: Final = 9
"""The face is cut into so many rows and columns, that corners are taken everywhere."""
_A_CELL: Final = 2
_BEST: Final = 0.0005
"""Weakest corner over the strongest."""
_ASTRAY_PX: Final = 0.7
"""A point that does not come back to where it began, by more, is dropped."""
_AROUND_PX: Final = 48
"""Nothing that is followed moves so far from one frame to the next."""
_ASIDE_PX: Final = 16
"""Marks that are followed lie on the face, or beside its landmarks by less."""
_NOSE_RIM: Final = 0.08
"""So far around its landmarks reaches the nose, in eye distances."""
_FLOW: Final[dict[str, Any]] = {
    "winSize": (13, 13),
    "maxLevel": 3,
    "criteria": (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, 20, 0.03),
}


@dataclass(frozen=True, slots=True)
class Moved:
    """Where points were in the first frame and are in the last, and which lie on the nose."""

    first: Points
    now: Points
    nose: NDArray[np.bool_]
    eyes_px: float

    def relief(self) -> Relief | None:
        """Return how they moved; None when too few are left."""
        if len(self.now) < LEAST_POINTS or not self.nose.any():
            return None
        return relief(self.first, self.now, nose=self.nose, eyes_px=self.eyes_px)


class Tracks:
    """The marks of one face since one frontal frame.

    The pictures are owned from the time they are handed over, and overwritten.
    """

    def __init__(self, small: Grey, face: Points) -> None:
        """Begin with a frontal frame.

        Args:
            small: the frame, see `smaller`.
            face: the face's 56 points in it.
        """
        self._last = small
        eyes_px = landmarks.eye_distance(face)
        corners = _corners(small, face)
        nose = _within(face[landmarks.NOSE], corners, _NOSE_RIM * eyes_px)
        self.moved = Moved(corners, corners, nose, eyes_px)

    def follow(self, now: Grey) -> None:
        """Take the next small frame; points that cannot be followed are dropped for good."""
        old = self.moved
        if len(old.now):
            part, corner = _around(old.now, now.shape)
            before, after = self._last[part], now[part]
            there = _flow(before, after, old.now - corner)
            back = _flow(after, before, there) + corner
            there = there + corner
            kept = np.linalg.norm(back - old.now, axis=1) <= _ASTRAY_PX
            self.moved = Moved(old.first[kept], there[kept], old.nose[kept], old.eyes_px)
        self._last[:] = 0
        self._last = now

    def wipe(self) -> None:
        """Overwrite the picture that is kept."""
        self._last[:] = 0


def times(points: Points) -> int:
    """Return how many times smaller a frame is followed in which a face has these points."""
    return max(round(landmarks.eye_distance(points) / EYES_PX), 1)


def smaller(picture: Picture, by: int, face: Points) -> Grey:
    """Return a grey copy of a frame, so many times smaller; far from the face it is black.

    Args:
        picture: the frame, blue-green-red.
        by: how many times.
        face: the face's points in the small copy.
    """
    rows, columns = (side // by for side in picture.shape[:2])
    small = np.zeros((rows, columns), np.uint8)
    (down, across), _ = _around(face, small.shape, _AROUND_PX + _ASIDE_PX)
    part = small[down, across]
    if part.size:
        whole = picture[down.start * by : down.stop * by, across.start * by : across.stop * by]
        colours = cv2.resize(whole, part.shape[::-1], interpolation=cv2.INTER_AREA)
        cv2.cvtColor(colours, cv2.COLOR_BGR2GRAY, dst=part)
    return small


def _around(
    points: Points, shape: tuple[int, ...], rim_px: int = _AROUND_PX
) -> tuple[tuple[slice, slice], Points]:
    """Return the part of a picture in which such points move, and its upper left corner."""
    (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
    rows, columns = shape
    up, down = max(int(top) - rim_px, 0), min(int(bottom) + rim_px, rows)
    near, far = max(int(left) - rim_px, 0), min(int(right) + rim_px, columns)
    return (slice(up, down), slice(near, far)), np.array((near, up), np.float64)


def _flow(before: Picture, after: Picture, points: Points) -> Points:
    places = points.astype(np.float32).reshape(-1, 1, 2)
    there, _, _ = cv2.calcOpticalFlowPyrLK(before, after, places, None, **_FLOW)  # type: ignore[call-overload]
    return np.array(there.reshape(-1, 2), np.float64)


def _within(area: Points, points: Points, rim_px: float) -> NDArray[np.bool_]:
    """Say which points lie in the hull of `area` or so near to it."""
    hull = cv2.convexHull(area.astype(np.float32))
    away = [cv2.pointPolygonTest(hull, (float(x), float(y)), True) for x, y in points]
    return np.array(away) >= -rim_px


def _corners(grey: Picture, face: Points) -> Points:
    """Return the strongest corners of each cell of the face, between brows and chin."""
    inside = np.zeros(grey.shape, np.uint8)
    cv2.fillConvexPoly(inside, cv2.convexHull(np.round(face).astype(np.int32)), 1)
    (left, top), (right, bottom) = face.min(axis=0), face.max(axis=0)
    strength = cv2.cornerMinEigenVal(grey, 7) * inside
    least = float(strength.max()) * _BEST
    rows = np.linspace(max(top, 0), min(bottom, grey.shape[0]), _CELLS + 1).astype(int)
    columns = np.linspace(max(left, 0), min(right, grey.shape[1]), _CELLS + 1).astype(int)
    found = [
        place
        for y, y_end in pairwise(rows)
        for x, x_end in pairwise(columns)
        for place in _strongest(strength[y:y_end, x:x_end], least, x, y)
    ]
    return np.array(found, np.float64).reshape(-1, 2)


def _strongest(cell: NDArray[Any], least: float, x: int, y: int) -> list[tuple[float, float]]:
    found = []
    left = cell.copy()
    for _ in range(_A_CELL):
        if not left.size or float(left.max()) <= least:
            break
        row, column = np.unravel_index(int(left.argmax()), left.shape)
        found.append((float(x + column), float(y + row)))
        left[max(row - 3, 0) : row + 4, max(column - 3, 0) : column + 4] = 0
    return found
