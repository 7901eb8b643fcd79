"""Simulators are driven over a socket; what they refuse is said."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.admin import AdminRefused, AdminServer, ask


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    server = AdminServer(tmp_path / "admin.sock", {"double": lambda number: number * 2})
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
