"""What the indicators are fed with follows light, frames and motion."""

import cv2
import numpy as np
import pytest

from drivers.camera.camera import Picture
from kiosk.vision import signals
from kiosk.vision.evaluate import degrade
from kiosk.vision.faces import FaceFinder
from kiosk.vision.landmarks import Points, TrainedLandmarks
from tests.support.faces import folder_of_pictures


@pytest.fixture(scope="module")
def view() -> Picture:
    picture = cv2.imread(str(folder_of_pictures() / "holder_view.jpg"))
    assert picture is not None
    return picture.astype(np.uint8)


@pytest.fixture(scope="module")
def points(view: Picture) -> Points:
    [box] = FaceFinder().boxes(view)
    return TrainedLandmarks()(cv2.cvtColor(view, cv2.COLOR_BGR2GRAY).astype(np.uint8), box)


def test_skin_is_redder_than_blue_and_follows_the_light(view: Picture, points: Points) -> None:
    red, green, blue = signals.skin(view, points)
    assert red > green > blue
    half = signals.skin(degrade.exposed(view, 0.5), points)
    assert half == pytest.approx(0.5 * np.array((red, green, blue)), rel=0.05)


def test_one_channel_of_light_is_seen_in_one_channel(view: Picture, points: Points) -> None:
    redder = view.copy()
    redder[:, :, 2] = degrade.exposed(view, 1.1)[:, :, 2]
    change = signals.skin(redder, points) / signals.skin(view, points)
    assert change == pytest.approx((1.1, 1, 1), abs=0.02)


def test_light_leaves_out_what_is_clipped() -> None:
    picture = np.full((10, 10, 3), 128, np.uint8)
    picture[:5] = 255
    assert signals.light(picture) == pytest.approx((128 / 255) ** 2.2)
    assert signals.light(picture * 0) == 0.0


def test_a_fingerprint_tells_frames_apart_by_their_last_bits(view: Picture) -> None:
    other = view.copy()
    other[704, 1200, 1] ^= 1
    assert signals.fingerprint(view) == signals.fingerprint(view.copy())
    assert signals.fingerprint(view) != signals.fingerprint(other)
