"""Narrow eyes are not closed eyes: everybody is held against their own."""

import pytest

from kiosk.face.own_eyes import OwnEyes


def after(openings: list[float]) -> float:
    eyes = OwnEyes()
    for opening in openings:
        eyes.see(opening)
    return eyes.usual


@pytest.mark.parametrize("open_", [0.18, 0.25, 0.40])
def test_open_eyes_are_open_whoever_has_them_and_closed_ones_are_not(open_: float) -> None:
    usual = after([open_] * 30 + [0.05] * 5)
    assert open_ / usual >= 0.75
    assert 0.08 / usual < 0.75


def test_nobody_begins_with_closed_eyes() -> None:
    assert 0.17 / after([]) >= 0.75
    assert 0.17 / after([0.4] * 3) >= 0.75


def test_blinks_do_not_lower_what_is_usual() -> None:
    assert after([0.3] * 30 + [0.02] * 5) == pytest.approx(0.3)


def test_eyes_that_stay_closed_do_not_become_usual() -> None:
    assert 0.03 / after([0.03] * 100) < 0.75


def test_what_was_long_ago_is_forgotten() -> None:
    assert after([0.5] * 100 + [0.2] * 100) == pytest.approx(0.2)
