"""What the register says of itself: to systemd, to the journal, or on standard error.

Rule: a note is an event and numbers. No text enters, so nothing personal can.
"""

import json
import os
import sys
from enum import StrEnum

from systemd import daemon
from systemd import journal as systemd_journal


class Event(StrEnum):
    """What can happen to the register."""

    READY = "register.ready"
    RECORD_TAKEN = "record.taken"
    RECORD_REPEATED = "record.repeated"
    REFUSED = "register.refused"
    PHONE_LINKED = "phone.linked"
    PHONE_REFUSED = "phone.refused"
    GUARDIAN_ASKED = "guardian.asked"
    GUARDIAN_ANSWERED = "guardian.answered"
    GUARDIAN_WITHDREW = "guardian.withdrew"
    STEP_UP = "phone.step_up"
    TRAIL_CONTRADICTED = "trail.contradicted"
    ACCOUNT_CLOSED = "account.closed"
    FAILED = "register.failed"


Fact = bool | int | float | StrEnum


def note(event: Event, **facts: Fact) -> None:
    """Write one event with its facts."""
    if "JOURNAL_STREAM" in os.environ:
        named = {f"REGISTER_{name.upper()}": str(value) for name, value in facts.items()}
        systemd_journal.send(
            event.value, REGISTER_EVENT=event.value, SYSLOG_IDENTIFIER="register", **named
        )
        return
    print(json.dumps({"event": event, **facts}), file=sys.stderr, flush=True)  # noqa: T201


def ready(**facts: Fact) -> None:
    """Tell systemd, and whoever reads the notes, that the register answers."""
    daemon.notify("READY=1")
    daemon.notify(f"STATUS={Event.READY.value}")
    note(Event.READY, **facts)


def watchdog() -> None:
    """Tell systemd that the register is alive."""
    daemon.notify("WATCHDOG=1")
