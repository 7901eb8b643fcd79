"""Reads the glass as a citizen does: what words are on a picture of the screen, and where.

Nothing of the terminal tells the test what it shows; the picture is the panel's own.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import cv2
import numpy as np
import tesserocr
from PIL import Image

from kiosk.vision.line_reader import MODELS

_LANGUAGE: Final = "eng"
_ENLARGED: Final = 2


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text on the screen."""

    text: str
    x: float
    """Its middle, as a share of the width."""
    y: float
    """Its middle, as a share of the height."""


def read(path: Path) -> list[Line]:
    """Return the lines of text on a picture, from top to bottom."""
    picture = Image.open(path).convert("L")
    width, height = picture.size
    large = picture.resize((width * _ENLARGED, height * _ENLARGED), Image.Resampling.BICUBIC)
    found: dict[tuple[int, int], Line] = {}
    # White words on a dark button are seen when the picture is turned over.
    for each in (large, large.point(lambda value: 255 - value)):
        for line in _lines(each, width, height):
            found.setdefault((round(line.y * 100), round(line.x * 20)), line)
    return sorted(found.values(), key=lambda line: (line.y, line.x))


def _lines(picture: Image.Image, width: int, height: int) -> list[Line]:
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
                y = (box[1] + box[3]) / 2 / _ENLARGED / height
                lines.append(Line(text, x, y))
    return lines


def plain(text: str) -> str:
    """Return a text as it is compared: letters and figures alone, small."""
    return re.sub(r"[^a-z0-9]+", " ", text.lower()).strip()


def find(lines: list[Line], words: str) -> Line | None:
    """Return the line that says `words`; the shortest if several do, which is the button."""
    wanted = plain(words)
    hits = [line for line in lines if wanted in plain(line.text)]
    return min(hits, key=lambda line: len(line.text), default=None)


def is_lit(path: Path) -> bool:
    """Whether anything is painted: a panel that shows nothing is of one colour."""
    picture = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
    return picture is not None and float(np.std(picture)) > 1.0
