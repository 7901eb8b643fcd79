"""Find faces in a picture and cut them out upright for the descriptor network.

Detection runs on a grey picture of 320 columns: the faces we want are 55 to 130
pixels wide there, and it takes 7 ms instead of 390 (benchmarks/face_compare.py).
"""

from io import BytesIO
from typing import Any, Final

import cv2
import dlib
import numpy as np
from PIL import Image

from drivers.camera.camera import Picture
from kiosk.face.framing import FaceBox
from kiosk.vision import models

DETECT_WIDTH: Final = 320
MOST_PX: Final = 4096
_KINDS: Final = ("JPEG", "JPEG2000")
"""What DG2 may carry (ICAO Doc 9303-10, 4.7.2)."""


class FaceFinder:
    """Detector and landmarks; one thread at a time."""

    def __init__(self) -> None:
        """Load both.

        Raises:
            ModelAltered: the landmark model is missing or another.
        """
        self._detect = models.detector()
        self._landmarks = models.landmarks()

    def boxes(self, picture: Picture, *, width: int = DETECT_WIDTH) -> list[FaceBox]:
        """Return the faces of a picture, in its own pixels."""
        scale = picture.shape[1] / width
        return [
            FaceBox(box.center().x * scale, box.center().y * scale, box.width() * scale)
            for box in self._raw(picture, width)
        ]

    def chip(self, picture: Picture, *, width: int = DETECT_WIDTH) -> Picture | None:
        """Return the largest face upright, CHIP_PX square, red-green-blue; None without one."""
        found = self._raw(picture, width)
        if not found:
            return None
        scale = picture.shape[1] / width
        largest = max(found, key=lambda box: box.area())
        edges = (largest.left(), largest.top(), largest.right(), largest.bottom())
        box = dlib.rectangle(*(round(edge * scale) for edge in edges))
        colours = cv2.cvtColor(picture, cv2.COLOR_BGR2RGB)
        shape = self._landmarks(colours, box)
        chip: Picture = dlib.get_face_chip(colours, shape, size=models.CHIP_PX)
        return chip

    def _raw(self, picture: Picture, width: int) -> list[Any]:
        height = round(picture.shape[0] * width / picture.shape[1])
        grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
        small = cv2.resize(grey, (width, height), interpolation=cv2.INTER_AREA)
        return list(self._detect(small, 0))


def decoded(image: bytes, *, most_px: int = MOST_PX) -> Picture | None:
    """Decode a portrait; None if it is no picture or larger than a chip would carry."""
    if not 0 < _announced_px(image) <= most_px:
        return None
    content = np.frombuffer(image, np.uint8)
    try:
        picture = cv2.imdecode(content, cv2.IMREAD_COLOR)
    except cv2.error:
        return None
    if picture is None:
        return None
    bgr: Picture = picture.astype(np.uint8, copy=False)
    return bgr


def _announced_px(image: bytes) -> int:
    """Return the longer side that a picture's header announces; 0 if it is no picture.

    Asked before a pixel is decoded: 400 bytes can announce 20,000 x 20,000, and OpenCV
    would spend 2 GB and 11 s on them before anybody learns the size.
    """
    try:
        with Image.open(BytesIO(image), formats=_KINDS) as announced:
            return max(announced.size)
    except (OSError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return 0
