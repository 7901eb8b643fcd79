"""A distance supports, or is unclear; no distance accuses anybody."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.face.verdict import SUPPORTS_UP_TO, verdict
from wire.vision import Comparison


@pytest.mark.parametrize(
    ("distance", "said"),
    [
        (0.0, Comparison.SUPPORTS),
        (SUPPORTS_UP_TO, Comparison.SUPPORTS),
        (math.nextafter(SUPPORTS_UP_TO, 1), Comparison.UNCLEAR),
        (0.6, Comparison.UNCLEAR),
        (math.inf, Comparison.UNCLEAR),
        (math.nan, Comparison.UNCLEAR),
    ],
)
def test_the_limit_divides(distance: float, said: Comparison) -> None:
    assert verdict(distance) is said


@given(st.floats())
def test_no_distance_says_anything_else(distance: float) -> None:
    assert verdict(distance) in {Comparison.SUPPORTS, Comparison.UNCLEAR}
