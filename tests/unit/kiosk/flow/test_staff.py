"""Wrong PINs lock staff out ever longer; tests have to pass before a terminal is ready."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.flow.staff import (
    FIRST_LOCK_S,
    LONGEST_LOCK_S,
    PIN_DIGITS,
    TARGETS,
    TRIES,
    WAYS,
    hit,
    is_ready,
    lock_s,
    press,
)
from wire.staff import DeviceTest


@pytest.mark.parametrize("wrong", range(TRIES))
def test_the_first_wrong_pins_lock_nobody_out(wrong: int) -> None:
    assert lock_s(wrong) == 0.0


def test_a_lock_doubles_up_to_an_hour() -> None:
    locks = [lock_s(wrong) for wrong in range(TRIES, TRIES + 8)]
    assert locks[:3] == [FIRST_LOCK_S, 2 * FIRST_LOCK_S, 4 * FIRST_LOCK_S]
    assert locks == sorted(locks)
    assert locks[-1] == LONGEST_LOCK_S


@pytest.mark.parametrize("days", [1, 30])
def test_guessing_gets_fewer_than_thirty_pins_a_day(days: int) -> None:
    seconds, tries = 0.0, 0
    while seconds < days * 86_400:
        tries += 1
        seconds += lock_s(tries)
    assert tries < 30 * days


@given(st.lists(st.sampled_from([*"0123456789", "delete", "A", "", "12"])))
def test_a_pin_is_never_longer_than_it_may_be_and_all_digits(keys: list[str]) -> None:
    typed = ""
    for key in keys:
        typed = press(typed, key)
        assert len(typed) <= PIN_DIGITS
        assert typed == "" or typed.isdigit()


def test_a_digit_can_be_taken_back() -> None:
    assert press(press("12", "3"), "delete") == "12"


@pytest.mark.parametrize("argument", ["", "0", "10", "x", "-1", "\u0661"])
def test_what_is_no_target_is_not_hit(argument: str) -> None:
    assert hit(frozenset({1}), argument) == {1}


def test_every_target_is_hit_once() -> None:
    touched: frozenset[int] = frozenset()
    for number in (*range(1, TARGETS + 1), 5):
        touched = hit(touched, str(number))
    assert touched == set(range(1, TARGETS + 1))


def test_every_test_has_a_way() -> None:
    assert set(WAYS) == set(DeviceTest)


def test_a_terminal_is_ready_when_every_test_passed_and_nothing_is_out() -> None:
    passed = dict.fromkeys(DeviceTest, True)
    assert is_ready(passed, lacks=0)
    assert not is_ready(passed, lacks=1)
    for test in DeviceTest:
        assert not is_ready(passed | {test: False}, lacks=0)
        assert not is_ready({one: True for one in passed if one is not test}, lacks=0)
