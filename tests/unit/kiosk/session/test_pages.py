"""Pages for what is personal are locked, zeros in a child, and zeros when given back."""

import ctypes
import os
import re
from mmap import mmap
from pathlib import Path

from kiosk.session import pages

CANARY = b"A1234563" * 600


def flags_of(taken: mmap) -> set[str]:
    """Return what the system says of the mapping in which the pages lie."""
    address = ctypes.addressof(ctypes.c_char.from_buffer(taken))
    told = Path("/proc/self/smaps").read_text()
    mappings = re.findall(r"^(\w+)-(\w+) (?:.*\n)+?VmFlags:(.*)$", told, re.MULTILINE)
    (flags,) = [flags for first, end, flags in mappings if int(first, 16) <= address < int(end, 16)]
    return set(flags.split())


def test_pages_are_locked_in_no_dump_and_zeros_in_a_child() -> None:
    taken = pages.take(len(CANARY))
    assert {"dd", "wf"} <= flags_of(taken)
    assert not pages.can_lock() or "lo" in flags_of(taken)
    pages.give_back(taken)


def test_a_forked_child_finds_zeros() -> None:
    taken = pages.take(len(CANARY))
    taken[:] = CANARY
    child = os.fork()
    if child == 0:
        os._exit(0 if taken[:] == bytes(len(CANARY)) else 1)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    assert taken[:] == CANARY
    pages.give_back(taken)


def test_pages_given_back_are_gone() -> None:
    taken = pages.take(len(CANARY))
    taken[:] = CANARY
    pages.give_back(taken)
    assert taken.closed


def test_a_view_that_is_still_held_reads_zeros() -> None:
    taken = pages.take(len(CANARY))
    taken[:] = CANARY
    view = memoryview(taken)[100:108]
    pages.give_back(taken)
    assert bytes(view) == bytes(8)


def test_no_bytes_are_a_page_too() -> None:
    pages.give_back(pages.take(0))
