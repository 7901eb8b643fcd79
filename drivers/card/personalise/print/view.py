"""What the document camera sees of a card on its tray: one still, from a seed.

The camera looks down on a dark tray, 1280 x 720, 10.8 pixels a millimetre.
Every condition is drawn on top of a good still; how strong each is, is our own
choice (docs/document.md, "Conditions").
"""

from enum import StrEnum
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from drivers.camera.camera import Picture

VIEW: Final = (1280, 720)
Array = NDArray[Any]
_TRAY: Final = (32, 28, 26)
_PX_PER_MM: Final = 10.8
_CORNER_MM: Final = 3.18
"""ISO/IEC 7810, 5.1.2."""


class Condition(StrEnum):
    """What makes a still harder than a good one."""

    GOOD = "good"
    PERSPECTIVE = "perspective"
    TURNED = "turned"
    BLUR = "blur"
    MOTION = "motion"
    NOISE = "noise"
    GLARE = "glare"
    UNDER = "under_exposed"
    OVER = "over_exposed"
    UNEVEN = "uneven_light"
    FINGER = "finger_on_corner"
    UPSIDE_DOWN = "upside_down"
    CUT_OFF = "cut_off"


def see(
    art: Picture,
    condition: Condition,
    random: np.random.Generator,
    *,
    strength: float | None = None,
) -> Picture:
    """Return a still of a card.

    Args:
        art: the card's front, of any resolution and ID-1's proportions.
        condition: what is special.
        random: draws place, noise and, unless given, the strength.
        strength: of the condition, 0 to 1.
    """
    s = float(random.random()) if strength is None else strength
    if condition is Condition.UPSIDE_DOWN:
        art = np.ascontiguousarray(art[::-1, ::-1])
    place = _place(art, condition, random, s)
    scene = _on_tray(art, place)
    if condition is Condition.FINGER:
        _finger(scene, place, art, random, s)
    light: Array = scene.astype(np.float32)
    if condition is Condition.GLARE:
        light = _glare(light, place, art, random, s)
    if condition is Condition.UNEVEN:
        light *= np.linspace(1 - 0.55 * s, 1 + 0.1 * s, VIEW[0], dtype=np.float32)[None, :, None]
    light *= {Condition.UNDER: 1 - 0.7 * s, Condition.OVER: 1 + 0.55 * s}.get(condition, 1.0)
    light = _optics(light, condition, random, s)
    sigma = 2.0 + (16 * s if condition is Condition.NOISE else 0)
    light += random.normal(0, sigma, light.shape).astype(np.float32)
    still: Picture = np.clip(light, 0, 255).astype(np.uint8)
    _, jpeg = cv2.imencode(".jpg", still, [cv2.IMWRITE_JPEG_QUALITY, 92])
    return cv2.imdecode(jpeg, cv2.IMREAD_COLOR)  # type: ignore[return-value]


def _place(art: Picture, condition: Condition, random: np.random.Generator, s: float) -> Array:
    """Return the homography from the art's dots to the camera's pixels."""
    rows, columns = art.shape[:2]
    scale = _PX_PER_MM * 85.6 / columns * float(random.uniform(0.97, 1.03))
    turn = float(random.uniform(-2, 2))
    tilt = 0.00001
    if condition is Condition.TURNED:
        turn = float(random.choice([-1, 1])) * (2 + 7 * s)
    if condition is Condition.PERSPECTIVE:
        tilt = 0.00001 + 0.00006 * s
    shift = random.uniform(-14, 14, 2)
    if condition is Condition.CUT_OFF:
        shift += np.array([float(random.choice([-1, 1])) * (190 + 220 * s), 0])
    centre = np.array([[1, 0, -columns / 2], [0, 1, -rows / 2], [0, 0, 1]], np.float64)
    angle = np.deg2rad(turn)
    spin = scale * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    move = np.eye(3)
    move[:2, :2] = spin
    lean = np.eye(3)
    lean[2, :2] = random.uniform(-1, 1, 2) * tilt * 10
    back = np.array([[1, 0, VIEW[0] / 2 + shift[0]], [0, 1, VIEW[1] / 2 + shift[1]], [0, 0, 1]])
    return back @ lean @ move @ centre


def _on_tray(art: Picture, place: Array) -> Picture:
    rows, columns = art.shape[:2]
    radius = round(_CORNER_MM * columns / 85.6)
    mask = np.zeros((rows, columns), np.uint8)
    cv2.rectangle(mask, (radius, 0), (columns - radius, rows), 255, -1)
    cv2.rectangle(mask, (0, radius), (columns, rows - radius), 255, -1)
    for x in (radius, columns - radius - 1):
        for y in (radius, rows - radius - 1):
            cv2.circle(mask, (x, y), radius, 255, -1)
    # Seen from far: each pixel averages over the dots under it.
    small = cv2.GaussianBlur(art, (0, 0), 0.35 * columns / (_PX_PER_MM * 85.6))
    card = cv2.warpPerspective(small, place, VIEW, flags=cv2.INTER_LINEAR)
    weight = cv2.warpPerspective(mask, place, VIEW, flags=cv2.INTER_LINEAR)[:, :, None] / 255.0
    tray = np.full((VIEW[1], VIEW[0], 3), _TRAY, np.float64)
    return (card * weight + tray * (1 - weight)).astype(np.uint8)


def _corner(art: Picture, place: Array, x: float, y: float) -> tuple[int, int]:
    """Return where a point of the card, in shares of its sides, lies in the still."""
    rows, columns = art.shape[:2]
    point = place @ np.array([x * columns, y * rows, 1])
    return round(point[0] / point[2]), round(point[1] / point[2])


def _finger(
    scene: Picture,
    place: Array,
    art: Picture,
    random: np.random.Generator,
    s: float,
) -> None:
    x, y = float(random.integers(2)), float(random.integers(2))
    tip = _corner(art, place, x + (0.5 - x) * (0.08 + 0.3 * s), y + (0.5 - y) * (0.08 + 0.3 * s))
    root = _corner(art, place, x + (x - 0.5) * 0.7, y + (y - 0.5) * 0.9)
    cv2.line(scene, tip, root, (110, 140, 190), 150)
    cv2.circle(scene, tip, 75, (120, 150, 200), -1)


def _glare(
    light: Array,
    place: Array,
    art: Picture,
    random: np.random.Generator,
    s: float,
) -> Array:
    x, y = _corner(art, place, float(random.uniform(0.1, 0.9)), float(random.uniform(0.1, 0.9)))
    spot: Array = np.zeros(light.shape[:2], np.float32)
    size = (round(30 + 130 * s), round(20 + 60 * s))
    cv2.ellipse(spot, (x, y), size, float(random.uniform(0, 180)), 0, 360, 1.0, -1)
    spot = cv2.GaussianBlur(spot, (0, 0), 14)
    return light + 330 * spot[:, :, None]


def _optics(
    light: Array,
    condition: Condition,
    random: np.random.Generator,
    s: float,
) -> Array:
    sigma = 0.5 + (3.0 * s if condition is Condition.BLUR else 0)
    light = cv2.GaussianBlur(light, (0, 0), sigma)
    if condition is Condition.MOTION:
        length = 3 + round(14 * s)
        kernel: Array = np.zeros((length, length), np.float32)
        kernel[length // 2, :] = 1 / length
        turn = cv2.getRotationMatrix2D((length / 2, length / 2), float(random.uniform(0, 180)), 1)
        kernel = cv2.warpAffine(kernel, turn, (length, length))
        even: Array = kernel / max(float(kernel.sum()), 1e-6)
        light = cv2.filter2D(light, -1, even)
    return light
