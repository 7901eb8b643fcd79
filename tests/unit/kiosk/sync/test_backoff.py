"""Waiting spreads terminals out and never grows without end."""

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.sync.backoff import FIRST_S, LONGEST_S, LONGEST_WAIT_S, silence_s, wait_s

chances = st.floats(0, 1, exclude_max=True)


@given(st.integers(1, 10**6), chances, st.floats(-1e9, 1e30))
def test_no_wait_is_negative_or_longer_than_the_longest(
    attempts: int, chance: float, asked_s: float
) -> None:
    assert 0 <= wait_s(attempts, chance=chance, asked_s=asked_s) <= LONGEST_WAIT_S


@given(st.integers(1, 10**6), chances, st.floats(0, LONGEST_S))
def test_what_the_register_asks_for_is_kept(attempts: int, chance: float, asked_s: float) -> None:
    assert wait_s(attempts, chance=chance, asked_s=asked_s) >= asked_s


def test_the_ceiling_doubles_with_each_failure() -> None:
    ceilings = [wait_s(attempts, chance=1.0) for attempts in range(1, 13)]
    assert ceilings == [min(FIRST_S * 2**n, LONGEST_S) for n in range(12)]


def test_chance_reaches_down_to_no_wait() -> None:
    assert wait_s(9, chance=0.0) == 0.0


@pytest.mark.parametrize("away_s", [60, 600, 3600])
def test_ten_thousand_terminals_come_back_within_minutes_and_never_at_once(away_s: int) -> None:
    chance = random.Random(7).random
    seconds: Counter[int] = Counter()
    for _ in range(10_000):
        # Each was to speak somewhere within its pause when the server went away.
        at, failed = 30 * chance(), 0
        while at < away_s:
            failed += 1
            at += silence_s(failed, asked_s=0.0, chance=chance)
        seconds[int(at)] += 1
    busiest = max(seconds.values())
    # 333 a second is what they make all day; the server is measured at far more.
    assert busiest <= 600
    assert max(seconds) - away_s <= 331


def test_what_the_server_asks_for_is_waited_for_on_top() -> None:
    assert silence_s(1, asked_s=60.0, chance=lambda: 0.0) >= 60 + 27
