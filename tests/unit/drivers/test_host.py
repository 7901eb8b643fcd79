"""Child processes: they talk, they die, they are killed when they hang."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from queue import SimpleQueue

import pytest

from drivers.host import Child

pytestmark = pytest.mark.timeout(30)


@contextmanager
def child(behaviour: str) -> Iterator[tuple[Child, "SimpleQueue[bytes | int]"]]:
    """Run tests/support/child.py with a behaviour."""
    said: SimpleQueue[bytes | int] = SimpleQueue()
    made = Child("tests.support.child", [behaviour], on_message=said.put, on_end=said.put)
    try:
        yield made, said
    finally:
        made.close()


def test_a_child_answers() -> None:
    with child("echo") as (echo, said):
        echo.send(b"hello")
        assert said.get(timeout=10) == b"hello"


def test_an_end_is_reported_with_its_status() -> None:
    with child("leave") as (_, said):
        assert said.get(timeout=10) == 7


def test_a_child_that_hangs_is_killed_when_something_is_expected() -> None:
    with child("hang") as (hanging, said):
        hanging.expect(0.2)
        assert said.get(timeout=10) == -signal.SIGKILL


def test_a_child_that_is_silent_lives_as_long_as_nothing_is_expected() -> None:
    with child("echo") as (echo, said):
        echo.expect(5)
        echo.expect(None)
        echo.send(b"still there")
        assert said.get(timeout=10) == b"still there"


def test_sending_to_a_child_that_is_gone_is_no_error() -> None:
    with child("leave") as (gone, said):
        assert said.get(timeout=10) == 7
        gone.send(b"nobody hears this")
