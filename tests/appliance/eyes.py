"""Reads the glass as a citizen does: what words are on a picture of the screen, and where.

Nothing of the terminal tells the test what it shows; the picture is the panel's own. Lines are
found first, and each is read by itself: a page read whole loses words between frames and pictures.
"""

import functools
import itertools
import re
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import cv2
import numpy as np
import tesserocr
from cv2.typing import MatLike
from PIL import Image

from kiosk.vision.line_reader import MODELS

_LANGUAGE: Final = "eng"
_COARSE, _AROUND = 4, 15
"""The ground of a letter: what most of its surroundings are, on a picture so many times smaller."""
_INK: Final = 45
"""Of 255: how far a letter is from its ground."""
_ACROSS, _DOWN = (1, 60), (45, 1)
"""Longer than any stroke of a letter."""
_WORDS_APART: Final = (3, 29)
_LOWEST, _HIGHEST = 10, 90
"""Of a line, pixels."""
_READ_AT: Final = 44
"""Height at which a line is read."""
_DARK: Final = 128
"""Of 255: on a darker ground words are white."""
_BELOW: Final = 0.07
"""Share of the height to the next line of a heading."""
_ALIKE: Final = str.maketrans("l1|0", "iiio")
"""What even people take for each other."""
_READING: Final = threading.Lock()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text on the screen."""

    text: str
    x: float
    """Its middle, as a share of the width."""
    y: float
    """Its middle, as a share of the height."""


def read(path: Path, *, below: float = 0.0) -> list[Line]:
    """Return the lines of text on a picture, from top to bottom.

    Args:
        path: the picture.
        below: what is above this share of its height is not read.
    """
    picture = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
    if picture is None:
        return []
    height, width = picture.shape
    top = int(height * below)
    rest = picture[top:]
    found = []
    joined = cv2.morphologyEx(_ink(rest), cv2.MORPH_CLOSE, np.ones(_WORDS_APART, np.uint8))
    for x, y, wide, high, _ in cv2.connectedComponentsWithStats(joined)[2][1:]:
        if wide < high or not _LOWEST <= high <= _HIGHEST:
            continue
        rim = max(4, high // 6)
        line = rest[max(0, y - rim) : y + high + rim, max(0, x - rim) : x + wide + rim]
        if text := _text(line.tobytes(), line.shape):
            middle = float(x + wide / 2), float(top + y + high / 2)
            found.append(Line(text, middle[0] / width, middle[1] / height))
    return sorted(found, key=lambda line: (line.y, line.x))


def _ink(picture: MatLike) -> MatLike:
    """Return what differs from the ground it stands on, without the frames of buttons."""
    height, width = picture.shape
    small = cv2.resize(picture, (width // _COARSE, height // _COARSE), interpolation=cv2.INTER_AREA)
    ground = cv2.resize(cv2.medianBlur(small, _AROUND), (width, height))
    ink = np.where(cv2.absdiff(picture, ground) > _INK, 255, 0).astype(np.uint8)
    for shape in (_ACROSS, _DOWN):
        frames = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(shape, np.uint8))
        ink[cv2.dilate(frames, np.ones((3, 3), np.uint8)) > 0] = 0
    return ink


@functools.lru_cache(4096)
def _text(content: bytes, shape: tuple[int, int]) -> str:
    """Return what a line says; one that was read before is known."""
    line: MatLike = np.frombuffer(content, np.uint8).reshape(shape)
    if np.median(line) < _DARK:
        line = cv2.bitwise_not(line)
    by = _READ_AT / shape[0]
    large = cv2.resize(line, None, fx=by, fy=by, interpolation=cv2.INTER_CUBIC)
    with _READING:
        reader = _reader()
        reader.SetImage(Image.fromarray(large))
        return str(reader.GetUTF8Text()).strip()


@functools.cache
def _reader() -> tesserocr.PyTessBaseAPI:
    single = tesserocr.PSM.SINGLE_LINE
    return tesserocr.PyTessBaseAPI(path=str(MODELS), lang=_LANGUAGE, psm=single)


def plain(text: str) -> str:
    """Return a text as it is compared: letters and figures alone, small; spaces are overlooked."""
    return re.sub(r"[^a-z0-9]+", "", text.lower().translate(_ALIKE))


def find(lines: list[Line], words: str) -> Line | None:
    """Return the line that says `words`, or begins to, where they go on below.

    The shortest if several do, which is the button.
    """
    wanted = plain(words)
    hits = [line for line in lines if wanted in plain(line.text)]
    if not hits:
        pairs = itertools.combinations(lines, 2)
        hits = [
            upper
            for upper, lower in pairs
            if 0 < lower.y - upper.y < _BELOW and wanted in plain(f"{upper.text} {lower.text}")
        ]
    return min(hits, key=lambda line: len(line.text), default=None)


def is_lit(path: Path) -> bool:
    """Whether anything is painted: a panel that shows nothing is of one colour."""
    picture = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
    return picture is not None and float(np.std(picture)) > 1.0
