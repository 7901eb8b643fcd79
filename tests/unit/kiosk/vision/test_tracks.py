"""Marks of a face are followed, and what cannot be followed is dropped."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from kiosk.face.liveness import LEAST_HEIGHT
from kiosk.face.trial import LEAST_LEAD
from kiosk.vision.evaluate.head import Head, Pose
from kiosk.vision.landmarks import eye_distance
from kiosk.vision.tracks import EYES_PX, Tracks, smaller, times
from tests.support.heads import holder_head

RNG = np.random.default_rng(7)


def grey(head: Head, yaw: float) -> "np.ndarray[tuple[int, int], np.dtype[np.uint8]]":
    picture, _ = head.seen(Pose(yaw=yaw))
    noisy = np.clip(picture + RNG.normal(0, 3, picture.shape), 0, 255).astype(np.uint8)
    by = times(head.points)
    _, points = head.seen(Pose(yaw=yaw))
    return smaller(noisy, by, points / by)


def begun(head: Head) -> Tracks:
    return Tracks(grey(head, 0), head.points / times(head.points))


def turned(head: Head, to_deg: int) -> Tracks:
    tracks = begun(head)
    for yaw in np.linspace(0, to_deg, 11)[1:]:
        tracks.follow(grey(head, float(yaw)))
    return tracks


@pytest.mark.parametrize("to_deg", [20, -20])
def test_a_face_that_no_model_learnt_rises_when_it_turns(to_deg: int) -> None:
    moved = turned(holder_head(), to_deg).moved.relief()
    assert moved is not None
    assert moved.height > LEAST_HEIGHT
    assert np.sign(to_deg) * moved.lead > LEAST_LEAD


def test_a_print_of_it_does_not() -> None:
    moved = turned(replace(holder_head(), flat=True), 28).moved.relief()
    assert moved is not None
    assert moved.height < LEAST_HEIGHT / 2
    assert abs(moved.lead) < LEAST_LEAD / 4


def test_marks_are_taken_all_over_the_face_and_on_the_nose() -> None:
    head = holder_head()
    moved = begun(head).moved
    assert len(moved.now) > 100
    assert moved.nose.sum() > 8
    spread = moved.now.max(axis=0) - moved.now.min(axis=0)
    assert spread.min() > 1.2 * moved.eyes_px


def test_what_cannot_be_followed_is_dropped_until_nothing_is_measured() -> None:
    head = holder_head()
    tracks = begun(head)
    for _ in range(3):
        tracks.follow(RNG.integers(0, 255, tracks._last.shape).astype(np.uint8))
    assert len(tracks.moved.now) < 30
    assert tracks.moved.relief() is None
    blank = np.full_like(tracks._last, 128)
    assert Tracks(blank, head.points / times(head.points)).moved.relief() is None


def test_no_picture_is_left_after_the_wipe() -> None:
    head = holder_head()
    tracks = begun(head)
    first = tracks._last
    tracks.follow(grey(head, 2))
    assert not first.any()
    tracks.wipe()
    assert not tracks._last.any()


@pytest.mark.parametrize("far", [0.4, 1.0, 2.0])
def test_a_face_is_followed_about_equally_large_from_near_and_far(far: float) -> None:
    points = holder_head().points * far
    by = times(points)
    seen = eye_distance(points) / by
    assert by == 1 or EYES_PX / 1.5 <= seen <= EYES_PX * 1.5
    picture = RNG.integers(0, 255, (90, 150, 3)).astype(np.uint8)
    copy = smaller(picture, by, points / by)
    assert copy.shape == (90 // by, 150 // by)
    copy[:] = 0
    assert picture.any()


def test_around_the_face_a_small_copy_is_that_of_the_frame_and_far_off_it_is_black() -> None:
    picture = RNG.integers(1, 255, (721, 1281, 3)).astype(np.uint8)
    face = np.array([(200.0, 100.0), (260.0, 170.0)])
    copy = smaller(picture, 2, face)
    whole = cv2.resize(picture[:720, :1280], (640, 360), interpolation=cv2.INTER_AREA)
    expected = cv2.cvtColor(whole, cv2.COLOR_BGR2GRAY)
    near = np.s_[100 - 60 : 170 + 60, 200 - 60 : 260 + 60]
    assert (copy[near] == expected[near]).all()
    assert not copy[:, 400:].any()


@pytest.mark.parametrize("where", [(-300.0, 40.0), (40.0, 900.0), (2000.0, -2000.0)])
def test_a_face_that_left_the_frame_leaves_a_black_copy(where: tuple[float, float]) -> None:
    picture = np.full((90, 150, 3), 200, np.uint8)
    assert not smaller(picture, 1, np.array([where, where])).any()
