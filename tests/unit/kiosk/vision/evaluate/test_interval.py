"""The exact interval against published and closed values, and a library."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.vision.evaluate.interval import clopper_pearson


@pytest.mark.parametrize(
    ("errors", "trials", "low", "high"),
    [
        # As tables of the exact binomial interval give them.
        (0, 10, 0.0, 0.3085),
        (1, 10, 0.0025, 0.4450),
        (5, 10, 0.1871, 0.8129),
        (10, 10, 0.6915, 1.0),
        (10, 100, 0.0490, 0.1762),
    ],
)
def test_published_limits_are_met(errors: int, trials: int, low: float, high: float) -> None:
    assert clopper_pearson(errors, trials) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 1_000))
def test_no_error_at_all_has_a_closed_form(trials: int) -> None:
    low, high = clopper_pearson(0, trials)
    assert low == 0
    assert high == pytest.approx(1 - 0.025 ** (1 / trials), rel=1e-6)
    assert clopper_pearson(trials, trials) == pytest.approx((1 - high, 1.0), rel=1e-6)


def test_three_over_the_trials_is_the_rule_of_thumb_for_one_side() -> None:
    _, high = clopper_pearson(0, 3_000, confidence=0.90)
    assert high == pytest.approx(3 / 3_000, rel=0.01)


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_a_library_says_the_same(drawn: tuple[int, int]) -> None:
    stats = pytest.importorskip("scipy.stats")
    errors, trials = drawn
    told = stats.binomtest(errors, trials).proportion_ci(0.95, "exact")
    assert clopper_pearson(errors, trials) == pytest.approx((told.low, told.high), abs=1e-9)


@pytest.mark.parametrize(("errors", "trials"), [(0, 0), (-1, 5), (6, 5)])
def test_what_cannot_be_is_refused(errors: int, trials: int) -> None:
    with pytest.raises(ValueError, match="errors must be"):
        clopper_pearson(errors, trials)
