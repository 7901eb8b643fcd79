"""How a specimen's front looks under each of the switched lights.

Stand-ins of our own: the published features of the 2018 form are a hologram with waves
and an arrow of colour-shifting ink (docs/hkid.md); where and what ours are is invented.
The lights stand in a ring around the tray, number 0 at its top and on clockwise, by
turns low and high; the camera looks straight down.
"""

from functools import lru_cache
from typing import Final, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from drivers.camera.camera import Picture

PX_PER_MM: Final = 20
WIDTH_MM, HEIGHT_MM = 85.6, 54.0
"""ISO/IEC 7810, ID-1."""
HOLOGRAM: Final = (62.0, 14.0, 80.0, 32.0)
"""Left, top, right, bottom in millimetres from the card's top left corner."""
INK: Final = (66.0, 36.0, 78.0, 42.0)
LOW_DEG, HIGH_DEG = 25.0, 55.0
"""How high the lights with even and odd numbers stand over the tray."""
_ARROW: Final = ((0, 0.3), (0.6, 0.3), (0.6, 0), (1, 0.5), (0.6, 1), (0.6, 0.7), (0, 0.7))
_STEEP_INK, _GRAZING_INK = (150, 40, 170), (70, 150, 40)
"""Blue, green, red: magenta under a high light, green under a low one."""
_AMBIENT = 12
"""Light from so many sides stands for the light that is always there."""
_VIEW = (0.095, -0.013)
"""Sines of the angle at which a camera 300 mm above the card's middle sees the hologram."""
_EVEN = 200
"""A shade that changes nothing; in bytes, because pictures are many and floats are slow."""
Map = NDArray[np.float32]


def direction(light: int, lights: int) -> tuple[float, float]:
    """Return azimuth and height of a light in radians; azimuth 0 is right, a quarter is down."""
    height = np.radians(HIGH_DEG if light % 2 else LOW_DEG)
    return 2 * np.pi * light / lights - np.pi / 2, float(height)


def lit(art: Picture, light: int | None, lights: int) -> Picture:
    """Return a genuine specimen under one of `lights` lights, or in the room's light alone.

    Args:
        art: rows, columns, blue-green-red; 20 px/mm, upright.
        light: 0 to `lights` - 1.
        lights: how many there are.
    """
    seen = art.copy()
    rows, columns = _slices(HOLOGRAM)
    shine = _hologram(light, lights)
    veiled = seen[rows, columns] * (1 - 0.2 * _inside())
    seen[rows, columns] = np.clip(veiled + shine, 0, 255).astype(np.uint8)
    rows, columns = _slices(INK)
    cover = _arrow()[..., None]
    painted = seen[rows, columns] * (1 - cover) + np.array(_ink(light, lights)) * cover
    seen[rows, columns] = painted.astype(np.uint8)
    return shaded(seen, light, lights)


def shaded(art: Picture, light: int | None, lights: int) -> Picture:
    """Return a flat thing under a light: nearer to it, the whole is a little brighter."""
    if light is None:
        return art.copy()
    shade = _shade(light, lights, art.shape[:2])
    return cast("Picture", cv2.multiply(art, shade, scale=1 / _EVEN))


def glare(art: Picture, light: int | None, lights: int, *, gloss: float) -> Picture:
    """Return `art` with the soft reflection of the light, 0 none to 1 a sheet of glass."""
    if light is None or gloss == 0:
        return art.copy()
    lobe = _lobe(light, lights, art.shape[:2])
    return cast("Picture", cv2.addWeighted(art, 1, lobe, gloss, 0))


def diffracted(theta: Map, pitch_um: Map, light: int, lights: int) -> Map:
    """Return what gratings send up to the camera: blue, green, red, 0 to 1.

    The grating equation in the first order: wavelength = pitch times the sum of the sines of
    incidence and view along the grating; light from across it goes elsewhere. The
    three sensitivities are bells of our own around 465, 550 and 610 nm.

    Args:
        theta: azimuth of each grating, radians.
        pitch_um: its pitch in micrometres.
        light: 0 to `lights` - 1.
        lights: how many there are.
    """
    azimuth, height = direction(light, lights)
    return _diffracted(theta, pitch_um, azimuth, height)


def _diffracted(theta: Map, pitch_um: Map, azimuth: float, height: float) -> Map:
    seen = _VIEW[0] * np.cos(theta) + _VIEW[1] * np.sin(theta)
    along = np.cos(height) * np.cos(azimuth - theta) + seen
    across = np.cos(height) * np.sin(azimuth - theta)
    wavelength_nm = 1000 * pitch_um * np.abs(along)
    sent = np.exp(-((across / 0.3) ** 2) / 2)
    bells = [np.exp(-(((wavelength_nm - nm) / 42) ** 2) / 2) for nm in (465, 550, 610)]
    return cast("Map", (np.stack(bells, axis=-1) * sent[..., None]).astype(np.float32))


@lru_cache(maxsize=64)
def _hologram(light: int | None, lights: int) -> Map:
    """Return what the patch adds to the picture: waves around a flower, 0 to 255."""
    x, y, radius = _patch()
    theta = (2.5 * np.arctan2(y, x) + 3 * np.sin(4 * radius)).astype(np.float32)
    pitch_um = (0.8 + 0.3 * np.sin(9 * radius + 2 * np.sin(5 * x))).astype(np.float32)
    if light is not None:
        return 190 * diffracted(theta, pitch_um, light, lights) * _inside()
    sides = [
        _diffracted(theta, pitch_um, 2 * np.pi * side / _AMBIENT, np.radians(40))
        for side in range(_AMBIENT)
    ]
    return cast("Map", 110 * np.mean(sides, axis=0) * _inside())


def _patch() -> tuple[Map, Map, Map]:
    """Return x, y and the distance from the middle, all -1 to 1 over the hologram."""
    left, top, right, bottom = HOLOGRAM
    width, height = round((right - left) * PX_PER_MM), round((bottom - top) * PX_PER_MM)
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j].astype(np.float32)
    return x, y, np.hypot(x, y)


@lru_cache(maxsize=1)
def _inside() -> Map:
    """Return 1 on the round patch and 0 beside it."""
    return np.clip((1 - _patch()[2]) * 12, 0, 1)[..., None]


def _ink(light: int | None, lights: int) -> tuple[float, ...]:
    if light is None:
        return tuple((s + g) / 2 for s, g in zip(_STEEP_INK, _GRAZING_INK, strict=True))
    _, height = direction(light, lights)
    return _STEEP_INK if height > np.radians(40) else _GRAZING_INK


@lru_cache(maxsize=1)
def _arrow() -> Map:
    left, top, right, bottom = INK
    size = (round((right - left) * PX_PER_MM), round((bottom - top) * PX_PER_MM))
    points = np.array([(x * size[0], y * size[1]) for x, y in _ARROW], np.int32)
    cover = np.zeros((size[1], size[0]), np.float32)
    return cast("Map", cv2.fillPoly(cover, [points], 1.0, lineType=cv2.LINE_AA))


@lru_cache(maxsize=32)
def _shade(light: int, lights: int, shape: tuple[int, int]) -> Picture:
    towards = _towards(light, lights, shape)
    level = 1.0 if light % 2 else 0.92
    shade = (_EVEN * level * (1 + 0.12 * towards)).round().astype(np.uint8)
    return np.repeat(shade[..., None], 3, axis=2)


@lru_cache(maxsize=32)
def _lobe(light: int, lights: int, shape: tuple[int, int]) -> Picture:
    """Return the reflection of a lamp with a diffuser, off the middle towards its light."""
    azimuth, height = direction(light, lights)
    y, x = np.mgrid[-1 : 1 : shape[0] * 1j, -1 : 1 : shape[1] * 1j].astype(np.float32)
    off = np.cos(height)
    away = (x - off * np.cos(azimuth)) ** 2 + (y - off * np.sin(azimuth)) ** 2
    lobe = (200 * np.exp(-away / (2 * 0.45**2))).astype(np.uint8)
    return np.repeat(lobe[..., None], 3, axis=2)


def _towards(light: int, lights: int, shape: tuple[int, int]) -> Map:
    azimuth, _ = direction(light, lights)
    y, x = np.mgrid[-1 : 1 : shape[0] * 1j, -1 : 1 : shape[1] * 1j].astype(np.float32)
    return cast("Map", (x * np.cos(azimuth) + y * np.sin(azimuth)).astype(np.float32))


def _slices(box: tuple[float, float, float, float]) -> tuple[slice, slice]:
    left, top, right, bottom = (round(side * PX_PER_MM) for side in box)
    return slice(top, bottom), slice(left, right)
