"""Flat copies of a specimen's front, one function for each attack species.

A copy starts from what a camera saw of the genuine card in the room's light. Species and their
figures are our own choice, from what an office and a photo shop offer; nobody's real
copy of a real card was looked at.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, cast

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from drivers.camera.camera import Picture
from drivers.card.personalise import optical

_MM_PER_INCH = 25.4
_FINE = 2
"""Dots are drawn at so many times the scale of the art, then averaged."""
_LENS_MM = 0.05
_CMYK_DEG = (15.0, 75.0, 0.0, 45.0)
"""Usual screen angles of cyan, magenta, yellow and black."""
_FOIL = (59.0, 11.0, 83.0, 45.0)
"""What a stuck-on foil covers, in millimetres: the hologram and the arrow."""
Plane = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True, repr=False)
class Copy:
    """A copy that can be laid under lights."""

    art: Picture
    gloss: float = 0.0
    """0 matt to 1 a sheet of glass."""
    self_lit: bool = False
    """A screen: lamps do not make it brighter."""
    foil: tuple[float, float] | None = None
    """A bought rainbow foil on top: azimuth in radians and pitch in micrometres."""

    def under(self, light: int | None, lights: int) -> Picture:
        """Return how the copy looks under one of `lights` lights, or in the room's light."""
        art = self._with_foil(light, lights) if self.foil else self.art
        seen = art if self.self_lit else optical.shaded(art, light, lights)
        return optical.glare(seen, light, lights, gloss=self.gloss)

    def _with_foil(self, light: int | None, lights: int) -> Picture:
        if light is None or self.foil is None:
            return self.art
        left, top, right, bottom = (round(side * optical.PX_PER_MM) for side in _FOIL)
        y, x = np.mgrid[0 : bottom - top, 0 : right - left].astype(np.float32)
        azimuth, pitch_um = self.foil
        # A pressed film is nearly, not quite, even.
        theta = (azimuth + 0.35 * np.sin(x / 130) * np.cos(y / 90)).astype(np.float32)
        shine = optical.diffracted(theta, np.full_like(theta, pitch_um), light, lights)
        seen = self.art.copy()
        under = seen[top:bottom, left:right] * 0.85
        seen[top:bottom, left:right] = np.clip(under + 170 * shine, 0, 255).astype(np.uint8)
        return seen


def photocopy(art: Picture, random: Generator) -> Copy:
    """Return a grey photocopy: no colour, more contrast, specks of toner."""
    grey = cv2.cvtColor(art, cv2.COLOR_BGR2GRAY).astype(np.float32)
    hard = 255 / (1 + np.exp(-(grey - random.uniform(120, 150)) / random.uniform(35, 50)))
    specks = random.random(grey.shape, dtype=np.float32) < 0.0004
    toned = np.where(specks, 40, hard + 12).clip(20, 250).astype(np.uint8)
    return Copy(cast("Picture", cv2.cvtColor(toned, cv2.COLOR_GRAY2BGR)))


def laser_print(art: Picture, random: Generator) -> Copy:
    """Return a colour laser print: round dots, 85 to 150 lines an inch."""
    lines_per_mm = float(random.choice([85, 106, 133, 150])) / _MM_PER_INCH
    turned = random.uniform(-8, 8)
    planes = _cmyk(_finer(art))
    per_px = 2 * np.pi * lines_per_mm / (optical.PX_PER_MM * _FINE)
    dots: list[Plane] = []
    for plane, degrees in zip(planes, _CMYK_DEG, strict=True):
        angle = np.radians(degrees + turned)
        threshold = 0.5 + 0.25 * (
            _wave(plane.shape, per_px, angle) + _wave(plane.shape, per_px, angle + np.pi / 2)
        )
        dots.append((plane > threshold).astype(np.float32))
    return Copy(_printed(dots), gloss=random.uniform(0.02, 0.12))


def ink_jet_print(art: Picture, random: Generator) -> Copy:
    """Return an ink-jet print: scattered dots, 1,000 an inch, without a screen."""
    dots: list[Plane] = []
    for plane in _cmyk(_finer(art)):
        noise = random.random(plane.shape, dtype=np.float32)
        # High-passed noise spaces dots more evenly, as error diffusion does.
        spaced = noise - cv2.GaussianBlur(noise, (0, 0), 1.2)
        threshold = 0.5 + (spaced - spaced.mean()) / (4 * spaced.std())
        dots.append((plane > threshold).astype(np.float32))
    return Copy(_printed(dots), gloss=random.uniform(0.0, 0.1))


def laptop_screen(art: Picture, random: Generator) -> Copy:
    """Return a laptop's or tablet's screen: 110 to 160 stripes-of-three an inch."""
    return _screen(art, random, random.uniform(110, 160))


def phone_screen(art: Picture, random: Generator) -> Copy:
    """Return a phone's screen: 400 to 460 an inch, finer than the camera sees."""
    return _screen(art, random, random.uniform(400, 460))


def photo_print(art: Picture, random: Generator) -> Copy:
    """Return a glossy photograph: continuous tone, no dots, and glare that moves."""
    soft = cv2.GaussianBlur(art, (0, 0), random.uniform(0.8, 1.6))
    paled = cv2.addWeighted(soft, random.uniform(0.88, 0.98), soft, 0, random.uniform(2, 14))
    return Copy(cast("Picture", paled), gloss=random.uniform(0.3, 0.9))


def photo_under_foil(art: Picture, random: Generator) -> Copy:
    """Return a glossy photograph with a bought rainbow foil over hologram and arrow."""
    photo = photo_print(art, random)
    foil = (random.uniform(0, np.pi), random.uniform(0.55, 1.0))
    return Copy(photo.art, gloss=photo.gloss / 3, foil=foil)


SPECIES: Final[Mapping[str, Callable[[Picture, Generator], Copy]]] = MappingProxyType(
    {
        "grey photocopy": photocopy,
        "colour laser print": laser_print,
        "ink-jet print": ink_jet_print,
        "laptop screen": laptop_screen,
        "phone screen": phone_screen,
        "glossy photo print": photo_print,
        "photo print under rainbow foil": photo_under_foil,
    }
)
"""Each attack species of the evaluation by its name (ISO/IEC 30107-3: PAI species)."""


def _wave(shape: tuple[int, ...], per_px: float, angle: float) -> Plane:
    """Return a plane wave; the cosine of a sum is built from two lines, which is quick."""
    x = np.arange(shape[1], dtype=np.float32) * np.float32(per_px * np.cos(angle))
    y = np.arange(shape[0], dtype=np.float32) * np.float32(per_px * np.sin(angle))
    return cast("Plane", np.outer(np.cos(y), np.cos(x)) - np.outer(np.sin(y), np.sin(x)))


def _screen(art: Picture, random: Generator, per_inch: float) -> Copy:
    per_mm = per_inch / _MM_PER_INCH
    panel = (round(optical.WIDTH_MM * per_mm), round(optical.HEIGHT_MM * per_mm))
    shown = cv2.resize(art, panel, interpolation=cv2.INTER_AREA)
    tone = (np.arange(256) / 255.0) ** random.uniform(0.85, 1.2) * 255
    shown = cv2.LUT(shown, tone.astype(np.uint8))
    # Drawn at its own scale: stripes that do not fit a raster would beat with it.
    per_px = 3 if per_mm > 10 else 9
    lamps = np.zeros((per_px, per_px, 3), np.uint8)
    for channel, left in enumerate((2, 1, 0)):  # stripes run red, green, blue
        lamps[: per_px - per_px // 9, left * per_px // 3 : (left + 1) * per_px // 3, channel] = 1
    fine = shown.repeat(per_px, axis=0).repeat(per_px, axis=1)
    fine *= np.tile(lamps, (panel[1], panel[0], 1))
    # No lens passes such detail; without the blur the raster of the art would alias it.
    soft = cv2.GaussianBlur(fine, (0, 0), _LENS_MM * per_mm * per_px)
    small = cv2.resize(soft, (art.shape[1], art.shape[0]), interpolation=cv2.INTER_AREA)
    backlight = np.array((1.05, 1.0, 0.96)) * random.uniform(2.7, 3.4)
    seen = (small * backlight).clip(0, 255).astype(np.uint8)
    return Copy(seen, gloss=random.uniform(0.1, 0.5), self_lit=True)


def _finer(art: Picture) -> Picture:
    size = (art.shape[1] * _FINE, art.shape[0] * _FINE)
    return cast("Picture", cv2.resize(art, size, interpolation=cv2.INTER_LINEAR))


def _cmyk(art: Picture) -> list[Plane]:
    """Return cyan, magenta, yellow and black, 0 to 1, with half of the grey in black."""
    blue, green, red = (1 - art[..., channel].astype(np.float32) / 255 for channel in range(3))
    black = 0.5 * np.minimum(np.minimum(blue, green), red)
    planes = [(plane - black) / (1 - black) for plane in (red, green, blue)]
    return [*planes, black]


def _printed(dots: list[Plane]) -> Picture:
    """Lay inks over paper; each lets through a little of the colour that it stops."""
    cyan, magenta, yellow, black = dots
    channels = [
        244 * (1 - 0.85 * ink) * (1 - 0.12 * (cyan + magenta + yellow - ink)) * (1 - 0.92 * black)
        for ink in (yellow, magenta, cyan)
    ]
    return _averaged(np.stack(channels, axis=-1))


def _averaged(fine: Plane) -> Picture:
    size = (fine.shape[1] // _FINE, fine.shape[0] // _FINE)
    return cv2.resize(fine, size, interpolation=cv2.INTER_AREA).clip(0, 255).astype(np.uint8)
