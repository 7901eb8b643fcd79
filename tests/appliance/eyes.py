"""Reads the glass as a citizen does: what words are on a picture of the screen, and where.

Nothing of the terminal tells the test what it shows; the picture is the panel's own.
"""

import itertools
import re
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
_ENLARGED: Final = 2
_ACROSS, _DOWN = (1, 60), (45, 1)
"""Longer than any stroke of a letter."""
_BELOW: Final = 0.07
"""Share of the height to the next line of a heading."""


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
    found: dict[tuple[int, int], Line] = {}
    # White words on a dark button are seen when the picture is turned over.
    top = int(height * below)
    for each in (picture[top:], cv2.bitwise_not(picture[top:])):
        bare = _without_frames(each.astype(np.uint8, copy=False))
        large = cv2.resize(bare, None, fx=_ENLARGED, fy=_ENLARGED, interpolation=cv2.INTER_CUBIC)
        for line in _lines(Image.fromarray(large), top, width, height):
            found.setdefault((round(line.y * 100), round(line.x * 20)), line)
    return sorted(found.values(), key=lambda line: (line.y, line.x))


def _without_frames(picture: MatLike) -> MatLike:
    """Wipe the frames of buttons: a word between two of them is passed over."""
    mode = (cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV)
    dark = cv2.adaptiveThreshold(picture, 255, *mode, 31, 12)
    bare = picture.copy()
    for shape in (_ACROSS, _DOWN):
        frames = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones(shape, np.uint8))
        bare[cv2.dilate(frames, np.ones((5, 5), np.uint8)) > 0] = 255
    return bare


def _lines(picture: Image.Image, top: int, width: int, height: int) -> list[Line]:
    lines = []
    sparse = tesserocr.PSM.SPARSE_TEXT
    with tesserocr.PyTessBaseAPI(path=str(MODELS), lang=_LANGUAGE, psm=sparse) as reader:
        reader.SetImage(picture)
        reader.Recognize()
        level = tesserocr.RIL.TEXTLINE
        for part in tesserocr.iterate_level(reader.GetIterator(), level):
            try:
                text, box = part.GetUTF8Text(level).strip(), part.BoundingBox(level)
            except RuntimeError:
                continue
            if text and box:
                x = (box[0] + box[2]) / 2 / _ENLARGED / width
                y = ((box[1] + box[3]) / 2 / _ENLARGED + top) / height
                lines.append(Line(text, x, y))
    return lines


def plain(text: str) -> str:
    """Return a text as it is compared: letters and figures alone, small; spaces are overlooked."""
    return re.sub(r"[^a-z0-9]+", "", text.lower())


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
