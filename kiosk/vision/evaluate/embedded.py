"""Descriptors of everybody's portraits, as a chip holds them and as a camera sees them.

Everything stays in memory; each picture is embedded once.
"""

import sys
from collections.abc import Callable, Mapping
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from drivers.camera.camera import Picture
from kiosk.vision import models
from kiosk.vision.evaluate import degrade, worn
from kiosk.vision.evaluate.people import Person, picture
from kiosk.vision.faces import FaceFinder
from kiosk.vision.landmarks import Points, TrainedLandmarks

Floats = NDArray[np.float64]
LIVE_SIDE: Final = 640
"""A 900 px portrait at the distance of a camera: 100 px between the eyes."""

_Live = Callable[[Picture, Points, np.random.Generator], Picture]

CHIPS: Final[Mapping[str, Callable[[Picture], Picture]]] = {
    "jpeg_15_kb": lambda one: degrade.as_jpeg(degrade.cut_for_chip(one), 15_000),
    "original": lambda one: one,
    "jpeg_8_kb": lambda one: degrade.as_jpeg(degrade.cut_for_chip(one), 8_000),
    "jpeg_5_kb": lambda one: degrade.as_jpeg(degrade.cut_for_chip(one), 5_000),
    "jpeg_2000_15_kb": lambda one: degrade.as_jpeg_2000(degrade.cut_for_chip(one), 15_000),
    "jpeg_2000_6_kb": lambda one: degrade.as_jpeg_2000(degrade.cut_for_chip(one), 6_000),
}
"""Of the neutral portrait; the first is the one that live conditions are held against."""

LIVES: Final[Mapping[str, _Live]] = {
    "studio": lambda one, _, __: one,
    "blur_2_px": lambda one, _, __: degrade.blurred(one, 2),
    "blur_4_px": lambda one, _, __: degrade.blurred(one, 4),
    "moved_15_px": lambda one, _, __: degrade.moved(one, 15),
    "dim": lambda one, _, rng: degrade.dim(one, rng),
    "side_light": lambda one, _, __: degrade.lit_from_side(one, 0.8),
    "over_exposed": lambda one, _, __: degrade.exposed(one, 2.5),
    "under_exposed": lambda one, _, __: degrade.exposed(one, 0.12),
    "glasses": lambda one, points, _: worn.with_glasses(one, points),
    "sunglasses": lambda one, points, _: worn.with_glasses(one, points, tint=0.85),
    "mask": lambda one, points, _: worn.with_mask(one, points, colour=(225, 205, 180)),
}
"""Of the smiling portrait; the first is the one that chip conditions are held against."""


class Embedded:
    """Finder, landmarks and network, once."""

    def __init__(self) -> None:
        """Load all three.

        Raises:
            ModelAltered: one is missing or another.
        """
        self.finder = FaceFinder()
        self._network = models.encoder()
        self.landmarks = TrainedLandmarks()

    def descriptor(self, seen: Picture) -> Floats:
        """Return the 128 numbers of the largest face; all not-a-number without a face."""
        chip = self.finder.chip(seen)
        return np.full(128, np.nan) if chip is None else self.embed(chip)

    def embed(self, chip: Picture) -> Floats:
        """Return the 128 numbers of a face chip."""
        return np.array(self._network.compute_face_descriptor(chip, num_jitters=1))

    def points(self, seen: Picture) -> Points | None:
        """Return the landmarks of the largest face, None without one."""
        boxes = self.finder.boxes(seen)
        if not boxes:
            return None
        grey = cv2.cvtColor(seen, cv2.COLOR_BGR2GRAY).astype(np.uint8, copy=False)
        return self.landmarks(grey, max(boxes, key=lambda box: box.width))


def everybody(persons: list[Person], *, seed: int) -> dict[str, Any]:
    """Return {"chip": {condition: rows}, "live": {condition: rows}}, people in order."""
    embedded, rng = Embedded(), np.random.default_rng(seed)
    chips: dict[str, list[Floats]] = {name: [] for name in CHIPS}
    lives: dict[str, list[Floats]] = {name: [] for name in LIVES}
    for count, person in enumerate(persons, 1):
        neutral = picture(person.neutral)
        for name, carried in CHIPS.items():
            chips[name].append(embedded.descriptor(carried(neutral)))
        size = (LIVE_SIDE, LIVE_SIDE)
        smiling = cv2.resize(picture(person.smiling), size, interpolation=cv2.INTER_AREA)
        live = smiling.astype(np.uint8, copy=False)
        points = embedded.points(live)
        for name, seen in LIVES.items():
            # Without a face there is nowhere to draw glasses: counted as no face in each.
            shown = live * 0 if points is None else seen(live, points, rng)
            lives[name].append(embedded.descriptor(shown))
        sys.stderr.write(f"\r{count} of {len(persons)} people embedded")
        sys.stderr.flush()
    sys.stderr.write("\n")
    return {
        "chip": {name: np.array(rows) for name, rows in chips.items()},
        "live": {name: np.array(rows) for name, rows in lives.items()},
    }
