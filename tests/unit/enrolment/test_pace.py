"""A terminal may empty a full outbox at once, and no terminal starves another."""

from hypothesis import given
from hypothesis import strategies as st

from enrolment.pace import Pace


def test_a_burst_goes_on_and_what_follows_waits() -> None:
    pace = Pace(per_s=2, burst=3)
    assert [pace.wait_s("T-001", 0.0) for _ in range(4)] == [0, 0, 0, 0.5]


def test_who_waited_as_told_goes_on() -> None:
    pace = Pace(per_s=2, burst=1)
    pace.wait_s("T-001", 0.0)
    assert pace.wait_s("T-001", 0.1) > 0
    assert pace.wait_s("T-001", 0.5) == 0


def test_one_terminals_haste_costs_another_nothing() -> None:
    pace = Pace(per_s=1, burst=1)
    pace.wait_s("T-001", 0.0)
    assert pace.wait_s("T-001", 0.0) > 0
    assert pace.wait_s("T-002", 0.0) == 0


@given(st.lists(st.floats(0, 5), max_size=60))
def test_over_any_time_no_more_go_on_than_burst_and_rate(gaps: list[float]) -> None:
    pace = Pace(per_s=2, burst=5)
    now = 0.0
    went = 0
    for gap in gaps:
        now += gap
        went += pace.wait_s("T-001", now) == 0
    assert went <= 5 + 2 * now + 1e-6
