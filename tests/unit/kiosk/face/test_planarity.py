"""A plane moves by a homography however it is held; a head that turns does not."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from kiosk.face.liveness import FLAT_BELOW
from kiosk.face.planarity import residual

FRONTAL = np.array(
    [
        *((-72, -1), (-28, 1), (28, 1), (72, -1), (0, 1), (0, 15), (0, 29), (0, 44), (0, 68)),
        *((-30, 52), (30, 52), (-41, 107), (41, 107), (0, 93), (0, 183), (-105, 10), (105, 10)),
    ],
    np.float64,
)
DEPTH = np.array([-13, 0, 0, -13, 14, 22, 33, 46, 30, 16, 16, 8, 8, 30, 10, -110, -110.0])


def turned(depth: NDArray[np.float64], degrees: float) -> NDArray[np.float64]:
    """The points seen from 10 eye distances away after a turn."""
    yaw = np.radians(degrees)
    x = FRONTAL[:, 0] * np.cos(yaw) + depth * np.sin(yaw)
    z = depth * np.cos(yaw) - FRONTAL[:, 0] * np.sin(yaw)
    seen = np.column_stack((x, FRONTAL[:, 1])) * (1000 / (1000 - z))[:, None] + (640, 360)
    return np.array(seen)


def test_a_head_that_turns_leaves_a_residual_and_a_print_leaves_none() -> None:
    assert residual(FRONTAL, turned(DEPTH, 16), eyes_px=100) > FLAT_BELOW
    assert residual(FRONTAL, turned(DEPTH * 0, 16), eyes_px=100) < 1e-6


def test_the_residual_grows_with_the_turn() -> None:
    found = [residual(FRONTAL, turned(DEPTH, angle), eyes_px=100) for angle in (4, 8, 16, 24)]
    assert found == sorted(found)


@given(st.lists(st.floats(-0.4, 0.4), min_size=8, max_size=8))
def test_no_way_of_holding_a_print_leaves_a_residual(numbers: list[float]) -> None:
    by = np.eye(3) + np.array([*numbers, 0]).reshape(3, 3) * (
        (1, 1, 90),
        (1, 1, 90),
        (8e-4, 8e-4, 1),
    )
    by[:2, :2] += np.eye(2) * 0.5
    mapped = np.column_stack((FRONTAL, np.ones(len(FRONTAL)))) @ by.T
    assert residual(FRONTAL, mapped[:, :2] / mapped[:, 2:], eyes_px=100) < 1e-5


def test_the_residual_is_a_share_of_the_eye_distance() -> None:
    after = turned(DEPTH, 16)
    once = residual(FRONTAL, after, eyes_px=100)
    assert residual(FRONTAL * 2, after * 2, eyes_px=200) == pytest.approx(once)


def test_too_few_points_say_nothing() -> None:
    with pytest.raises(ValueError, match="too few"):
        residual(FRONTAL[:7], FRONTAL[:7], eyes_px=100)


@pytest.mark.parametrize("eyes_px", [0.0, -1.0])
def test_a_distance_that_is_none_is_refused(eyes_px: float) -> None:
    with pytest.raises(ValueError, match="distance"):
        residual(FRONTAL, FRONTAL, eyes_px=eyes_px)


def test_other_points_are_refused() -> None:
    with pytest.raises(ValueError, match="same points"):
        residual(FRONTAL, FRONTAL[:-1], eyes_px=100)


def test_points_in_one_place_are_refused() -> None:
    same = np.full((9, 2), 7.0)
    with pytest.raises(ValueError, match="one place"):
        residual(same, same, eyes_px=100)
