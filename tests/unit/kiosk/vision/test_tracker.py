"""Landmarks follow; the detector corrects what went astray."""

import numpy as np
import pytest

from kiosk.face.face_box import FaceBox
from kiosk.vision import landmarks
from kiosk.vision.landmarks import Grey, Points
from kiosk.vision.tracker import LOST_AFTER_S, Tracker
from tests.support.heads import holder_head

FRAME = np.zeros((480, 480), np.uint8)
FACE = FaceBox(240, 250, 230)


def placed(box: FaceBox) -> Points:
    """Points whose box is `box`, from a real face's."""
    points = holder_head().points
    was = landmarks.box_of(points)
    return np.array((points - (was.x, was.y)) * (box.width / was.width) + (box.x, box.y))


class Drifting:
    """Landmarks that are `by` pixels further right, and `wider`, with each frame."""

    def __init__(self, by: float = 0.0, wider: float = 1.0) -> None:
        self.by, self.wider = by, wider
        self.closely: list[bool] = []

    def __call__(self, picture: Grey, box: FaceBox) -> Points:
        return self.follow(picture, box, closely=True)

    def follow(self, picture: Grey, box: FaceBox, *, closely: bool) -> Points:  # noqa: ARG002
        self.closely.append(closely)
        return placed(FaceBox(box.x + self.by, box.y, box.width * self.wider))


def width(points: Points | None) -> float:
    assert points is not None
    return landmarks.box_of(points).width


def test_no_face_is_followed_before_one_is_found() -> None:
    tracker = Tracker(Drifting())
    assert tracker.follow(FRAME) is None
    tracker.correct([], 0.0)
    assert tracker.follow(FRAME) is None
    tracker.correct([FaceBox(50, 50, 60), FACE], 0.1)
    assert width(tracker.follow(FRAME)) == pytest.approx(FACE.width, rel=0.01)


def test_how_closely_is_the_callers_to_say() -> None:
    drifting = Drifting()
    tracker = Tracker(drifting)
    tracker.correct([FACE], 0.0)
    tracker.follow(FRAME, closely=False)
    tracker.follow(FRAME)
    assert drifting.closely == [False, True]


def test_a_small_difference_to_the_detector_is_its_own() -> None:
    tracker = Tracker(Drifting())
    tracker.correct([FACE], 0.0)
    tracker.follow(FRAME)
    tracker.correct([FaceBox(FACE.x + 20, FACE.y, FACE.width * 1.15)], 0.1)
    assert width(tracker.follow(FRAME)) == pytest.approx(FACE.width, rel=0.01)


@pytest.mark.parametrize(
    "found", [FaceBox(FACE.x + 100, FACE.y, FACE.width), FaceBox(FACE.x, FACE.y, FACE.width / 2)]
)
def test_a_track_that_went_astray_is_put_back(found: FaceBox) -> None:
    tracker = Tracker(Drifting())
    tracker.correct([FACE], 0.0)
    tracker.follow(FRAME)
    tracker.correct([found], 0.1)
    assert width(tracker.follow(FRAME)) == pytest.approx(found.width, rel=0.01)


def test_a_face_that_hides_from_the_detector_for_a_moment_is_still_followed() -> None:
    tracker = Tracker(Drifting())
    tracker.correct([FACE], 0.0)
    tracker.correct([], LOST_AFTER_S)
    assert tracker.follow(FRAME) is not None
    tracker.correct([], LOST_AFTER_S + 0.1)
    assert tracker.follow(FRAME) is None


@pytest.mark.parametrize("landing", [Drifting(by=130), Drifting(wider=0.5)])
def test_what_leaves_the_picture_or_shrinks_to_nothing_is_lost(landing: Drifting) -> None:
    tracker = Tracker(landing)
    tracker.correct([FACE], 0.0)
    followed = [tracker.follow(FRAME) for _ in range(6)]
    assert followed[0] is not None
    assert followed[-1] is None
