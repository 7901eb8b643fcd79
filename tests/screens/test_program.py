"""``python -m ui`` as a whole: its environment, its start and its end."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ui.environment import REQUIRED

pytestmark = [pytest.mark.screen, pytest.mark.slow]


@contextmanager
def start(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    clean = {name: value for name, value in os.environ.items() if name not in REQUIRED}
    with subprocess.Popen(
        [sys.executable, *arguments],
        env=clean | {"QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as program:
        try:
            yield program
        finally:
            program.kill()


def test_the_program_says_ready_and_ends_in_good_order(tmp_path: Path) -> None:
    socket = str(tmp_path / "nobody.sock")
    with start("-m", "ui", "--engine", socket, "--size", "540x960") as program:
        assert program.stderr is not None
        assert program.stderr.readline() == "READY=1\n"
        limits = Path(f"/proc/{program.pid}/limits").read_text(encoding="ascii")
        assert "Max core file size        0                    0" in limits
        program.send_signal(signal.SIGTERM)
        _, said = program.communicate(timeout=20)
    assert program.returncode == 0
    assert said.splitlines()[0] == "STOPPING=1"


def test_qt_quick_loaded_before_its_environment_is_refused() -> None:
    code = "import PySide6.QtQuick, ui.environment; ui.environment.prepare()"
    with start("-c", code) as program:
        _, said = program.communicate(timeout=20)
    assert program.returncode == 1
    assert "QtWasFirst" in said


def test_the_environment_is_set_before_qt_quick_is_loaded() -> None:
    code = "import ui.environment as e; e.prepare(); import PySide6.QtQuick; e.prepare(); e.check()"
    with start("-c", code) as program:
        _, said = program.communicate(timeout=20)
    assert (program.returncode, said) == (0, "")
