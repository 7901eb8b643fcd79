"""A child that ended is replaced: at once by a spare, else after a while."""

import os
import signal
from collections.abc import Callable, Iterator
from queue import Empty, SimpleQueue

import pytest

from kiosk.engine.supervised import FIRST_DELAY_S, SPARE_AFTER_S, Supervised, delay_after
from kiosk.engine.timers import Timers

pytestmark = [pytest.mark.slow, pytest.mark.timeout(60)]


class Parrots:
    """A supervised parrot on a clock of our own."""

    def __init__(self, *, wake: bytes) -> None:
        self.now = 0.0
        self.timers = Timers(lambda: self.now)
        self.posted: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self.heard: list[bytes] = []
        self.ended: list[int] = []
        self.kept = Supervised(
            "parrot",
            "tests.support.parrot",
            [],
            timers=self.timers,
            clock=lambda: self.now,
            post=self.posted.put,
            on_message=self.heard.append,
            on_end=self.ended.append,
            wake=wake,
        )

    def until(self, holds: Callable[[], bool]) -> None:
        """Do what is posted until that holds."""
        while not holds():
            try:
                self.posted.get(timeout=20)()
            except Empty:
                raise AssertionError("nothing happens") from None

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self.now += seconds
        self.timers.run_due()


@pytest.fixture
def parrots() -> Iterator[Parrots]:
    made = Parrots(wake=b"good morning")
    yield made
    made.kept.close()


def speaker(said: bytes) -> int:
    return int(said.rpartition(b" ")[2])


def test_a_spare_takes_the_place_at_once_and_is_woken(parrots: Parrots) -> None:
    parrots.until(lambda: len(parrots.heard) == 1)
    parrots.wait(SPARE_AFTER_S)
    first = parrots.kept.pid
    os.kill(first, signal.SIGSEGV)
    parrots.until(lambda: len(parrots.heard) == 2)
    assert parrots.ended == [-signal.SIGSEGV]
    assert [speaker(said) for said in parrots.heard] == [first, parrots.kept.pid]
    assert first != parrots.kept.pid


def test_without_a_spare_yet_the_next_one_comes_after_a_while(parrots: Parrots) -> None:
    first = parrots.kept.pid
    parrots.kept.kill()
    parrots.until(lambda: bool(parrots.ended))
    assert parrots.kept.pid == first
    parrots.wait(FIRST_DELAY_S)
    parrots.until(lambda: any(speaker(said) != first for said in parrots.heard))


def test_a_spare_that_dies_asleep_ends_nothing(parrots: Parrots) -> None:
    parrots.until(lambda: len(parrots.heard) == 1)
    parrots.wait(SPARE_AFTER_S)
    spare = parrots.kept._spare
    assert spare is not None
    spare.kill()
    parrots.until(lambda: parrots.kept._spare is None)
    assert parrots.ended == []
    parrots.kept.send(b"still there?")
    parrots.until(lambda: len(parrots.heard) == 2)


def test_a_child_without_a_word_to_wake_it_has_no_spare() -> None:
    alone = Parrots(wake=b"")
    alone.wait(SPARE_AFTER_S * 10)
    assert alone.kept._spare is None
    alone.kept.close()


def test_a_crash_loop_waits_ever_longer() -> None:
    assert [delay_after(ends) for ends in (1, 2, 3, 100)] == [0.2, 0.4, 0.8, 10.0]
