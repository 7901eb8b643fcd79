"""Compute the measures of kiosk/face/quality.py from a frame and its landmarks.

Light and colour are read from the face laid upright, its eyes `EYES_PX` apart, so that
no limit depends on how far away a person stands.
"""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from drivers.camera.camera import Picture
from kiosk.face.quality import Measure
from kiosk.vision import landmarks
from kiosk.vision.landmarks import Points
from kiosk.vision.pose import pose

Floats = NDArray[np.float64]
EYES_PX: Final = 120
_WIDTH, _HEIGHT = 300, 380
_EYES_AT: Final = (90.0, 130.0)
"""Where the first eye's centre lies in the upright face."""
_CLIPPED_LOW, _CLIPPED_HIGH = 25, 247
"""OFIQ 1.0, UnderExposurePrevention and OverExposurePrevention."""
_SKIN_A: Final = (2.0, 32.0)
_SKIN_B: Final = (0.0, 38.0)
"""CIELAB a and b of cheeks in white light; the band holds all 51 portraits with room."""


@dataclass(frozen=True, slots=True)
class Upright:
    """A face laid upright."""

    picture: Picture
    points: Points
    """In its pixels."""


def measure(
    picture: Picture, points: Points, *, second_face: float = 0.0, own_eyes: float = 1.0
) -> dict[Measure, float]:
    """Measure one face.

    Args:
        picture: the whole frame, blue-green-red.
        points: the face's 56 points in it.
        second_face: width of the next face over this one's, 0 if there is none.
        own_eyes: how open the person's eyes usually are, as `eye_opening` says it; 1
            until it is known gives the raw opening.
    """
    face = upright(picture, points)
    return {
        Measure.SECOND_FACE: second_face,
        **_geometry(picture, points),
        **_light(face),
        **_worn(face),
        Measure.SHARPNESS: sharpness(picture, points),
        Measure.EYES_OPEN: eye_opening(points) / own_eyes,
        Measure.MOUTH_OPEN: _mouth(points),
    }


def upright(picture: Picture, points: Points) -> Upright:
    """Lay a face upright with its eyes `EYES_PX` apart."""
    first, second = landmarks.eye_centres(points)
    across = (second - first) / EYES_PX
    back = np.array([[across[0], -across[1]], [across[1], across[0]]])
    turn = np.linalg.inv(back)
    into = np.column_stack((turn, np.array(_EYES_AT) - turn @ first))
    cut = cv2.warpAffine(
        picture, into, (_WIDTH, _HEIGHT), flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REPLICATE
    )
    return Upright(cut.astype(np.uint8, copy=False), points @ turn.T + into[:, 2])


def eye_opening(points: Points) -> float:
    """Return the lid gap over the eye's width, mean of both eyes.

    Source: Soukupova and Cech 2016 (eye aspect ratio), with three lid pairs instead of two.
    """
    return float(np.mean([_opening(points[eye]) for eye in _EYES]))


_EYES: Final = (landmarks.EYE_FIRST, landmarks.EYE_SECOND)


def _opening(eye: Points) -> float:
    gaps = np.linalg.norm(eye[1:4] - eye[5:8][::-1], axis=1)
    return float(gaps.mean() / np.linalg.norm(eye[4] - eye[0]))


def eyes_to_chin(points: Points) -> float:
    """Return the distance from between the eyes to the chin in pixels (OFIQ: T)."""
    first, second = landmarks.eye_centres(points)
    return float(np.linalg.norm(points[landmarks.CHIN] - (first + second) / 2))


def _mouth(points: Points) -> float:
    lips = points[landmarks.LIPS_INNER]
    gap = np.linalg.norm(lips[:3] - lips[3:][::-1], axis=1).mean()
    return float(gap) / eyes_to_chin(points)


def _geometry(picture: Picture, points: Points) -> dict[Measure, float]:
    rows, columns = picture.shape[:2]
    first, second = landmarks.eye_centres(points)
    middle = ((first + second) / 2 + points[landmarks.LIPS_OUTER].mean(axis=0)) / 2
    head = pose(points, width=columns, height=rows)
    return {
        Measure.INTER_EYE_DISTANCE: landmarks.eye_distance(points) / np.cos(np.radians(head.yaw)),
        Measure.HEAD_SIZE: eyes_to_chin(points) / rows,
        Measure.OFFSET_X: float(middle[0] / columns - 0.5),
        Measure.OFFSET_Y: float(middle[1] / rows - 0.5),
        Measure.YAW: head.yaw,
        Measure.PITCH: head.pitch,
        Measure.ROLL: head.roll,
    }


def _light(face: Upright) -> dict[Measure, float]:
    grey = cv2.cvtColor(face.picture, cv2.COLOR_BGR2GRAY).astype(np.uint8, copy=False)
    inside = _face_area(face)
    levels = grey[inside]
    counts = np.bincount(levels, minlength=256) / max(levels.size, 1)
    filled = counts[counts > 0]
    first, second = (_histogram(grey, inside, half) for half in _halves(face))
    return {
        Measure.UNDER_EXPOSURE: float(counts[: _CLIPPED_LOW + 1].sum()),
        Measure.OVER_EXPOSURE: float(counts[_CLIPPED_HIGH:].sum()),
        Measure.DYNAMIC_RANGE: float(-(filled * np.log2(filled)).sum()),
        Measure.ILLUMINATION_UNIFORMITY: float(np.minimum(first, second).sum()),
    }


def _face_area(face: Upright) -> NDArray[np.bool_]:
    """Skin between brows and chin, without what lies outside of the jaw."""
    outline = np.vstack((face.points[landmarks.JAW], face.points[[14, 13, 10, 9]]))
    area = np.zeros((_HEIGHT, _WIDTH), np.uint8)
    cv2.fillConvexPoly(area, cv2.convexHull(np.round(outline).astype(np.int32)), 1)
    return area > 0


def _halves(face: Upright) -> list[NDArray[np.bool_]]:
    bridge = face.points[landmarks.NOSE][:5]
    slope, start = np.polyfit(bridge[:, 1], bridge[:, 0], 1)
    rows, columns = np.mgrid[:_HEIGHT, :_WIDTH]
    left = columns < slope * rows + start
    return [left, ~left]


def _histogram(grey: Picture, inside: NDArray[np.bool_], half: NDArray[np.bool_]) -> Floats:
    levels = grey[inside & half]
    return np.array(np.bincount(levels // 8, minlength=32) / max(levels.size, 1))


def sharpness(picture: Picture, points: Points) -> float:
    """Return the share of the face's gradient that one more blur takes away, of its worse axis.

    A blurred picture has little to lose; noise has too much: both ends are bad. What moved
    is blurred along one axis only.
    Source: Crete et al. 2007 (one minus their blur), on at most `EYES_PX` between the eyes.
    """
    eyes = landmarks.eye_distance(points)
    scale = min(1.0, EYES_PX / eyes)
    low, high = points.min(axis=0), points.max(axis=0)
    left, top = np.maximum(np.floor(low), 0).astype(int)
    right, bottom = np.ceil(high).astype(int)
    grey = cv2.cvtColor(picture[top:bottom, left:right], cv2.COLOR_BGR2GRAY).astype(np.float32)
    if scale < 1:
        small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        grey = small.astype(np.float32, copy=False)
    again = cv2.GaussianBlur(grey, (0, 0), _REBLUR).astype(np.float32, copy=False)
    return min(_lost(grey, again, axis) for axis in (0, 1))


def _lost(grey: NDArray[np.float32], again: NDArray[np.float32], axis: int) -> float:
    before = np.abs(np.diff(grey, axis=axis))
    total = float(before.sum())
    if total <= _NO_EDGES * grey.size:
        return 0.0
    after = np.abs(np.diff(again, axis=axis))
    return float(np.maximum(before - after, 0).sum()) / total


def _worn(face: Upright) -> dict[Measure, float]:
    colours = cv2.cvtColor(face.picture.astype(np.float32) / 255, cv2.COLOR_BGR2LAB)
    smooth = cv2.GaussianBlur(colours, (0, 0), 2).astype(np.float32, copy=False)
    cheeks = _cheeks(face, smooth)
    jaw, lips = face.points[landmarks.JAW], face.points[landmarks.LIPS_OUTER]
    under_nose = (face.points[37] + lips[2]) / 2
    under_lips = (jaw[landmarks.CHIN] + lips[6]) / 2
    mouth = np.median(
        [_patch(smooth, place, 5) for place in (under_nose, lips[2], lips[6], under_lips)], axis=0
    )
    brow = face.points[[10, 13]].mean(axis=0)
    forehead = _patch(smooth, brow - (0.0, 0.35 * EYES_PX), 14)
    outside = [
        max(low - value, 0.0, value - high)
        for value, (low, high) in zip(cheeks[1:], (_SKIN_A, _SKIN_B), strict=True)
    ]
    return {
        Measure.NATURAL_COLOUR: float(np.hypot(*outside)),
        Measure.MASK: float(np.linalg.norm((mouth - cheeks)[1:])),
        Measure.HAT: float(np.linalg.norm(forehead - cheeks)),
        Measure.GLASSES: _bridge_edge(face),
    }


def _cheeks(face: Upright, colours: NDArray[np.float32]) -> Floats:
    """Return the colour under both eyes, beside the nose."""
    wings = face.points[[38, 39]]
    outer = face.points[[15, 27]]
    places = [(wing + eye) / 2 + (0.0, 6.0) for wing, eye in zip(wings, outer, strict=True)]
    return np.array(np.mean([_patch(colours, place, 9) for place in places], axis=0))


def _patch(colours: NDArray[np.float32], at: Floats, half: int) -> Floats:
    x = int(np.clip(round(at[0]), half, _WIDTH - half - 1))
    y = int(np.clip(round(at[1]), half, _HEIGHT - half - 1))
    area = colours[y - half : y + half + 1, x - half : x + half + 1]
    return np.array(np.median(area, axis=(0, 1)), np.float64)


def _bridge_edge(face: Upright) -> float:
    """Return the strongest edge along a row: over the nose bridge, or under both eyes."""
    grey = cv2.cvtColor(face.picture, cv2.COLOR_BGR2GRAY).astype(np.float32)
    edges = np.abs(cv2.Sobel(cv2.GaussianBlur(grey, (0, 0), 1), cv2.CV_32F, 0, 1))
    first, second = landmarks.eye_centres(face.points)
    middle = (first + second) / 2
    bridge = _strongest_row(edges, middle, rows=(-24, 13), half=10)
    under = min(_strongest_row(edges, eye, rows=(24, 50), half=14) for eye in (first, second))
    return max(bridge, under)


def _strongest_row(
    edges: NDArray[np.float32], at: Floats, *, rows: tuple[int, int], half: int
) -> float:
    x, y = round(at[0]), round(at[1])
    area = edges[y + rows[0] : y + rows[1], x - half : x + half + 1]
    return float(np.median(area, axis=1).max())


_NO_EDGES: Final = 0.005
"""Grey levels a pixel: less is the rounding of an even grey, not an edge."""
_REBLUR: Final = 1.0
"""Standard deviation of the second blur in pixels."""
