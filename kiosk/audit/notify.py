"""Tell systemd how the program is; without systemd, say the same on standard error.

Source: sd_notify(3), the READY, STATUS, WATCHDOG and STOPPING assignments.
"""

import os
import sys

from systemd import daemon


def _say(assignment: str) -> None:
    if "NOTIFY_SOCKET" in os.environ:
        daemon.notify(assignment)
    elif assignment != "WATCHDOG=1":
        sys.stderr.write(f"{assignment}\n")


def ready() -> None:
    """The program does its work from now on."""
    _say("READY=1")


def status(word: str) -> None:
    """Say in one word of ours what the program does; never a text about a person."""
    _say(f"STATUS={word}")


def watchdog() -> None:
    """The program's main loop is alive."""
    _say("WATCHDOG=1")


def stopping() -> None:
    """The program ends in good order."""
    _say("STOPPING=1")
