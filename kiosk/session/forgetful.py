"""Have memory overwritten as it is freed: what Python let go of is gone, not merely unused.

Names and numbers are small immutable strings, which nobody can overwrite; they die when
their last reference goes. The C library then fills them, if Python hands every block to it
(no arenas of Python's own) and it keeps no short list of freed blocks beside.

Both are settled when a program starts, so a program that was not started so starts anew.

Source: PYTHONMALLOC in the Python documentation; mallopt(3) M_PERTURB; the GNU C Library's
manual, "Memory Allocation Tunables".
"""

import os
import sys
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

ENVIRONMENT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "PYTHONMALLOC": "malloc",
        "GLIBC_TUNABLES": "glibc.malloc.tcache_count=0:glibc.malloc.perturb=165",
    }
)


def is_so(environment: Mapping[str, str]) -> bool:
    """Say whether a program with this environment overwrites what it frees."""
    return all(environment.get(name) == value for name, value in ENVIRONMENT.items())


def without(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the environment for a child that works on pictures: filling each costs too much."""
    return {name: value for name, value in environment.items() if name not in ENVIRONMENT}


def ensure() -> None:
    """Start this program anew, in the same process, unless it overwrites what it frees."""
    if not is_so(os.environ):
        os.execve(sys.executable, sys.orig_argv, os.environ | ENVIRONMENT)  # noqa: S606
