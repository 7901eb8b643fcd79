"""Draw glasses and a mask on a face: flat and plain, so they cost more than real ones do."""

from typing import Final

import cv2
import numpy as np

from drivers.camera.camera import Picture
from kiosk.vision import landmarks
from kiosk.vision.landmarks import Points

_SUBPIXEL: Final = 4
"""cv2 draws in sixteenths of a pixel (shift=4)."""
_LENS: Final = (0.40, 0.27)
"""Half width and half height of a lens, in distances between the eyes."""


def with_glasses(
    picture: Picture, points: Points, *, rim: float = 0.05, tint: float = 0.08, grey: int = 30
) -> Picture:
    """Draw glasses on a face.

    Args:
        picture: blue-green-red; not changed.
        points: of the face in it.
        rim: thickness in distances between the eyes.
        tint: how dark the lenses are, 0 clear to 1 black: sunglasses are 0.85.
        grey: of rim and lens.
    """
    first, second = landmarks.eye_centres(points)
    across = second - first
    distance = float(np.linalg.norm(across))
    angle = float(np.degrees(np.arctan2(across[1], across[0])))
    thick = max(1, round(rim * distance))
    half = (round(_LENS[0] * distance * 16), round(_LENS[1] * distance * 16))
    lenses = np.zeros(picture.shape[:2], np.uint8)
    rims = np.zeros(picture.shape[:2], np.uint8)
    below = 0.05 * np.array((-across[1], across[0]))
    for centre in (first + below, second + below):
        at = tuple(np.round(centre * 16).astype(int).tolist())
        cv2.ellipse(lenses, at, half, angle, 0, 360, 255, cv2.FILLED, cv2.LINE_AA, _SUBPIXEL)
        cv2.ellipse(rims, at, half, angle, 0, 360, 255, thick, cv2.LINE_AA, _SUBPIXEL)
    unit = across / distance
    inner = [first + below + _LENS[0] * across, second + below - _LENS[0] * across]
    outer = [first + below - _LENS[0] * across, second + below + _LENS[0] * across]
    _line(rims, inner[0], inner[1], thick)
    _line(rims, outer[0], outer[0] - 0.55 * distance * unit, thick)
    _line(rims, outer[1], outer[1] + 0.55 * distance * unit, thick)
    shade = _mixed(picture, lenses, np.full(3, grey), tint)
    return _mixed(shade, rims, np.full(3, grey), 1.0)


def with_mask(picture: Picture, points: Points, *, colour: tuple[int, int, int]) -> Picture:
    """Draw a medical mask over nose, mouth and chin; `colour` is blue-green-red."""
    first, second = landmarks.eye_centres(points)
    distance = float(np.linalg.norm(second - first))
    jaw = points[landmarks.JAW]
    chin = jaw[landmarks.CHIN] + 0.12 * (jaw[landmarks.CHIN] - points[landmarks.NOSE_TIP])
    top = points[landmarks.NOSE_TIP - 2]
    edge = [jaw[1] + 0.7 * (jaw[0] - jaw[1]) * 0.5, jaw[1], jaw[2], jaw[3], chin, jaw[5], jaw[6]]
    edge += [jaw[7], jaw[7] + 0.35 * (jaw[8] - jaw[7])]
    outline = np.array([top, *edge])
    cover = np.zeros(picture.shape[:2], np.uint8)
    cv2.fillPoly(cover, [np.round(outline * 16).astype(np.int32)], 255, cv2.LINE_AA, _SUBPIXEL)
    soft = cv2.GaussianBlur(picture, (0, 0), 0.12 * distance).mean(axis=2)
    level = max(float(soft[cover > 0].mean()) if cover.any() else 1.0, 1.0)
    shade = np.clip(0.55 + 0.45 * soft / level, 0, 1.2)[:, :, None]
    cloth = np.clip(np.array(colour) * shade, 0, 255)
    return _mixed(picture, cover, cloth, 1.0)


def with_hat(picture: Picture, points: Points, *, colour: tuple[int, int, int]) -> Picture:
    """Draw a cap down to just above the brows; `colour` is blue-green-red."""
    first, second = landmarks.eye_centres(points)
    across = second - first
    up = np.array((across[1], -across[0]))
    brim = points[[landmarks.BROW_FIRST.start + 1, landmarks.BROW_SECOND.start + 1]].mean(axis=0)
    brim = brim + 0.12 * up
    outline = [brim - 1.3 * across, brim + 1.3 * across]
    outline += [brim + 1.2 * across + 1.2 * up, brim - 1.2 * across + 1.2 * up]
    cover = np.zeros(picture.shape[:2], np.uint8)
    places = [np.round(np.array(outline) * 16).astype(np.int32)]
    cv2.fillPoly(cover, places, 255, cv2.LINE_AA, _SUBPIXEL)
    return _mixed(picture, cover, np.array(colour), 1.0)


def _line(onto: np.ndarray, start: np.ndarray, end: np.ndarray, thick: int) -> None:
    ends = [tuple(np.round(place * 16).astype(int).tolist()) for place in (start, end)]
    cv2.line(onto, ends[0], ends[1], 255, thick, cv2.LINE_AA, _SUBPIXEL)


def _mixed(picture: Picture, cover: np.ndarray, colour: np.ndarray, weight: float) -> Picture:
    share = weight * cover[:, :, None] / 255.0
    return np.clip(picture * (1 - share) + colour * share, 0, 255).astype(np.uint8)
