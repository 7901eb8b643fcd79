"""What the fleet's server says of itself: to systemd, to the journal, or on standard error.

Rule: a note is an event and numbers. No text enters, so nothing personal can.
"""

import json
import os
import sys
from enum import StrEnum

from systemd import daemon
from systemd import journal as systemd_journal


class Event(StrEnum):
    """What can happen to the server."""

    READY = "fleet.ready"
    REFUSED = "fleet.refused"
    BUSY = "fleet.busy"
    STORE_DOWN = "fleet.store_down"
    STORE_BACK = "fleet.store_back"
    JOB_FAILED = "fleet.job_failed"
    FAILED = "fleet.failed"
    CLAIMED = "fleet.claimed"
    RENEWED = "fleet.renewed"
    WITHDRAWN = "fleet.withdrawn"


Fact = bool | int | float | StrEnum


def note(event: Event, **facts: Fact) -> None:
    """Write one event with its facts."""
    if "JOURNAL_STREAM" in os.environ:
        named = {f"FLEET_{name.upper()}": str(value) for name, value in facts.items()}
        systemd_journal.send(
            event.value, FLEET_EVENT=event.value, SYSLOG_IDENTIFIER="fleet", **named
        )
        return
    print(json.dumps({"event": event, **facts}), file=sys.stderr, flush=True)  # noqa: T201


def ready(**facts: Fact) -> None:
    """Tell systemd, and whoever reads the notes, that the server answers."""
    daemon.notify("READY=1")
    daemon.notify(f"STATUS={Event.READY.value}")
    note(Event.READY, **facts)


def watchdog() -> None:
    """Tell systemd that the server is alive."""
    daemon.notify("WATCHDOG=1")
