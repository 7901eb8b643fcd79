"""Guard what the screens' process holds against dumps and leftovers.

The pictures Qt paints (the face among them) are large blocks: with a fixed threshold
the C library gives each back to the system when Qt frees it, instead of keeping its
content for reuse.

Source: mallopt(3) M_MMAP_THRESHOLD, prctl(2) PR_SET_DUMPABLE, setrlimit(2).
"""

import ctypes
import resource
from typing import Final

_M_MMAP_THRESHOLD: Final = -3
_LARGE_BLOCK_BYTES: Final = 128 * 1024
_PR_SET_DUMPABLE: Final = 4


def guard() -> None:
    """Write no core dump, let nobody trace, and hand freed pictures back at once."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    libc = ctypes.CDLL(None)
    libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    libc.mallopt(_M_MMAP_THRESHOLD, _LARGE_BLOCK_BYTES)
