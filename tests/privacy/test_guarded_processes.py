"""Each program of the terminal, as it really runs, leaves no core and is seen by no neighbour.

A neighbour is another process of the same account without the right to trace everybody.
An unguarded program stands beside the guarded ones: the tests can fail.
"""

import contextlib
import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.processes import (
    NEIGHBOUR,
    descendants,
    is_seen_by_a_neighbour,
    locked_kb,
    program,
    settings,
    until,
)

CHILDREN = ("kiosk.engine.card_host", "kiosk.vision", "kiosk.vision.embedder")
PROGRAMS = ("kiosk", "kiosk.sync", "ui", *CHILDREN)
LOCKED = ("kiosk", "kiosk.sync", "kiosk.engine.card_host")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        os.geteuid() == 0 and shutil.which("setpriv") is None,
        reason="root sees everything unless setpriv takes the right away",
    ),
]


@pytest.fixture(scope="module")
def terminal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], int]]:
    """Return how to find the process of each program; a child may be another one later."""
    folder = tmp_path_factory.mktemp("terminal")
    path = str(settings(folder))
    screens = ("-m", "ui", "--engine", str(folder / "screens.sock"))
    with (
        program(folder, "-m", "kiosk", "--settings", path) as engine,
        program(folder, "-m", "kiosk.sync", "--settings", path) as sync,
        program(folder, *screens) as ui,
    ):
        said = folder / "said"
        for word in ("sync.started", "terminal.started", "screens.up"):
            until(lambda word=word: word in said.read_text(), word)  # type: ignore[misc]
        until(lambda: set(CHILDREN) <= descendants(engine.pid).keys(), "the engine's children")
        found = {"kiosk": engine.pid, "kiosk.sync": sync.pid, "ui": ui.pid}
        yield lambda name: found.get(name) or descendants(engine.pid).get(name, 0)


def core_limit(pid: int) -> tuple[int, int] | None:
    """Return how large a core may become; None while there is no such process."""
    with contextlib.suppress(ProcessLookupError):
        return resource.prlimit(pid, resource.RLIMIT_CORE) if pid else None
    return None


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_running_program_may_write_no_core(terminal: Callable[[str], int], name: str) -> None:
    until(lambda: core_limit(terminal(name)) == (0, 0), f"{name} guarded")


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_running_program_is_seen_by_no_neighbour(
    terminal: Callable[[str], int], name: str
) -> None:
    def unseen_and_alive() -> bool:
        pid = terminal(name)
        return pid != 0 and not is_seen_by_a_neighbour(pid) and pid == terminal(name)

    until(unseen_and_alive, f"{name} guarded")


def test_a_program_without_guards_is_seen_by_its_neighbours(tmp_path: Path) -> None:
    with program(tmp_path, "-S", "-c", "input()") as open_to_all:
        until(lambda: is_seen_by_a_neighbour(open_to_all.pid), "seen once it runs")


@pytest.mark.parametrize("name", LOCKED)
def test_the_memory_of_a_program_is_locked_where_the_system_lets_it(
    terminal: Callable[[str], int], name: str
) -> None:
    _, limit = resource.getrlimit(resource.RLIMIT_MEMLOCK)
    if os.geteuid() != 0 and limit != resource.RLIM_INFINITY:
        pytest.skip("this account may not lock all of a program's memory")
    until(lambda: locked_kb(terminal(name)) > 10_000, f"{name} locked")


def crash(folder: Path, guarded: str) -> tuple[bool, list[str]]:
    """Let a program crash; say whether the system dumped it, and what lies there after."""
    code = f"import os, signal\nfrom kiosk.session.memory import guard\n{guarded}\nos.abort()"
    with program(folder, "-c", code) as crashing:
        _, status = os.waitpid(crashing.pid, 0)
        crashing.returncode = os.waitstatus_to_exitcode(status)
    assert os.WTERMSIG(status) == signal.SIGABRT
    return os.WCOREDUMP(status), [path.name for path in folder.glob("*core*")]


def test_a_crash_leaves_no_core(tmp_path: Path) -> None:
    assert crash(tmp_path, "guard(lock=False)") == (False, [])


def test_a_crash_without_guards_would_have_left_one(tmp_path: Path) -> None:
    if resource.getrlimit(resource.RLIMIT_CORE)[1] == 0:
        pytest.skip("this system lets nobody dump")
    dumped, _ = crash(tmp_path, "")
    assert dumped


def test_a_debugger_of_the_same_account_is_turned_away(tmp_path: Path) -> None:
    attach = """
import ctypes, sys
libc = ctypes.CDLL(None)
libc.ptrace.argtypes = (ctypes.c_long,) * 4
sys.exit(0 if libc.ptrace(16, int(sys.argv[1]), 0, 0) == 0 else 1)
"""
    answers: list[int] = []
    for guards in ("pass;", "from kiosk.session.memory import guard; guard(lock=False);"):
        waits = f"{guards} print('ready', flush=True); import sys; sys.stdin.read()"
        folder = tmp_path / str(len(answers))
        folder.mkdir()
        with program(folder, "-c", waits) as target:
            until(lambda folder=folder: "ready" in (folder / "said").read_text(), "ready")  # type: ignore[misc]
            command = [sys.executable, "-S", "-c", attach, str(target.pid)]
            answers.append(subprocess.run([*NEIGHBOUR, *command], check=False).returncode)
    if answers[0]:
        pytest.skip("this system lets nobody attach to anything")
    assert answers == [0, 1]
