"""One look at the citizen: the largest face, its landmarks, its measures."""

from drivers.camera.camera import Picture
from kiosk.face.face_box import FaceBox
from kiosk.face.own_eyes import OwnEyes
from kiosk.face.quality import Measure
from kiosk.vision.landmarks import Landmarks, Points
from kiosk.vision.measures import eye_opening, measure


class Looker:
    """The looks at one citizen; one thread at a time."""

    def __init__(self, find: Landmarks) -> None:
        """Look with these landmarks; nothing is known of the citizen yet."""
        self._find = find
        self._own_eyes = OwnEyes()

    def points(self, picture: Picture, boxes: list[FaceBox]) -> Points | None:
        """Return the 56 points of the largest face; None without one."""
        if not boxes:
            return None
        return self._find(picture, max(boxes, key=lambda face: face.width))

    def see(
        self, picture: Picture, boxes: list[FaceBox], followed: Points | None
    ) -> dict[Measure, float] | None:
        """Return the measures of the largest face; None without one.

        Args:
            picture: a frame, blue-green-red.
            boxes: what the detector found in it.
            followed: the face's points where it was followed into this frame.
        """
        points = self.points(picture, boxes) if followed is None else followed
        if points is None or not boxes:
            return None
        widths = sorted((face.width for face in boxes), reverse=True)
        self._own_eyes.see(eye_opening(points))
        second = widths[1] / widths[0] if len(widths) > 1 else 0.0
        return measure(picture, points, second_face=second, own_eyes=self._own_eyes.usual)
