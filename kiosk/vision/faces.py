"""Find faces in a picture and cut them out upright for the descriptor network.

Detection runs on a grey picture of 320 columns: the faces we want are 55 to 130
pixels wide there, and it takes 7 ms instead of 390 (benchmarks/face_compare.py).
"""

from contextlib import closing
from typing import Any, Final

import cv2
import dlib
import numpy as np

from drivers.camera.camera import Picture
from drivers.card.portrait.decode import Decoder, PortraitUnreadable
from kiosk.face.face_box import FaceBox
from kiosk.vision import models

DETECT_WIDTH: Final = 320
FAR_WIDTH: Final = 640
"""Faces half as large: too small to compare, but somebody to call nearer."""

_SMALL: Final = 0.6
"""A face that is smaller than this share of another is one in the background."""


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

    def boxes_near_or_far(self, picture: Picture) -> list[FaceBox]:
        """Return the faces of a picture; where none is near, those of people far away."""
        return self.boxes(picture) or self.boxes(picture, width=FAR_WIDTH)

    def chip(self, picture: Picture, *, width: int = DETECT_WIDTH) -> Picture | None:
        """Return the largest face upright, CHIP_PX square, red-green-blue; None without one."""
        found = self.boxes(picture, width=width)
        if not found:
            return None
        return self.cut(picture, max(found, key=lambda box: box.width))

    def only(self, picture: Picture) -> Picture | None:
        """Return the one face upright; None without one, or with a second that is not small."""
        found = sorted(self.boxes(picture), key=lambda box: -box.width)
        if not found or (len(found) > 1 and found[1].width > _SMALL * found[0].width):
            return None
        return self.cut(picture, found[0])

    def cut(self, picture: Picture, box: FaceBox) -> Picture:
        """Return the face of a box upright, CHIP_PX square, red-green-blue."""
        half = box.width / 2
        edges = (box.x - half, box.y - half, box.x + half, box.y + half)
        area = dlib.rectangle(*(round(edge) for edge in edges))
        colours = cv2.cvtColor(picture, cv2.COLOR_BGR2RGB)
        shape = self._landmarks(colours, area)
        chip: Picture = dlib.get_face_chip(colours, shape, size=models.CHIP_PX)
        return chip

    def _raw(self, picture: Picture, width: int) -> list[Any]:
        height = round(picture.shape[0] * width / picture.shape[1])
        grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
        small = cv2.resize(grey, (width, height), interpolation=cv2.INTER_AREA)
        return list(self._detect(small, 0))


def decoded(image: bytes, decoder: Decoder | None = None) -> Picture | None:
    """Decode a portrait in a child process; None if it is no picture that a chip carries.

    Args:
        image: JPEG or JPEG 2000.
        decoder: waits for a picture, closed here; None for one of its own.
    """
    with closing(decoder or Decoder()) as child:
        try:
            pixels = child.decode(image)
        except PortraitUnreadable:
            return None
    rgb = np.frombuffer(pixels.rgb, np.uint8).reshape(pixels.height, pixels.width, 3)
    bgr: Picture = cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR).astype(np.uint8, copy=False)
    return bgr
