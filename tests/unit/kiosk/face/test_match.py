"""A band is given by two numbers, evidence is held within what data support, nobody is rejected."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from kiosk.face.match import Band, band, compare, log10_likelihood_ratio, ratio
from kiosk.face.match_policy import Likelihood, Limits, MatchPolicy, Measured

MEASURED = Measured(
    false_match_rate=0.0,
    false_match_upper_95=0.001,
    false_non_match_rate=0.02,
    impostor_pairs=2550,
    genuine_pairs=51,
    persons=51,
    data="made up",
)
POLICY = MatchPolicy(
    encoder_sha256="0" * 64,
    cohort_sha256="1" * 64,
    neighbours=2,
    match=Limits(0.40, 0.65, MEASURED),
    likely=Limits(0.50, 0.75, MEASURED),
    likelihood=Likelihood(29.8, 48.8, -2.0, 3.0, "made up"),
)
COHORT = np.zeros((4, 128))
COHORT[:, 1] = (0.6, 0.8, 5.0, 9.0)
HERE = np.zeros(128)


def there(distance: float) -> NDArray[np.float64]:
    """A descriptor so far from `HERE`, square to the cohort."""
    return np.array(np.eye(128)[2] * distance)


@pytest.mark.parametrize(
    ("distance", "normalised", "expected"),
    [
        (0.40, 0.65, Band.MATCH),
        (0.41, 0.65, Band.LIKELY),
        (0.40, 0.66, Band.LIKELY),
        (0.50, 0.75, Band.LIKELY),
        (0.51, 0.10, Band.REFER),
        (0.10, 0.76, Band.REFER),
        (math.nan, 0.1, Band.REFER),
        (0.1, math.nan, Band.REFER),
        (math.inf, math.inf, Band.REFER),
    ],
)
def test_both_numbers_must_hold(distance: float, normalised: float, expected: Band) -> None:
    assert band(distance, normalised, POLICY) is expected


@given(st.floats(), st.floats())
def test_no_band_is_a_rejection(distance: float, normalised: float) -> None:
    assert band(distance, normalised, POLICY) in {Band.MATCH, Band.LIKELY, Band.REFER}
    assert {one.value for one in Band} == {"match", "likely", "refer"}


def test_the_ratio_is_the_distance_over_that_of_the_nearest_strangers() -> None:
    # From the origin the two nearest stand at 0.6 and 0.8, from the other face farther.
    far = [math.hypot(0.6, 0.35), math.hypot(0.8, 0.35)]
    expected = 0.35 / ((0.7 + sum(far) / 2) / 2)
    assert ratio(HERE, there(0.35), COHORT, near=2) == pytest.approx(expected)
    assert ratio(there(0.35), HERE, COHORT, near=2) == pytest.approx(expected)


def test_where_strangers_lie_close_faces_must_lie_closer() -> None:
    dense = COHORT / 4
    assert ratio(HERE, there(0.3), dense, near=2) > ratio(HERE, there(0.3), COHORT, near=2)


def test_a_cohort_too_small_is_refused_and_one_of_the_same_face_matches_nobody() -> None:
    with pytest.raises(ValueError, match="neighbours"):
        ratio(HERE, HERE, COHORT, near=5)
    assert ratio(HERE, HERE, COHORT * 0, near=2) == math.inf


def test_a_comparison_tells_all_its_numbers() -> None:
    match = compare(HERE, there(0.30), COHORT, POLICY)
    assert match.distance == pytest.approx(0.30)
    assert match.ratio == pytest.approx(ratio(HERE, there(0.30), COHORT, near=2))
    assert match.band is Band.MATCH
    assert match.log10_likelihood_ratio == 3.0


@pytest.mark.parametrize(
    ("distance", "expected"), [(0.0, 3.0), (0.55, 1.285), (0.60, 0.2258), (0.9, -2.0)]
)
def test_evidence_is_held_within_what_the_data_support(distance: float, expected: float) -> None:
    assert log10_likelihood_ratio(distance, POLICY) == pytest.approx(expected, abs=2e-3)


@given(st.floats(0, 2), st.floats(0, 2))
def test_a_greater_distance_is_never_more_evidence(one: float, other: float) -> None:
    near, far = sorted((one, other))
    assert log10_likelihood_ratio(near, POLICY) >= log10_likelihood_ratio(far, POLICY)


def test_the_clamps_are_the_policys() -> None:
    wide = replace(POLICY, likelihood=replace(POLICY.likelihood, log10_most=6.0))
    assert log10_likelihood_ratio(0.35, wide) > 3.0
