"""Find the card on the dark tray and where its large portrait stands."""

from typing import Final

import cv2

from drivers.camera.camera import Picture
from kiosk.document.generations import CardSeen
from kiosk.vision.faces import FaceFinder

_TRAY: Final = 90
"""Grey level: the tray is darker, a card lighter (our own tray, docs/devices.md)."""
_SMALLEST: Final = 0.08
"""Share of the picture that a card covers at least."""
_WIDTH: Final = 640


def find(still: Picture, finder: FaceFinder) -> CardSeen | None:
    """Return what lies on the tray, or None when nothing does."""
    grey = cv2.GaussianBlur(cv2.cvtColor(still, cv2.COLOR_BGR2GRAY), (7, 7), 0)
    _, light = cv2.threshold(grey, _TRAY, 255, cv2.THRESH_BINARY)
    outlines, _ = cv2.findContours(light, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    boxes = [cv2.boundingRect(outline) for outline in outlines]
    x, y, width, height = max(boxes, key=lambda box: box[2] * box[3], default=(0, 0, 0, 0))
    if width * height < _SMALLEST * grey.size or width < height:
        return None
    card = still[y : y + height, x : x + width]
    faces = finder.boxes(card, width=_WIDTH)
    if not faces:
        return CardSeen(None)
    return CardSeen(max(faces, key=lambda face: face.width).x / width)
