"""Child processes: they talk, they die, they are killed when they hang."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from queue import SimpleQueue

import pytest

from drivers.host import Child, channel_of_parent

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


def test_a_message_longer_than_allowed_ends_the_child() -> None:
    with child("flood") as (_, said):
        assert said.get(timeout=10) == -signal.SIGKILL


def test_each_message_starts_the_time_anew() -> None:
    with child("echo") as (echo, said):
        # Starting Python takes longer than what is expected afterwards.
        echo.send(b"are you there")
        assert said.get(timeout=10) == b"are you there"
        echo.expect(2)
        for number in range(3):
            echo.send(bytes((number,)))
            assert said.get(timeout=10) == bytes((number,))
        assert said.get(timeout=10) == -signal.SIGKILL


def test_the_end_is_reported_once_and_after_the_last_word() -> None:
    with child("echo") as (echo, said):
        echo.send(b"last word")
        assert said.get(timeout=10) == b"last word"
        echo.close()
        assert said.get(timeout=10) == -signal.SIGKILL
    assert said.empty()


def test_a_child_has_the_environment_and_the_descriptors_it_is_given() -> None:
    said: SimpleQueue[bytes | int] = SimpleQueue()
    lent = os.memfd_create("lent")
    os.write(lent, b"what is lent")
    given = {**os.environ, "KIOSK_TEST": "given"}
    for arguments in (["environment"], ["descriptor", str(lent)]):
        made = Child(
            "tests.support.child",
            arguments,
            on_message=said.put,
            on_end=lambda _: None,
            pass_fds=(lent,),
            environment=given,
        )
        assert said.get(timeout=10) == (b"given" if len(arguments) == 1 else b"what is lent")
        made.close()
    os.close(lent)


def test_a_program_that_no_child_was_made_of_has_no_channel() -> None:
    with pytest.raises(ValueError, match="--channel-fd"):
        channel_of_parent(["--face", "x"])
