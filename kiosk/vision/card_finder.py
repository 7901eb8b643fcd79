"""Find the card on the dark tray and straighten it: corners, homography, upright picture.

Each side is fitted as a line through the outline's points away from its rounded ends,
so neither the rounding nor a spot of light moves a corner.
"""

from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from drivers.camera.camera import Picture
from kiosk.document.layout import CARD_MM, CARD_PX
from wire.document import CardHint

_SMALL: Final = 0.5
"""The outline is looked for in a picture of half the size; corners are exact enough."""
_LEAST_CONTRAST: Final = 18
"""Grey levels between tray and card; less is an empty tray."""
_LEAST_SHARE: Final = 0.2
"""Share of the picture that a card covers at least: it lies on the glass."""
_RATIO: Final = CARD_MM[0] / CARD_MM[1]
_RATIO_ERROR: Final = 0.12
_FILL: Final = 0.972
"""Share of the straight-sided quadrilateral that a card with rounded corners covers:
0.99; a hand over a corner takes more away or adds to it."""
_ENDS: Final = 0.12
"""Share of a side at each end that is left out: the rounding takes 0.06 of the short side."""
_BESIDE: Final = 0.1
_BORDER_PX: Final = 3
_CONVEX: Final = 0.97
"""Share of its convex hull that a card covers, whole or cut off; a hand makes a bay."""
_WIDEST_ARM: Final = 0.5
"""Share of the picture's height; a card takes 0.8 of it."""

Array = NDArray[Any]
Corners = NDArray[np.float32]
"""4 x 2: top left, top right, bottom right, bottom left, in the still's pixels."""


@dataclass(frozen=True, slots=True, repr=False)
class FoundCard:
    """A card that lies whole in the still."""

    corners: Corners
    picture: Picture
    """Straightened, `CARD_PX`; which way up is not known yet."""


def find(still: Picture) -> FoundCard | CardHint:
    """Return the card, or why there is none to be read.

    Args:
        still: at least two pixels each way.
    """
    grey = cv2.cvtColor(
        cv2.resize(still, None, fx=_SMALL, fy=_SMALL, interpolation=cv2.INTER_AREA),
        cv2.COLOR_BGR2GRAY,
    )
    outline = _outline(cv2.GaussianBlur(grey, (5, 5), 0))
    if outline is None:
        return CardHint.NOTHING
    over = _over_the_edge(outline, grey.shape)
    if over is not None:
        return over
    corners = _corners(outline)
    if corners is None:
        return CardHint.COVERED
    flaw = _shape(outline, corners)
    if flaw is not None:
        return flaw
    whole = (corners + 0.5) / _SMALL - 0.5
    return FoundCard(whole, straightened(still, whole))


def straightened(still: Picture, corners: Corners) -> Picture:
    """Return the quadrilateral within `corners` as a card of `CARD_PX`."""
    columns, rows = CARD_PX
    target = np.array([(0, 0), (columns, 0), (columns, rows), (0, rows)], np.float32)
    move = cv2.getPerspectiveTransform(corners.astype(np.float32), target)
    picture: Picture = cv2.warpPerspective(still, move, CARD_PX, flags=cv2.INTER_CUBIC)  # type: ignore[assignment]
    return picture


def _outline(grey: Array) -> Corners | None:
    """Return the points around the one large light thing on the tray."""
    _, light = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    if np.percentile(grey, 90) - np.percentile(grey, 5) < _LEAST_CONTRAST:
        return None
    light = cv2.morphologyEx(light, cv2.MORPH_OPEN, np.ones((5, 5), np.uint8))
    found, _ = cv2.findContours(light, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    largest = max(found, key=cv2.contourArea, default=None)
    if largest is None or cv2.contourArea(largest) < _LEAST_SHARE * grey.size:
        return None
    return largest[:, 0].astype(np.float32)


def _over_the_edge(outline: Corners, shape: tuple[int, ...]) -> CardHint | None:
    """Say whether the thing reaches over the picture's edge, and whether it is a card or a hand.

    A card that is cut off is convex, or meets the edge along much of its own side; a
    hand that comes in makes a bay and is narrower.
    """
    ends = np.array(shape[1::-1]) - _BORDER_PX
    at_edge = (outline < _BORDER_PX) | (outline >= ends)
    if not at_edge.any():
        return None
    # Points on the left or right edge run along rows, those on the others along columns.
    along = [float(np.ptp(outline[at_edge[:, n], 1 - n])) for n in (0, 1) if at_edge[:, n].any()]
    hull = cv2.contourArea(cv2.convexHull(outline))
    convex = cv2.contourArea(outline) > _CONVEX * hull
    is_card = convex or max(along) > _WIDEST_ARM * min(shape)
    return CardHint.CUT_OFF if is_card else CardHint.COVERED


def _corners(outline: Corners) -> Corners | None:
    """Return where the four sides meet, ordered from the top left clockwise."""
    box = _ordered(cv2.boxPoints(cv2.minAreaRect(outline)))
    sides = []
    for n in range(4):
        line = _side(outline, box[n], box[(n + 1) % 4])
        if line is None:
            return None
        sides.append(line)
    corners = [_meet(sides[n - 1], sides[n]) for n in range(4)]
    return np.array(corners, np.float32)


def _ordered(box: Array) -> Corners:
    """Sort a rectangle's points clockwise, beginning with the long upper side."""
    centre = box.mean(axis=0)
    angle = np.arctan2(box[:, 1] - centre[1], box[:, 0] - centre[0])
    box = box[np.argsort(angle)]
    if np.linalg.norm(box[1] - box[0]) < np.linalg.norm(box[2] - box[1]):
        box = np.roll(box, -1, axis=0)
    # The long sides are the first and the third: take the upper one first.
    return box if box[:2, 1].mean() <= box[2:, 1].mean() else np.roll(box, -2, axis=0)


def _side(outline: Corners, start: Corners, end: Corners) -> Array | None:
    """Fit a line to the outline's points along one side, without its rounded ends."""
    along = (end - start) / np.linalg.norm(end - start)
    across = np.array([-along[1], along[0]])
    length = float(np.linalg.norm(end - start))
    offset = outline - start
    position, distance = offset @ along, np.abs(offset @ across)
    straight = (position > _ENDS * length) & (position < (1 - _ENDS) * length)
    near = outline[straight & (distance < _BESIDE * length)]
    if len(near) < length / 3:
        return None
    line: Array = cv2.fitLine(near, cv2.DIST_WELSCH, 0, 0.01, 0.01)[:, 0]
    return line


def _meet(one: Array, other: Array) -> Array:
    """Return where two lines (direction, point) cross."""
    matrix = np.array([one[:2], -other[:2]], np.float64).T
    share = np.linalg.solve(matrix, (other[2:] - one[2:]).astype(np.float64))
    point: Array = one[2:] + share[0] * one[:2]
    return point


def _shape(outline: Corners, corners: Corners) -> CardHint | None:
    """Say what is wrong with a shape that is no card."""
    lengths = [float(np.linalg.norm(corners[n] - corners[(n + 1) % 4])) for n in range(4)]
    ratio = (lengths[0] + lengths[2]) / (lengths[1] + lengths[3])
    if abs(ratio / _RATIO - 1) > _RATIO_ERROR:
        return CardHint.NOT_A_CARD
    fill = cv2.contourArea(outline) / max(cv2.contourArea(corners), 1.0)
    if not _FILL <= fill <= 2 - _FILL:
        return CardHint.COVERED
    return None
