"""Guard the process's memory: no core dump, no tracing, no swap.

Each guard is tried; what the system refuses is reported, not hidden.
Source: setrlimit(2), PR_SET_DUMPABLE in prctl(2), mlockall(2).
"""

import ctypes
import resource
from dataclasses import dataclass

_PR_SET_DUMPABLE = 4
_MCL_CURRENT = 1
_MCL_FUTURE = 2


@dataclass(frozen=True, slots=True)
class Guards:
    """What the system granted."""

    no_core: bool
    no_trace: bool
    locked: bool


def guard(*, lock: bool) -> Guards:
    """Set every guard for this process.

    Args:
        lock: also keep all pages out of swap; needs the right to lock that much.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    no_trace = libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0) == 0
    locked = lock and libc.mlockall(_MCL_CURRENT | _MCL_FUTURE) == 0
    return Guards(no_core=True, no_trace=no_trace, locked=locked)
