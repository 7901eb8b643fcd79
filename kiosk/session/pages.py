"""Memory for what is personal: pages of its own, locked, in no dump and in no child.

A page that nobody else uses can be kept out of swap (mlock), left out of a core dump
(MADV_DONTDUMP), handed to a forked child as zeros (MADV_WIPEONFORK), and given back
to the system when it is done with, instead of to the next allocation.

Source: mmap(2), mlock(2), madvise(2).
"""

import ctypes
import mmap
from contextlib import suppress

_MADV_WIPEONFORK = 18
_libc = ctypes.CDLL(None, use_errno=True)
_libc.mlock.argtypes = (ctypes.c_void_p, ctypes.c_size_t)


def take(length: int) -> mmap.mmap:
    """Return zeroed pages for at least `length` bytes."""
    pages = mmap.mmap(-1, max(length, 1), flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    pages.madvise(mmap.MADV_DONTDUMP)
    pages.madvise(_MADV_WIPEONFORK)
    lock(pages)
    return pages


def give_back(pages: mmap.mmap) -> None:
    """Overwrite `pages` and return them to the system.

    Whoever still holds a view of them reads zeros.
    """
    pages[:] = bytes(len(pages))
    # A view that is still held keeps the pages mapped until it goes, too.
    with suppress(BufferError):
        pages.close()


def lock(pages: mmap.mmap) -> bool:
    """Keep `pages` out of swap; False if the system refuses."""
    first = ctypes.c_char.from_buffer(pages)
    return bool(_libc.mlock(ctypes.addressof(first), len(pages)) == 0)


def can_lock(length: int = 1 << 20) -> bool:
    """Say whether the system lets this process lock `length` bytes."""
    pages = mmap.mmap(-1, length, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    granted = lock(pages)
    pages.close()
    return granted
