"""Fronts of nobody's card, each another one: what copies and checks are measured on.

Only what matters to the checks is there: a rainbow ground, guilloches, a grey portrait-like
shape, text. Layout and letters are invented; SPECIMEN stands across each.
"""

from typing import cast

import cv2
import numpy as np
from numpy.random import Generator

from drivers.camera.camera import Picture
from drivers.card.personalise.optical import HEIGHT_MM, PX_PER_MM, WIDTH_MM

_SIZE = (round(WIDTH_MM * PX_PER_MM), round(HEIGHT_MM * PX_PER_MM))
_FACE = cv2.FONT_HERSHEY_SIMPLEX
_LETTERS = np.array(list("ABCDEFGHKLMNPRSTUWXY 0123456789-"))


def front(random: Generator) -> Picture:
    """Return one front: 1712 by 1080, blue-green-red, 20 px/mm."""
    art = _rainbow(random)
    for _ in range(3):
        _guilloche(art, random)
    _portrait(art, random, (28, 300, 444, 592))
    _portrait(art, random, (1500, 300, 150, 200))
    for line in range(7):
        _text(art, random, 540, 120 + 130 * line)
    stamp = art.copy()
    cv2.putText(stamp, "SPECIMEN", (380, 760), _FACE, 8, (60, 60, 190), 24, cv2.LINE_AA)
    return cast("Picture", cv2.addWeighted(stamp, 0.3, art, 0.7, 0))


def _rainbow(random: Generator) -> Picture:
    """Return a ground whose pale hue runs across the card."""
    hue = np.linspace(0, random.uniform(90, 170), _SIZE[0]) + random.uniform(0, 180)
    row = np.zeros((1, _SIZE[0], 3), np.uint8)
    row[0, :, 0] = (hue % 180).astype(np.uint8)
    row[0, :, 1] = random.integers(22, 44)
    row[0, :, 2] = random.integers(222, 242)
    coloured = cv2.cvtColor(row, cv2.COLOR_HSV2BGR)
    return cast("Picture", np.repeat(coloured, _SIZE[1], axis=0))


def _guilloche(art: Picture, random: Generator) -> None:
    """Draw a family of waves: 0.7 to 1.4 mm apart, 0.15 mm thick."""
    colour = tuple(int(level) for level in random.integers(150, 215, 3))
    pitch = random.uniform(0.7, 1.4) * PX_PER_MM
    swing, length = random.uniform(0.5, 3) * PX_PER_MM, random.uniform(6, 25) * PX_PER_MM
    lean = random.uniform(-0.4, 0.4)
    x = np.arange(-20, _SIZE[0] + 20, 8)
    for start in np.arange(-800, _SIZE[1] + 800, pitch):
        y = start + lean * x + swing * np.sin(2 * np.pi * x / length + start / 150)
        points = np.stack((x, y), axis=-1).round().astype(np.int32)
        cv2.polylines(art, [points], False, colour, 3, cv2.LINE_AA)


def _portrait(art: Picture, random: Generator, box: tuple[int, int, int, int]) -> None:
    """Draw a grey head and shoulders with the texture of an engraving."""
    left, top, width, height = box
    grey = np.full((height, width), random.integers(190, 225), np.float32)
    middle = (width // 2, round(height * 0.42))
    cv2.ellipse(grey, (width // 2, height), (width // 2, height // 4), 0, 0, 360, 60, -1)
    head = (round(width * 0.26), round(height * 0.27))
    cv2.ellipse(grey, middle, (head[0] + 18, head[1] + 22), 0, 0, 360, 45, -1)
    cv2.ellipse(grey, (middle[0], middle[1] + 14), head, 0, 0, 360, 165, -1)
    rough = cv2.GaussianBlur(random.normal(0, 1, grey.shape), (0, 0), 3) * 60
    toned = cv2.GaussianBlur(grey, (0, 0), 4) + rough + random.normal(0, 4, grey.shape)
    shown = toned.clip(0, 255).astype(np.uint8)[..., None]
    art[top : top + height, left : left + width] = shown


def _text(art: Picture, random: Generator, x: int, y: int) -> None:
    words = "".join(random.choice(_LETTERS, random.integers(12, 22)))
    scale = random.uniform(1.2, 2.2)
    ink = tuple(int(level) for level in random.integers(20, 70, 3))
    cv2.putText(art, words, (x, y), _FACE, scale, ink, round(2 * scale), cv2.LINE_AA)
