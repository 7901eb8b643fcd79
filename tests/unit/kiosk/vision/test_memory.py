"""A terminal runs for weeks: what is done with a frame leaves no memory behind."""

import secrets
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from drivers.camera.camera import Picture
from kiosk.vision.attempt import Attempt
from kiosk.vision.faces import FaceFinder
from kiosk.vision.landmarks import TrainedLandmarks
from tests.support.faces import folder_of_pictures

FRAMES_PER_S = 30
WARM_FRAMES = 300
MOST_GROWTH_BYTES = 24 << 20
"""Nine frames: what an allocator may keep."""


def resident_bytes() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


def same_face(_: Picture) -> NDArray[np.float64]:
    return np.zeros(128)


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("frames", [300, pytest.param(10_000, marks=pytest.mark.night)])
def test_memory_stays_flat_over_frames_and_attempts(frames: int) -> None:
    finder, find = FaceFinder(), TrainedLandmarks()
    read = cv2.imread(str(folder_of_pictures() / "holder_view.jpg"))
    assert read is not None
    holder = read.astype(np.uint8)

    at_s = 0.0

    def begun(*, gentle: bool) -> Attempt:
        return Attempt(
            finder=finder,
            find=find,
            embed=same_face,
            below=secrets.randbelow,
            camera=lambda: "",
            exposes=lambda: True,
            gentle=gentle,
            clock=lambda: at_s,
        )

    attempt, attempts, before = begun(gentle=True), 1, 0
    for count in range(WARM_FRAMES + frames):
        if count == WARM_FRAMES:
            before = resident_bytes()
        at_s, picture = count / FRAMES_PER_S, holder.copy()
        points = attempt.frame(picture, at_s)
        if attempt.due(at_s):
            attempt.look(picture, points, at_s)
        if attempt.over:
            attempt.wipe()
            attempts += 1
            attempt = begun(gentle=attempts % 2 == 1)
    assert attempts >= frames / FRAMES_PER_S / 30
    assert resident_bytes() - before < MOST_GROWTH_BYTES
