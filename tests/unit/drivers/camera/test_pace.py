"""Too few frames are the camera's fault only if it was the camera that was slow."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.camera.camera import CameraSlow
from drivers.camera.pace import AWAY_NS, WINDOW_NS, Pace

SECOND = 1_000_000_000
PERIOD_NS = SECOND // 30
DEPTH = 4
"""Frames that a driver queues; the ones after are thrown away."""


def run(frames_per_s: float, away_ns: list[int]) -> Pace:
    """Read a camera of that rate, with these times between two reads."""
    pace, now = Pace(), 0
    period = int(SECOND / frames_per_s)
    next_ns, queued = period, 0
    for away in away_ns:
        now += away
        while next_ns <= now:
            queued, next_ns = min(DEPTH, queued + 1), next_ns + period
        asked = now
        if queued:
            queued, now = queued - 1, now + 100_000
        else:
            now, next_ns = next_ns, next_ns + period
        pace.check(asked, now)
    return pace


@given(away=st.lists(st.integers(0, AWAY_NS), min_size=200, max_size=200))
def test_a_camera_of_thirty_frames_is_never_slow_whatever_its_reader_does(away: list[int]) -> None:
    run(30, away)


@given(away=st.lists(st.sampled_from([0, 5_000_000, 700_000_000]), min_size=60, max_size=60))
def test_nor_if_the_reader_is_away_for_long(away: list[int]) -> None:
    run(30, away)


def test_five_frames_a_second_are_too_few_within_four_seconds() -> None:
    run(5, [0] * 14)
    with pytest.raises(CameraSlow):
        run(5, [0] * 20)


def test_eight_are_enough() -> None:
    run(8, [0] * 300)


def test_a_reader_that_pauses_after_a_failure_does_not_make_the_camera_quick() -> None:
    pace = Pace()
    assert faults(pace, frames=18, period_ns=SECOND // 5) == 3
    with pytest.raises(CameraSlow):
        pace.check(10 * SECOND, 10 * SECOND + 1)
    assert faults(pace, frames=10, period_ns=SECOND // 5, start_ns=10 * SECOND) == 10


def test_a_camera_that_recovered_counts_again_within_the_window() -> None:
    pace = Pace()
    faults(pace, frames=18, period_ns=SECOND // 5)
    at_30 = 2 * WINDOW_NS // PERIOD_NS
    assert faults(pace, frames=at_30, period_ns=PERIOD_NS, start_ns=4 * SECOND) < at_30 // 4


def faults(pace: Pace, *, frames: int, period_ns: int, start_ns: int = 0) -> int:
    """Wait for so many frames; return how many did not count."""
    count = 0
    for frame in range(frames):
        asked_ns = start_ns + frame * period_ns
        try:
            pace.check(asked_ns + 1_000_000, asked_ns + period_ns)
        except CameraSlow:
            count += 1
    return count
