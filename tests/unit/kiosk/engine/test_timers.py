"""Deadlines on a clock of the test's own."""

from kiosk.engine.timers import Timers


class Clock:
    """A clock that stands until it is told."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_what_is_due_runs_once_in_order() -> None:
    clock, ran = Clock(), list[str]()
    timers = Timers(clock)
    timers.set("late", 2, lambda: ran.append("late"))
    timers.set("early", 1, lambda: ran.append("early"))
    clock.now = 2
    timers.run_due()
    timers.run_due()
    assert ran == ["early", "late"]


def test_nothing_runs_before_its_time() -> None:
    clock, ran = Clock(), list[str]()
    timers = Timers(clock)
    timers.set("x", 1, lambda: ran.append("x"))
    clock.now = 0.99
    timers.run_due()
    assert ran == []
    assert timers.wait_s(at_most=5) < 0.02


def test_setting_a_name_again_replaces_it() -> None:
    clock, ran = Clock(), list[str]()
    timers = Timers(clock)
    timers.set("x", 1, lambda: ran.append("first"))
    timers.set("x", 2, lambda: ran.append("second"))
    clock.now = 5
    timers.run_due()
    assert ran == ["second"]


def test_a_cancelled_deadline_does_not_run_even_when_cancelled_by_another() -> None:
    clock, ran = Clock(), list[str]()
    timers = Timers(clock)
    timers.set("a", 1, lambda: timers.cancel("b"))
    timers.set("b", 1, lambda: ran.append("b"))
    clock.now = 1
    timers.run_due()
    assert ran == []


def test_waiting_is_bounded() -> None:
    timers = Timers(Clock())
    assert timers.wait_s(at_most=3) == 3
