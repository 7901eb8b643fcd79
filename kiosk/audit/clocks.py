"""Look at both clocks of the machine at once.

Source: clock_gettime(2), CLOCK_BOOTTIME: the same for every program, never set, counts sleep.
"""

import time
from collections.abc import Callable
from pathlib import Path

from kiosk.flow.clock_trust import Reading

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


def look(wall: Callable[[], float]) -> Reading:
    """Return what the clocks say now.

    Args:
        wall: seconds since the epoch.
    """
    steady = time.clock_gettime(time.CLOCK_BOOTTIME)
    return Reading(wall(), steady, _BOOT_ID.read_text().strip())
