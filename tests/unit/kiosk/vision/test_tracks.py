"""Marks of a face are followed, and what cannot be followed is dropped."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from kiosk.face.liveness import LEAST_HEIGHT
from kiosk.face.trial import LEAST_LEAD
from kiosk.vision.evaluate.head import Head, Pose
from kiosk.vision.tracks import Tracks
from tests.support.heads import holder_head

RNG = np.random.default_rng(7)


def grey(head: Head, yaw: float) -> "np.ndarray[tuple[int, int], np.dtype[np.uint8]]":
    picture, _ = head.seen(Pose(yaw=yaw))
    noisy = np.clip(picture + RNG.normal(0, 3, picture.shape), 0, 255).astype(np.uint8)
    return cv2.cvtColor(noisy, cv2.COLOR_BGR2GRAY).astype(np.uint8, copy=False)


def turned(head: Head, to_deg: int) -> Tracks:
    tracks = Tracks(grey(head, 0), head.points)
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
    moved = Tracks(grey(head, 0), head.points).moved
    assert len(moved.now) > 100
    assert moved.nose.sum() > 8
    spread = moved.now.max(axis=0) - moved.now.min(axis=0)
    assert spread.min() > 1.2 * moved.eyes_px


def test_what_cannot_be_followed_is_dropped_until_nothing_is_measured() -> None:
    head = holder_head()
    tracks = Tracks(grey(head, 0), head.points)
    for _ in range(3):
        tracks.follow(RNG.integers(0, 255, (480, 480)).astype(np.uint8))
    assert len(tracks.moved.now) < 30
    assert tracks.moved.relief() is None
    blank = np.full((480, 480), 128, np.uint8)
    assert Tracks(blank, head.points).moved.relief() is None


def test_no_picture_is_left_after_the_wipe() -> None:
    head = holder_head()
    tracks = Tracks(grey(head, 0), head.points)
    first = tracks._last
    tracks.follow(grey(head, 2))
    assert not first.any()
    tracks.wipe()
    assert not tracks._last.any()
