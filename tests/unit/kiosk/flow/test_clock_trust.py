"""A clock is trusted while it moves steadily and agrees with the register."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.flow.clock_trust import JUMP_S, OFF_S, OLDEST_S, ClockTrust, Reading, RegisterTime

NOW = 1_795_428_000.0
DAY = 86_400.0


def at(wall: float, steady: float, boot: str = "this") -> Reading:
    return Reading(wall, steady, boot)


def told(register: float, steady: float, boot: str = "this") -> RegisterTime:
    return RegisterTime(register, steady, boot)


@pytest.fixture
def trust() -> ClockTrust:
    return ClockTrust(at(NOW, 100))


def test_a_clock_that_moves_steadily_is_trusted_for_days_without_a_register(
    trust: ClockTrust,
) -> None:
    for day in range(14):
        assert trust.look(at(NOW + day * DAY, 100 + day * DAY), None)
        assert trust.jump_s == 0.0


def test_a_clock_that_was_never_set_is_not_trusted() -> None:
    assert not ClockTrust(at(0, 5)).look(at(1, 6), None)
    assert not ClockTrust(at(OLDEST_S - 2, 5)).look(at(OLDEST_S - 1, 6), told(OLDEST_S - 1, 6))


@pytest.mark.parametrize("jump", [-DAY, -JUMP_S - 1, JUMP_S + 1, DAY])
def test_a_jump_is_told_once_and_ends_trust_until_the_register_confirms(
    trust: ClockTrust, jump: float
) -> None:
    before = told(NOW, 100)
    assert not trust.look(at(NOW + 10 + jump, 110), before)
    assert trust.jump_s == pytest.approx(jump)
    assert not trust.look(at(NOW + 20 + jump, 120), before)
    assert trust.jump_s == 0.0
    confirmed = abs(jump) <= OFF_S
    assert trust.look(at(NOW + 30 + jump, 130), told(NOW + 25, 125)) is confirmed
    assert trust.look(at(NOW + 40 + jump, 140), told(NOW + jump + 38, 138))


def test_a_jump_without_a_register_is_not_forgotten(trust: ClockTrust) -> None:
    assert not trust.look(at(NOW + DAY, 110), None)
    assert not trust.look(at(NOW + DAY + 60, 170), None)


@given(st.floats(-JUMP_S + 0.1, JUMP_S - 0.1))
def test_what_a_clock_is_slewed_by_is_no_jump(slew: float) -> None:
    trust = ClockTrust(at(NOW, 100))
    assert trust.look(at(NOW + 60 + slew, 160), told(NOW, 100))


@pytest.mark.parametrize(("off", "expected"), [(OFF_S - 1, True), (OFF_S + 1, False)])
@pytest.mark.parametrize("sign", [-1, 1])
def test_a_clock_far_from_the_registers_is_not_trusted(
    off: float, sign: int, *, expected: bool
) -> None:
    trust = ClockTrust(at(NOW + sign * off, 100))
    assert trust.look(at(NOW + sign * off + 1, 101), told(NOW, 100)) is expected


def test_after_a_restart_time_may_not_have_gone_back() -> None:
    register = told(NOW, 9_000, boot="before")
    assert ClockTrust(at(NOW + DAY, 5)).look(at(NOW + DAY, 5), register)
    back = at(NOW - OFF_S - 1, 5)
    assert not ClockTrust(back).look(back, register)


def test_a_jump_after_a_restart_needs_the_register_of_this_run() -> None:
    trust = ClockTrust(at(NOW, 5))
    assert not trust.look(at(NOW + DAY, 6), told(NOW - 50, 9_000, boot="before"))
    assert not trust.look(at(NOW + DAY + 1, 7), told(NOW - 50, 9_000, boot="before"))
    assert trust.look(at(NOW + DAY + 2, 8), told(NOW + DAY, 7))


def test_a_quartz_may_drift_while_the_register_is_out_of_reach() -> None:
    trust = ClockTrust(at(NOW, 100))
    days, drift = 14 * DAY, 14 * DAY * 80e-6
    for step in range(1, 281):
        share = step / 280
        reading = at(NOW + share * (days + OFF_S + drift), 100 + share * days)
        assert trust.look(reading, told(NOW, 100))
