"""Tell systemd how the screens are; without systemd, say the same on standard error.

Source: sd_notify(3), sd_watchdog_enabled(3); the READY, STATUS, WATCHDOG and STOPPING
assignments.
"""

import os
import sys

from systemd import daemon

from wire.failures import Failure

_UNDER_SYSTEMD = "JOURNAL_STREAM" in os.environ


def say(assignment: str) -> None:
    """Say one assignment of sd_notify, never a text about a person."""
    if "NOTIFY_SOCKET" in os.environ:
        daemon.notify(assignment)
    elif assignment != "WATCHDOG=1":
        sys.stderr.write(f"{assignment}\n")


def note(failure: Failure) -> None:
    """Note a failure by its code alone."""
    if _UNDER_SYSTEMD:
        from systemd import journal  # noqa: PLC0415  (only where there is a journal)

        journal.send(failure.value, KIOSK_FAILURE=failure.value, SYSLOG_IDENTIFIER="ui")
    else:
        sys.stderr.write(f"{failure.value}\n")


def watchdog_every_ms() -> int:
    """Return how often systemd wants to hear of us, halved for safety; 0 for never."""
    return int(os.environ.get("WATCHDOG_USEC", "0")) // 2_000
