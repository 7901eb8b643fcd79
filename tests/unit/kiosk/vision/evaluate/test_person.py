"""Somebody drawn to turn: what is written is where the pixels of a turned head come from."""

import numpy as np
import pytest

from drivers.camera.person import STEP_PX, UNIT_PX, VIEW
from drivers.camera.pictures import NoPicture, holder
from kiosk.vision.evaluate.person import EYES_APART_PX, Person, grid, person

pytestmark = pytest.mark.slow
FACE = (slice(230 // STEP_PX, 500 // STEP_PX), slice(560 // STEP_PX, 720 // STEP_PX))
NOSE, EAR = (640.0, 370.0), (530.0, 370.0)


@pytest.fixture(scope="module")
def who() -> Person:
    return person(holder())


@pytest.mark.parametrize(("yaw", "nearer"), [(0.0, 1.0), (-20.0, 1.0), (12.0, 1.0), (0.0, 1.5)])
def test_each_pixel_of_the_face_comes_from_where_it_went(
    who: Person, yaw: float, nearer: float
) -> None:
    wanted = grid(VIEW)
    source = wanted + who.came_from(yaw, nearer).reshape(-1, 2) * UNIT_PX
    error = np.linalg.norm(who.went(source, yaw, nearer) - wanted, axis=1)
    on_face = error.reshape(VIEW[1] // STEP_PX, -1)[FACE]
    assert np.median(on_face) < 0.1
    assert np.quantile(on_face, 0.95) < 0.5


def test_the_nose_goes_farther_than_the_ear_and_the_shoulders_stay(who: Person) -> None:
    before = np.array((NOSE, EAR, (640.0, 715.0), (100.0, 370.0)))
    nose, ear, shoulders, room = np.abs(who.went(before, 20.0, 1.0) - before)[:, 0]
    assert nose > 0.35 * EYES_APART_PX
    assert ear < 0.6 * nose
    assert shoulders < 0.02 * EYES_APART_PX
    assert room == 0


def test_who_comes_closer_shows_a_larger_nose_not_only_a_larger_picture(who: Person) -> None:
    left, right = np.array(((610.0, 370.0), (670.0, 370.0)))
    temples = np.array(((530.0, 300.0), (750.0, 300.0)))
    grown = [
        float(np.ptp(who.went(np.array(pair), 0.0, 1.6)[:, 0]) / np.ptp(np.array(pair)[:, 0]))
        for pair in ((left, right), temples)
    ]
    assert grown[0] > 1.02 * grown[1]
    assert 1.5 < grown[1] < 1.7


def test_nobody_is_no_person() -> None:
    with pytest.raises(NoPicture):
        person(np.full((400, 400, 3), 120, np.uint8))
