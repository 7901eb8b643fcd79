"""What systemd hears of the program."""

import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.audit import notify

SAID: list[tuple[Callable[[], None], str]] = [
    (notify.ready, "READY=1"),
    (lambda: notify.status("ATTRACT"), "STATUS=ATTRACT"),
    (notify.watchdog, "WATCHDOG=1"),
    (notify.stopping, "STOPPING=1"),
]


@pytest.fixture
def systemd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.settimeout(5)
        listener.bind(str(tmp_path / "notify"))
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        yield listener


@pytest.mark.parametrize(("say", "assignment"), SAID)
def test_systemd_hears_it_on_its_socket(
    systemd: socket.socket,
    say: Callable[[], None],
    assignment: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    say()
    assert systemd.recv(1024) == assignment.encode()
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(("say", "assignment"), SAID)
def test_without_systemd_it_is_a_line_but_the_watchdog_is_silent(
    say: Callable[[], None],
    assignment: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    say()
    expected = "" if say is notify.watchdog else f"{assignment}\n"
    assert capsys.readouterr().err == expected
