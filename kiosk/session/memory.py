"""Guard the process's memory: no core dump, no tracing, no swap.

Each guard is tried; what the system refuses is reported, not hidden. All memory is
locked only where the system sets no limit: under a limit, locking whatever comes
would make the first large allocation fail, in the middle of a session. The vault's
pages (`kiosk.session.pages`) are locked under a limit too.

Source: setrlimit(2), PR_SET_DUMPABLE in prctl(2), mlockall(2), proc_swaps(5).
"""

import ctypes
import resource
from dataclasses import dataclass
from pathlib import Path

from kiosk.session import pages

_PR_SET_DUMPABLE = 4
_MCL_CURRENT = 1
_MCL_FUTURE = 2
_MCL_ONFAULT = 4
"""Lock what is touched, not what is merely mapped: models and libraries stay cheap."""
_ALL = _MCL_CURRENT | _MCL_FUTURE | _MCL_ONFAULT
_CAP_IPC_LOCK = 1 << 14
_SWAPS = Path("/proc/swaps")


@dataclass(frozen=True, slots=True)
class Guards:
    """What the system granted."""

    no_core: bool
    no_trace: bool
    locked: bool
    """All memory of the process stays out of swap."""
    vault_locked: bool
    """The vault's pages do."""
    no_swap: bool
    """The system has no swap that anything could go to."""


def guard(*, lock: bool) -> Guards:
    """Set every guard for this process.

    Args:
        lock: also keep all pages out of swap, where the system sets no limit to that.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    no_trace = libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0) == 0
    locked = lock and _may_lock_all() and libc.mlockall(_ALL) == 0
    return Guards(
        no_core=True,
        no_trace=no_trace,
        locked=locked,
        vault_locked=locked or pages.can_lock(),
        no_swap=_no_swap(),
    )


def _may_lock_all() -> bool:
    soft, hard = resource.getrlimit(resource.RLIMIT_MEMLOCK)
    if hard == resource.RLIM_INFINITY and soft != hard:
        resource.setrlimit(resource.RLIMIT_MEMLOCK, (hard, hard))
    return hard == resource.RLIM_INFINITY or _has_capability(_CAP_IPC_LOCK)


def _has_capability(capability: int) -> bool:
    for line in Path("/proc/self/status").read_text().splitlines():
        name, _, value = line.partition(":")
        if name == "CapEff":
            return bool(int(value, 16) & capability)
    return False


def _no_swap() -> bool:
    """Say whether nothing stands below the header of the list of swap areas."""
    return len(_SWAPS.read_text().splitlines()) <= 1
