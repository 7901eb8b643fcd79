"""Where the parts of a face lie: 56 points of a model of our own, behind a port.

The points are those of a face that stands upright in the picture; "first" is the side
on the left of the picture. The model is trained on CC BY portraits alone
(`kiosk/vision/training`, docs/face.md "Landmarks").

Rule: the model always sees a face box of `BOX_PX`. dlib answers in whole pixels, so a
face farther away would be measured more coarsely otherwise.
"""

from typing import Any, Final, Protocol

import cv2
import dlib
import numpy as np
from numpy.typing import NDArray

from drivers.camera.camera import Picture
from kiosk.face.face_box import FaceBox
from kiosk.vision import models

Grey = NDArray[np.uint8]
"""Rows, columns; 0 black to 255 white."""
Points = NDArray[np.float64]
"""56 rows of x, y in pixels of the whole picture."""


class Landmarks(Protocol):
    """Whatever finds the points of a face."""

    def __call__(self, picture: Picture, box: FaceBox) -> Points:
        """Return the points of the face in a box of the detector; grey or colour."""

    def follow(self, picture: Picture, box: FaceBox, *, closely: bool) -> Points:
        """Return the points of the face whose last ones gave that box (`box_of`).

        Args:
            picture: the next frame.
            box: where the face was.
            closely: they are measured by; otherwise they only lead on to the next frame.
        """


COUNT: Final = 56
_ALL: Final = range(COUNT)
JAW: Final = slice(0, 9)
"""Ear to ear, the chin in the middle."""
CHIN: Final = 4
BROW_FIRST: Final = slice(9, 12)
"""Outer end, arch, inner end."""
BROW_SECOND: Final = slice(12, 15)
"""Inner end, arch, outer end."""
EYE_FIRST: Final = slice(15, 23)
"""Outer corner, three of the upper lid, inner corner, three of the lower lid."""
EYE_SECOND: Final = slice(23, 31)
"""Inner corner, three of the upper lid, outer corner, three of the lower lid."""
PUPILS: Final = slice(31, 33)
NOSE: Final = slice(33, 42)
"""Four down the bridge, base, two wings, two nostrils."""
NOSE_TIP: Final = 36
LIPS_OUTER: Final = slice(42, 50)
"""First corner, three of the upper edge, second corner, three of the lower edge."""
LIPS_INNER: Final = slice(50, 56)
"""Three of the upper lip, then from the second side three of the lower."""

RIGID: Final = (CHIN, 15, 19, 23, 27, *range(33, 42))
"""Corners of the eyes, nose and chin: what moves with the skull. A broad smile lifts the
corners of the mouth by a tenth of the eye distance, which would read as a nod of ten degrees."""
_MIRROR: Final = (
    *reversed(range(9)),
    *reversed(range(9, 15)),
    *(27, 26, 25, 24, 23, 30, 29, 28),
    *(19, 18, 17, 16, 15, 22, 21, 20),
    *(32, 31),
    *(33, 34, 35, 36, 37, 39, 38, 41, 40),
    *(46, 45, 44, 43, 42, 49, 48, 47),
    *(52, 51, 50, 55, 54, 53),
)

BOX_PX: Final = 256
_MARGIN_PX: Final = 64
_SIDE_PX: Final = BOX_PX + 2 * _MARGIN_PX
_EDGE: Final = cv2.BORDER_REPLICATE
_LARGE: Final = 0.5
"""Scale below which pixels are averaged."""
UPRIGHT: Final = dlib.rectangle(
    _MARGIN_PX, _MARGIN_PX, _MARGIN_PX + BOX_PX - 1, _MARGIN_PX + BOX_PX - 1
)
_NUDGED: Final = [dlib.translate_rect(UPRIGHT, dlib.point(by, 0)) for by in (0, 6, -6)]
_WIDTH_OVER_EYES: Final = 2.44
_BELOW_EYES: Final = 0.53
"""The detector's box from the eyes, in distances between them: its width, and how far its
centre lies below. Source: medians of the training portraits
(`python -m kiosk.vision.training`)."""


def eye_centres(points: Points) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the middles between the corners of each eye (ISO/IEC 19794-5, eye centre)."""
    return (points[15] + points[19]) / 2, (points[23] + points[27]) / 2


def eye_distance(points: Points) -> float:
    """Return the distance between the eye centres in pixels."""
    first, second = eye_centres(points)
    return float(np.linalg.norm(second - first))


def box_of(points: Points) -> FaceBox:
    """Return where the detector would see a face with these points: to follow it by them."""
    first, second = eye_centres(points)
    across = second - first
    distance = float(np.linalg.norm(across))
    down = np.array((-across[1], across[0]))
    x, y = (first + second) / 2 + _BELOW_EYES * down
    return FaceBox(float(x), float(y), _WIDTH_OVER_EYES * distance)


def mirrored(points: Points, columns: int) -> Points:
    """Return the points of the mirrored picture, each in its own place of the order."""
    swapped = points[list(_MIRROR)].copy()
    swapped[:, 0] = columns - 1 - swapped[:, 0]
    return swapped


def upright(picture: Picture, box: FaceBox) -> tuple[Grey, Points]:
    """Cut a face out of a grey or colour picture so that its box is `BOX_PX` wide to half a pixel.

    Cut, made grey and resized, not warped: that takes an eighth of the time, on every frame.

    Returns:
        The square cut, and the 2 x 3 matrix that leads from the picture into it.
    """
    rows, columns = picture.shape[:2]
    side = min(max(round(_SIDE_PX / BOX_PX * box.width), 1), 2 * max(rows, columns))
    left, top = (
        min(max(round(middle - side / 2), 1 - side), most - 1)
        for middle, most in ((box.x, columns), (box.y, rows))
    )
    part: Any = picture[max(top, 0) : top + side, max(left, 0) : left + side]
    if part.ndim > 2:
        part = cv2.cvtColor(part, cv2.COLOR_BGR2GRAY)
    over = (-top, top + side - rows, -left, left + side - columns)
    if max(over) > 0:
        above, below, before, behind = (max(rim, 0) for rim in over)
        part = cv2.copyMakeBorder(part, above, below, before, behind, _EDGE)
    scale = _SIDE_PX / side
    # Aliasing: dlib compares single pixels, so a large face is averaged down.
    how = cv2.INTER_AREA if scale < _LARGE else cv2.INTER_LINEAR
    cut = cv2.resize(part, (_SIDE_PX, _SIDE_PX), interpolation=how)
    into = np.array([[scale, 0, -left], [0, scale, -top]])
    # Of a resized picture the pixels' middles, not their corners, lie at whole numbers.
    into[:, 2] = (into[:, 2] + 0.5) * scale - 0.5
    return cut.astype(np.uint8, copy=False), into


class TrainedLandmarks:
    """The shipped model; any number of threads may ask it."""

    def __init__(self) -> None:
        """Load it.

        Raises:
            ModelAltered: it is missing or another.
        """
        self._predict = models.face_points()

    def __call__(self, picture: Picture, box: FaceBox) -> Points:
        """Return the points of the face in `box`."""
        return found(self._predict, picture, box)

    def follow(self, picture: Picture, box: FaceBox, *, closely: bool) -> Points:
        """Return the points: from the mean of three boxes if `closely`, or from one."""
        return _seen(self._predict, picture, box, _NUDGED if closely else [UPRIGHT])


def found(predict: Any, picture: Picture, box: FaceBox) -> Points:
    """Return what a predictor of dlib's sees in `box`, looked at twice.

    The detector's boxes differ by a sixth in width (its pyramid is coarse); the second
    look starts from the eyes that the first one found, and is the mean of three boxes:
    that takes a third of the trembling away (1.4 to 0.9 % of the eye distance).
    """
    first = _seen(predict, picture, box, [UPRIGHT])
    return _seen(predict, picture, box_of(first), _NUDGED)


def _seen(predict: Any, picture: Picture, box: FaceBox, areas: list[Any]) -> Points:
    cut, into = upright(picture, box)
    looks = [predict(cut, area) for area in areas]
    parts = [place for look in looks for part in map(look.part, _ALL) for place in (part.x, part.y)]
    places = np.array(parts, np.float64).reshape(len(looks), COUNT, 2).mean(axis=0)
    return np.array((places - into[:, 2]) / into[0, 0])
