"""The virtual reader is there in its block, and nothing of it is left behind."""

import os
import select
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from drivers.admin import AdminRefused, ask
from drivers.card.personalise.virtual_reader import VirtualReader, why_not
from tests.support.faces import folder_of_pictures

pytestmark = [pytest.mark.server, pytest.mark.slow]
SOON_S = 10.0
CALLER = """
import sys
from pathlib import Path
from drivers.card.personalise.virtual_reader import VirtualReader
with VirtualReader(Path(sys.argv[1]), portrait=Path(sys.argv[2])):
    print("there", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    if why_not():
        pytest.skip(why_not())
    # A unix socket's path may have 107 bytes: pytest's own folders are too deep.
    with tempfile.TemporaryDirectory(prefix="kiosk-") as name:
        yield Path(name)


def portrait() -> Path:
    return folder_of_pictures() / "holder_chip.jpg"


def processes_of(folder: Path) -> dict[int, str]:
    """Return the processes that name the folder, other than a caller."""
    found = {}
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = entry.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if str(folder) in line and CALLER not in line:
            found[int(entry.parent.name)] = line
    return found


@contextmanager
def all_ended_afterwards(folder: Path) -> Iterator[None]:
    """Hold that what runs at the beginning of the block ends soon after it."""
    with ExitStack() as stack:
        handles = []
        for pid in processes_of(folder):
            handles.append(os.pidfd_open(pid))
            stack.callback(os.close, handles[-1])
        assert handles
        yield
        for handle in handles:
            assert select.select([handle], [], [], SOON_S)[0], processes_of(folder)
    assert processes_of(folder) == {}


def test_nothing_is_left_running_after_the_block(folder: Path) -> None:
    with ExitStack() as block:
        block.enter_context(VirtualReader(folder, portrait=portrait()))
        with all_ended_afterwards(folder):
            block.close()


def test_nothing_is_left_running_when_the_caller_is_killed(folder: Path) -> None:
    caller = subprocess.Popen(
        [sys.executable, "-c", CALLER, str(folder), str(portrait())],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with caller:
        assert caller.stdout is not None
        assert caller.stdout.readline() == b"there\n"
        with all_ended_afterwards(folder):
            caller.kill()


def test_the_terminal_gets_the_issuers_certificate_and_no_key(folder: Path) -> None:
    with VirtualReader(folder, portrait=portrait()) as reader:
        [trusted] = reader.trust.iterdir()
        assert b"BEGIN CERTIFICATE" in trusted.read_bytes()
        assert b"PRIVATE" not in trusted.read_bytes()


def test_cards_come_and_go_on_order_and_an_unknown_fault_is_refused(folder: Path) -> None:
    with VirtualReader(folder, portrait=portrait()) as reader:
        assert not ask(reader.admin, "state")["card"]
        reader.insert()
        assert ask(reader.admin, "state")["card"]
        with pytest.raises(AdminRefused):
            ask(reader.admin, "insert", fault="no such fault")
        assert ask(reader.admin, "state")["card"], "the card that lay there still does"
        reader.remove()
        reader.remove()
        assert not ask(reader.admin, "state")["card"]
