"""Simulators are driven over a socket; what they refuse is said."""

import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.admin import AdminRefused, AdminServer, Verb, ask


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    def break_() -> None:
        raise ValueError("out of paper to break")

    verbs: dict[str, Verb] = {"double": lambda number: number * 2, "break": break_}
    server = AdminServer(tmp_path / "admin.sock", verbs)
    yield tmp_path / "admin.sock"
    server.close()


def test_a_verb_is_done_and_answered(path: Path) -> None:
    assert ask(path, "double", number=21) == 42


def test_an_unknown_verb_and_wrong_arguments_are_refused(path: Path) -> None:
    for arguments in ({"verb": "treble"}, {"verb": "double", "nonsense": 1}):
        with pytest.raises(AdminRefused):
            ask(path, **arguments)
    assert ask(path, "double", number=1) == 2


def test_nobody_there_is_said_as_such(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        ask(tmp_path / "none.sock", "state")


def test_a_verb_that_refuses_says_why(path: Path) -> None:
    with pytest.raises(AdminRefused, match="out of paper to break"):
        ask(path, "break")


@pytest.mark.parametrize("line", [b"no json\n", b"[]\n", b"{}\n", b'"text"\n', b"\xff\n", b"\n"])
def test_a_line_that_is_no_order_is_refused_and_the_next_one_served(
    path: Path, line: bytes
) -> None:
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(10)
        connection.connect(str(path))
        connection.sendall(line + b'{"do": "double", "number": 4}\n')
        with connection.makefile("rb") as stream:
            assert not json.loads(stream.readline())["ok"]
            assert json.loads(stream.readline()) == {"ok": True, "answer": 8}
    assert ask(path, "double", number=2) == 4


def test_somebody_who_hangs_up_at_once_stops_nobody_else(path: Path) -> None:
    for _ in range(5):
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(str(path))
            connection.sendall(b'{"do": "double"')
    assert ask(path, "double", number=3) == 6


def test_a_socket_that_was_left_behind_is_replaced_and_a_closed_one_is_gone(
    tmp_path: Path,
) -> None:
    path = tmp_path / "left.sock"
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(str(path))
    server = AdminServer(path, {"state": lambda: "here"})
    assert ask(path, "state") == "here"
    server.close()
    assert not path.exists()
