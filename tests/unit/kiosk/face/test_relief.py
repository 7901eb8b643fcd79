"""A head's nose stands out; no sheet of paper does, however it is held or bent."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from kiosk.face.relief import LEAST_POINTS, relief

EYES_PX = 60.0
ACROSS, DOWN = np.meshgrid(np.linspace(-0.8, 0.8, 9), np.linspace(-0.6, 1.6, 9))
PLACES = np.column_stack((ACROSS.ravel(), DOWN.ravel()))
NOSE = (np.abs(PLACES[:, 0]) <= 0.25) & (PLACES[:, 1] > 0) & (PLACES[:, 1] < 0.8)
HEAD = np.where(NOSE, 0.4, 0.0) - 0.35 * PLACES[:, 0] ** 2
"""Depth in distances between the eyes."""


def seen(depth: NDArray[np.float64], yaw_deg: float, *, away: float = 10.0) -> NDArray[np.float64]:
    """Return points turned about the upright axis, in pixels."""
    turn = np.radians(yaw_deg)
    x = PLACES[:, 0] * np.cos(turn) + depth * np.sin(turn)
    z = depth * np.cos(turn) - PLACES[:, 0] * np.sin(turn)
    nearer = away / (away - z)
    return np.array(np.column_stack((x * nearer, PLACES[:, 1] * nearer)) * EYES_PX + 100)


@pytest.mark.parametrize("yaw", [15, -15, 20, -20])
def test_a_head_rises_and_its_nose_goes_ahead_to_the_side_it_turns_to(yaw: int) -> None:
    moved = relief(seen(HEAD, 0), seen(HEAD, yaw), nose=NOSE, eyes_px=EYES_PX)
    assert moved.height > 0.03
    assert np.sign(moved.lead) == np.sign(yaw)
    assert abs(moved.lead) > 0.04
    assert moved.narrowed > 0.88


@given(st.floats(-30, 30), st.floats(-0.35, 0.35), st.booleans())
def test_no_sheet_rises_flat_or_bent(yaw: float, bend: float, across: bool) -> None:  # noqa: FBT001
    along = PLACES[:, 0] if across else PLACES[:, 1]
    sheet = bend * along**2
    moved = relief(seen(sheet, 0), seen(sheet, yaw), nose=NOSE, eyes_px=EYES_PX)
    assert moved.height < 0.025


@pytest.mark.parametrize(("yaw", "narrowed"), [(0, 1.0), (20, 0.94), (30, 0.866), (60, 0.5)])
def test_a_flat_sheet_narrows_by_the_cosine_of_its_turn(yaw: int, narrowed: float) -> None:
    flat = np.zeros(len(PLACES))
    moved = relief(seen(flat, 0, away=1e6), seen(flat, yaw, away=1e6), nose=NOSE, eyes_px=EYES_PX)
    assert moved.narrowed == pytest.approx(narrowed, abs=0.005)
    assert moved.height < 1e-5
    assert abs(moved.lead) < 1e-5


def test_what_only_moves_grows_and_rolls_is_flat() -> None:
    roll = np.radians(9)
    spin = np.array([[np.cos(roll), -np.sin(roll)], [np.sin(roll), np.cos(roll)]])
    before = seen(HEAD, 0)
    moved = relief(before, 1.3 * before @ spin + 40, nose=NOSE, eyes_px=EYES_PX)
    assert moved.height < 1e-9
    assert moved.narrowed == pytest.approx(1)


def test_points_that_fall_together_have_narrowed_to_nothing() -> None:
    before = seen(HEAD, 0)
    line = before * (1, 0) + (0, 50)
    assert relief(before, line, nose=NOSE, eyes_px=EYES_PX).narrowed < 1e-6


@pytest.mark.parametrize(
    ("before", "after", "nose", "eyes_px"),
    [
        (PLACES, PLACES[:-1], NOSE, 60.0),
        (PLACES, PLACES, NOSE[:-1], 60.0),
        (PLACES, PLACES, NOSE, 0.0),
        (PLACES[: LEAST_POINTS - 1], PLACES[: LEAST_POINTS - 1], NOSE[: LEAST_POINTS - 1], 60.0),
        (PLACES, PLACES, NOSE & False, 60.0),
        (PLACES * 0, PLACES, NOSE, 60.0),
    ],
)
def test_what_cannot_be_measured_is_refused(
    before: NDArray[np.float64],
    after: NDArray[np.float64],
    nose: NDArray[np.bool_],
    eyes_px: float,
) -> None:
    with pytest.raises(ValueError, match=r"points|distance"):
        relief(before, after, nose=nose, eyes_px=eyes_px)
