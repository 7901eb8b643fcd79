"""One program at a time on a socket: bad, silent and hanging ones are outlived."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from queue import SimpleQueue

import pytest

from drivers import one_peer
from kiosk.engine.screen_link import ScreenLink
from wire.framing import encode, frame
from wire.screen import (
    SCREENS_LONGEST_ARGUMENT,
    Action,
    Forget,
    FromScreens,
    Hello,
    Touched,
)

pytestmark = pytest.mark.server


class Ends:
    """The engine's end, and what it heard."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "screens.sock"
        self.said: SimpleQueue[FromScreens] = SimpleQueue()
        self.came: SimpleQueue[None] = SimpleQueue()
        self.went: SimpleQueue[str] = SimpleQueue()
        self.memory = os.memfd_create("lent")
        self.link = ScreenLink(
            self.path,
            preview_fd=self.memory,
            on_message=self.said.put,
            on_up=lambda _: self.came.put(None),
            on_down=self.went.put,
        )

    def screens(self) -> socket.socket:
        """Come as a screen program, and take what is lent."""
        program = socket.socket(socket.AF_UNIX)
        program.connect(str(self.path))
        _, lent, _, _ = socket.recv_fds(program, 1, 1)
        os.close(lent[0])
        program.sendall(frame(encode(Hello("1"))))
        self.came.get(timeout=20)
        return program


@pytest.fixture
def ends(tmp_path: Path) -> Iterator[Ends]:
    made = Ends(tmp_path)
    yield made
    made.link.close()
    os.close(made.memory)


def test_an_argument_longer_than_any_of_ours_ends_the_program_and_the_next_is_served(
    ends: Ends,
) -> None:
    longest = Touched(1, Action.CONTINUE, "x" * SCREENS_LONGEST_ARGUMENT)
    with ends.screens() as program:
        program.sendall(frame(encode(longest)))
        assert ends.said.get(timeout=20) == longest
        program.sendall(frame(encode(Touched(2, Action.CONTINUE, longest.argument + "x"))))
        assert ends.went.get(timeout=20) == "link.bad_message"
    with ends.screens() as program:
        program.sendall(frame(encode(longest)))
        assert ends.said.get(timeout=20) == longest


def test_a_program_that_reads_nothing_is_hung_up_on(
    ends: Ends, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(one_peer, "SEND_S", 0.01)
    with ends.screens():
        while ends.link.is_up:
            ends.link.send(Forget())
        assert ends.went.get(timeout=20) == "screen.lost"
