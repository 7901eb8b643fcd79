"""Tails agree with sums done by hand, and with each other."""

from math import comb, exp, factorial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fleet.anomaly.chance import at_least, at_least_of, at_most, at_most_of


@given(st.integers(0, 30), st.integers(0, 30), st.floats(0.01, 0.99))
def test_a_binomial_tail_is_the_sum_of_its_terms(hits: int, tries: int, share: float) -> None:
    terms = [comb(tries, k) * share**k * (1 - share) ** (tries - k) for k in range(tries + 1)]
    assert at_least_of(hits, tries, share) == pytest.approx(sum(terms[hits:]), abs=1e-9)
    if hits <= tries:
        assert at_most_of(hits, tries, share) == pytest.approx(sum(terms[: hits + 1]), abs=1e-9)


@given(st.integers(0, 40), st.floats(0.01, 40))
def test_a_poisson_tail_is_the_sum_of_its_terms(count: int, expected: float) -> None:
    terms = [expected**k * exp(-expected) / factorial(k) for k in range(count + 1)]
    assert at_most(count, expected) == pytest.approx(sum(terms), abs=1e-9)
    assert at_least(count, expected) == pytest.approx(1 - sum(terms[:-1]), abs=1e-9)


@pytest.mark.parametrize(("hits", "tries", "share"), [(200, 1000, 0.03), (5, 1000, 1e-9)])
def test_what_is_all_but_impossible_is_small_and_not_nothing(
    hits: int, tries: int, share: float
) -> None:
    assert 0 < at_least_of(hits, tries, share) < 1e-30


def test_what_cannot_be_is_nothing_and_what_must_be_is_certain() -> None:
    assert at_least_of(1, 0, 0.5) == at_least_of(1, 9, 0.0) == at_least(1, 0.0) == 0
    assert at_least_of(0, 9, 0.0) == at_least_of(9, 9, 1.0) == at_least(0, 0.0) == 1
    assert at_most(-1, 1.0) == 0
    assert at_most(0, 0.0) == 1
