"""Rates of a matrix whose answers are known by hand."""

import math

import numpy as np
import pytest

from kiosk.vision.evaluate import rates
from kiosk.vision.evaluate.bootstrap import interval, person_weights
from kiosk.vision.evaluate.pairs import distances, ratios

RNG = np.random.default_rng(4)
# Three people: genuine 0.2, 0.3, 0.6; strangers from 0.5 to 1.0.
SCORES = np.array([[0.2, 0.9, 0.5], [0.8, 0.3, 0.7], [1.0, 0.75, 0.6]])


def test_rates_at_a_limit_are_counted() -> None:
    at = rates.at(SCORES, 0.5)
    assert at.false_accepts == pytest.approx(1 / 6)
    assert at.false_rejects == pytest.approx(1 / 3)


def test_a_score_on_the_limit_is_accepted() -> None:
    assert rates.at(SCORES, 0.2).false_rejects == pytest.approx(2 / 3)


@pytest.mark.parametrize(("far", "accepted"), [(0.0, 0), (0.1, 0), (1 / 6, 1), (0.4, 2), (0.99, 5)])
def test_the_limit_for_a_rate_lets_no_more_strangers_in(far: float, accepted: int) -> None:
    limit = rates.limit_for(SCORES, far)
    assert rates.at(SCORES, limit).false_accepts == pytest.approx(accepted / 6)


def test_a_rate_that_allows_everybody_has_no_limit() -> None:
    assert rates.limit_for(SCORES, 1.0) == math.inf


def test_a_person_drawn_never_has_no_pairs() -> None:
    weights = np.array([2.0, 1.0, 0.0])
    assert rates.limit_for(SCORES, 0.0, weights) == pytest.approx(0.8)
    assert rates.false_rejects(SCORES, 0.25, weights) == pytest.approx(1 / 3)


def test_pictures_without_a_face_cost_genuine_pairs_alone() -> None:
    lost = SCORES.copy()
    lost[:, 0] = math.inf
    at = rates.at(lost, 0.5)
    assert at.false_rejects == pytest.approx(2 / 3)
    assert at.false_accepts == pytest.approx(1 / 6)


def test_det_goes_one_way() -> None:
    points = rates.det(SCORES, [0.2, 0.4, 0.6, 0.8])
    assert [one["far"] for one in points] == sorted(one["far"] for one in points)
    assert [one["frr"] for one in points] == sorted((one["frr"] for one in points), reverse=True)


def test_a_figure_comes_with_its_interval_and_its_sizes() -> None:
    told = rates.at_far(SCORES, 0.2, RNG)
    assert told["frr_95"][0] <= told["frr"] <= told["frr_95"][1]
    assert (told["genuine_pairs"], told["impostor_pairs"]) == (3, 6)


def test_people_are_drawn_with_repetition() -> None:
    weights = person_weights(20, RNG, draws=50)
    assert weights.shape == (50, 20)
    assert (weights.sum(axis=1) == 20).all()
    assert weights.max() > 1


def test_the_interval_of_a_share_is_about_that_of_the_binomial() -> None:
    failing = np.zeros(100)
    failing[:20] = 1
    low, high = interval(lambda weights: float((weights * failing).sum() / 100), 100, RNG)
    assert low == pytest.approx(0.12, abs=0.03)
    assert high == pytest.approx(0.28, abs=0.03)


def test_who_is_in_the_cohort_is_left_out_of_their_own_pairs() -> None:
    people = np.eye(128)[:6]
    own = ratios(people[:2], people[:2] * 0.9, people, people[:2], near=4)
    # Without themselves the nearest four are strangers, all equally far.
    assert own[0, 0] == pytest.approx(0.1 / np.mean([math.sqrt(2), math.sqrt(1.81)]))
    without_leaving_out = ratios(people[:2], people[:2] * 0.9, people, -people[:2], near=4)
    assert without_leaving_out[0, 0] > own[0, 0]


def test_no_face_is_infinitely_far() -> None:
    some = np.eye(128)[:2]
    none = np.full((2, 128), np.nan)
    assert np.isinf(distances(some, none)).all()
    assert np.isinf(ratios(some, none, np.eye(128)[2:], some, near=4)).all()
