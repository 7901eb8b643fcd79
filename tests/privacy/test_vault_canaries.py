"""What lay in a vault is nowhere in the process after the wipe.

A child process puts canaries in, wipes, and its writable memory is searched by
the parent through /proc. The child is given the canaries xored, so that its own
arguments do not hold them. The search is proved by finding them before the wipe.
"""

import os
import secrets
import subprocess
import sys
from io import FileIO
from pathlib import Path

import numpy as np
import pytest

from kiosk.session.vault import Slot

MASK = 0x5A
LENGTH = 48
PAGE = os.sysconf("SC_PAGE_SIZE")
CHILD = """
import sys
from kiosk.session.vault import Slot, Vault
vault = Vault()
for slot, masked in zip(Slot, sys.argv[1:], strict=True):
    value = bytearray.fromhex(masked)
    for at in range(len(value)):
        value[at] ^= 0x5A
    vault.put(slot, value)
    value[:] = bytes(len(value))
print("held", flush=True)
for order in sys.stdin:
    if order == "wipe\\n":
        vault.wipe()
    elif order == "replace\\n":
        for slot in Slot:
            vault.put(slot, b"x")
    else:
        for slot in Slot:
            with vault.use(slot) as view:
                sum(view)
    print("done", flush=True)
"""


def memory_of(pid: int) -> bytes:
    """Return everything that a process can write to.

    Of memory without a file, pages that nobody has touched are left out: they hold noughts, and
    are most of it. Source: Linux, Documentation/admin-guide/mm/pagemap.rst.
    """
    found = bytearray()
    with (
        Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory,
        Path(f"/proc/{pid}/pagemap").open("rb", buffering=0) as pages,
    ):
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            span, rights, _, _, inode, *_ = line.split()
            if "w" not in rights or line.endswith(("[vvar]", "[vsyscall]")):
                continue
            start, end = (int(edge, 16) for edge in span.split("-"))
            spans = [(start, end)] if int(inode) else _touched(pages, start, end)
            for first, last in spans:
                try:
                    memory.seek(first)
                    found += memory.read(last - first)
                except OSError:
                    # A mapping without pages behind it holds nothing.
                    continue
    return bytes(found)


def _touched(pages: FileIO, start: int, end: int) -> list[tuple[int, int]]:
    """Return the spans of pages that are in memory or swapped out."""
    pages.seek(start // PAGE * 8)
    there = np.frombuffer(pages.read((end - start) // PAGE * 8), np.uint64) >> 62 != 0
    edges = np.flatnonzero(np.diff(there, prepend=False, append=False)) * PAGE + start
    return [(int(first), int(last)) for first, last in edges.reshape(-1, 2)]


class Holder:
    """A child process that holds a vault, and obeys."""

    def __init__(self, canaries: list[bytes]) -> None:
        masked = [bytes(byte ^ MASK for byte in canary).hex() for canary in canaries]
        self._process = subprocess.Popen(
            [sys.executable, "-c", CHILD, *masked],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._hear("held")

    def order(self, word: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{word}\n")
        self._process.stdin.flush()
        self._hear("done")

    def _hear(self, word: str) -> None:
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == f"{word}\n"

    def holds(self, canaries: list[bytes]) -> list[int]:
        """Return which of `canaries` are in the process's memory."""
        try:
            memory = memory_of(self._process.pid)
        except PermissionError:
            pytest.skip("this system lets nobody read a process's memory")
        # Any piece betrays: an allocator may have written over the beginning.
        return [at for at, canary in enumerate(canaries) if canary[-16:] in memory]

    def close(self) -> None:
        self._process.communicate(timeout=30)


@pytest.mark.slow
@pytest.mark.parametrize("end", ["wipe", "replace"])
def test_no_canary_stays_in_the_memory_of_the_process(end: str) -> None:
    canaries = [secrets.token_bytes(LENGTH) for _ in Slot]
    holder = Holder(canaries)
    try:
        holder.order("use")
        assert holder.holds(canaries) == list(range(len(Slot)))
        holder.order(end)
        assert holder.holds(canaries) == []
    finally:
        holder.close()


def test_the_search_finds_what_is_there() -> None:
    canary = secrets.token_bytes(LENGTH)
    try:
        assert canary in memory_of(os.getpid())
    except PermissionError:
        pytest.skip("this system lets nobody read a process's memory")
