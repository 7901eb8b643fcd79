"""The real programs of a terminal without devices, and a look at what the system knows of them."""

import contextlib
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.support.enrolment_records import TERMINAL
from tests.support.register import make_data

_SOON_S = 30.0
_ALL_SEEING = "-sys_ptrace,-sys_admin,-perfmon"
NEIGHBOUR = (
    ("setpriv", f"--bounding-set={_ALL_SEEING}", f"--inh-caps={_ALL_SEEING}")
    if os.geteuid() == 0
    else ()
)
"""Runs a program of root's as one that may not look into everybody's memory."""


def until(holds: Callable[[], object], name: str) -> None:
    """Wait until `holds` says something true."""
    deadline = time.monotonic() + _SOON_S
    while not holds():
        assert time.monotonic() < deadline, name
        os.sched_yield()


def settings(folder: Path) -> Path:
    """Write settings of a terminal whose devices are not there; return their file."""
    data = make_data(folder / "register")
    path = folder / "terminal.toml"
    path.write_text(
        f"""
        [terminal]
        id = "{TERMINAL}"
        [paths]
        state = "{folder / "state"}"
        outbox = "{folder / "state" / "outbox.db"}"
        screens = "{folder / "screens.sock"}"
        [devices]
        trust = "{data}"
        face_camera = "http://127.0.0.1:9/"
        document_camera = "http://127.0.0.1:9/"
        printer = "{folder / "printer"}"
        [register]
        url = "https://127.0.0.1:9"
        ca = "{data / "register_ca.pem"}"
        certificate = "{data / "terminal.pem"}"
        key = "{data / "terminal.key"}"
        receipt_key = "{data / "receipt_public.pem"}"
        seal_key = "{data / "seal_public.bin"}"
        """
    )
    (folder / "state").mkdir()
    return path


@contextlib.contextmanager
def program(folder: Path, *command: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run ``python -m …`` in `folder`, ready to dump its core, and as nobody's tracer."""
    _, hard = resource.getrlimit(resource.RLIMIT_CORE)
    drop = {"JOURNAL_STREAM", "NOTIFY_SOCKET"}
    with (folder / "said").open("ab") as said:
        process = subprocess.Popen(
            [*NEIGHBOUR, sys.executable, *command],
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=said,
            stderr=said,
            env={name: value for name, value in os.environ.items() if name not in drop}
            | {"PYTHONPATH": str(Path(__file__).parents[2]), "QT_QPA_PLATFORM": "offscreen"},
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CORE, (hard, hard)),  # noqa: PLW1509
        )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def descendants(pid: int) -> dict[str, int]:
    """Return the processes below `pid`, by the module each runs."""
    found: dict[str, int] = {}
    for child in _children(pid):
        words = _read(child, "cmdline").split(b"\0")
        if b"-m" in words:
            found[words[words.index(b"-m") + 1].decode()] = child
        found |= descendants(child)
    return found


def _children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task")
    with contextlib.suppress(OSError):
        return [
            int(one) for task in tasks.iterdir() for one in (task / "children").read_text().split()
        ]
    return []


def _read(pid: int, name: str) -> bytes:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/{name}").read_bytes()
    return b""


def locked_kb(pid: int) -> int:
    """Return how much of a process's memory is locked."""
    for line in _read(pid, "status").decode().splitlines():
        if line.startswith("VmLck:"):
            return int(line.split()[1])
    return 0


def is_seen_by_a_neighbour(pid: int) -> bool:
    """Say whether another process of the same account can read where `pid` keeps its memory."""
    look = f"open('/proc/{pid}/maps').read(1)"
    command = [*NEIGHBOUR, sys.executable, "-S", "-c", look]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0
