"""One look at the citizen: the largest face, its landmarks, its measures."""

import cv2
import numpy as np

from drivers.camera.camera import Picture
from kiosk.face.own_eyes import OwnEyes
from kiosk.face.quality import Measure
from kiosk.vision.faces import FaceFinder
from kiosk.vision.landmarks import Landmarks
from kiosk.vision.measures import eye_opening, measure


class Looker:
    """The looks at one citizen; one thread at a time."""

    def __init__(self, finder: FaceFinder, landmarks: Landmarks) -> None:
        """Look with these; nothing is known of the citizen yet."""
        self._finder = finder
        self._landmarks = landmarks
        self._own_eyes = OwnEyes()

    def see(self, picture: Picture) -> dict[Measure, float] | None:
        """Return the measures of the largest face; None without one."""
        faces = sorted(self._finder.boxes(picture), key=lambda face: -face.width)
        if not faces:
            return None
        grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY).astype(np.uint8, copy=False)
        points = self._landmarks(grey, faces[0])
        self._own_eyes.see(eye_opening(points))
        second = faces[1].width / faces[0].width if len(faces) > 1 else 0.0
        return measure(picture, points, second_face=second, own_eyes=self._own_eyes.usual)
