"""A light that changes is no fault; an exposure that does not hold is."""

from collections.abc import Iterable

import numpy as np
import pytest

from drivers.camera.camera import CameraUnsteady, CameraWrongSize, Capabilities, Picture
from drivers.camera.inspection import Inspection
from drivers.camera.simulated import Fault, Scene
from drivers.camera.steadiness import FRAMES, Steadiness


def grey(level: float) -> Picture:
    """A frame of one level."""
    return np.full((720, 1280, 3), level, np.uint8)


def take(pictures: Iterable[Picture]) -> None:
    """Look at these, one after the other."""
    steadiness = Steadiness()
    for picture in pictures:
        steadiness.check(picture)


def test_bands_that_roll_through_the_picture_are_a_fault() -> None:
    scene = Scene()
    scene.fault = Fault.ROLLING
    with pytest.raises(CameraUnsteady):
        take(scene.at(frame / 30) for frame in range(FRAMES))


def test_an_exposure_that_hunts_is_a_fault() -> None:
    with pytest.raises(CameraUnsteady):
        take(grey(100 + 20 * (frame % 2)) for frame in range(FRAMES))


def test_three_changes_of_the_light_a_second_are_none() -> None:
    take(grey(100 + 60 * (frame // 10 % 2)) for frame in range(10 * FRAMES))


def test_somebody_who_walks_through_the_picture_is_none() -> None:
    steadiness = Steadiness()
    for frame in range(4 * FRAMES):
        picture = grey(120)
        picture[200:, (frame * 20) % 1280 :][:, :300] = 20
        steadiness.check(picture)


def test_it_holds_again_as_soon_as_most_frames_do() -> None:
    steadiness = Steadiness()
    for frame in range(FRAMES):
        try:
            steadiness.check(grey(100 + 20 * (frame % 2)))
        except CameraUnsteady:
            break
    for _ in range(FRAMES):
        try:
            steadiness.check(grey(100))
        except CameraUnsteady:
            continue
        return
    pytest.fail("it never held again")


def test_another_size_is_a_fault_before_anything_else() -> None:
    with pytest.raises(CameraWrongSize):
        Inspection(Capabilities()).check(grey(0)[:480, :640], asked_ns=0, got_ns=1)
