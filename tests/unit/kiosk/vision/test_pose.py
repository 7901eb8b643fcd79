"""Three angles from 56 points, exact on the shape itself."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.vision import landmarks
from kiosk.vision.evaluate.head import Pose as Turn
from kiosk.vision.landmarks import Points
from kiosk.vision.pose import BIAS, SHAPE, pose

WIDTH, HEIGHT = 1280, 720
FOCAL = 0.866 * WIDTH


def seen(turn: Turn, *, x: float = 0.0, y: float = 0.0) -> Points:
    """The shape in space, ten eye distances before the camera."""
    space = np.array(list(SHAPE.values())) @ turn.rotation.T
    away = 10.0 - space[:, 2:]
    points = np.zeros((landmarks.COUNT, 2))
    points[list(SHAPE)] = (space[:, :2] + (x, y)) * FOCAL / away + (WIDTH / 2, HEIGHT / 2)
    return points


@settings(max_examples=40)
@given(st.floats(-30, 30), st.floats(-20, 20), st.floats(-25, 25))
def test_each_angle_is_read_as_it_is(yaw: float, pitch: float, roll: float) -> None:
    found = pose(seen(Turn(yaw=yaw, pitch=pitch, roll=roll)), width=WIDTH, height=HEIGHT)
    assert found.yaw == pytest.approx(yaw - BIAS.yaw, abs=0.2)
    assert found.pitch == pytest.approx(pitch - BIAS.pitch, abs=0.2)
    assert found.roll == pytest.approx(roll - BIAS.roll, abs=0.2)


def test_a_turn_to_the_right_of_the_picture_is_positive_and_so_is_looking_down() -> None:
    straight, turned = seen(Turn()), seen(Turn(yaw=20))
    tip = landmarks.NOSE_TIP
    assert turned[tip, 0] > straight[tip, 0]
    assert seen(Turn(pitch=10))[tip, 1] > straight[tip, 1]


@pytest.mark.parametrize(("x", "y"), [(-2.5, 0), (2.5, 1.0), (0, -1.0)])
def test_where_a_face_stands_does_not_turn_it(x: float, y: float) -> None:
    found = pose(seen(Turn(), x=x, y=y), width=WIDTH, height=HEIGHT)
    assert abs(found.yaw + BIAS.yaw) < 0.5
    assert abs(found.pitch + BIAS.pitch) < 0.5


def test_the_shape_is_that_of_the_rigid_points() -> None:
    assert set(SHAPE) == set(landmarks.RIGID)
