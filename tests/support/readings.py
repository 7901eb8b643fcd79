"""Readings and check-ins of a terminal that is well, for whoever tests what else happens."""

from typing import Any

import msgspec

from wire.audit_events import AuditEvent
from wire.checkin import CheckIn, Entry, Host, Parts, Reading, Sessions, Supply
from wire.message import DeviceState
from wire.screen import Screen

AT = 1_795_600_000_000
"""25 November 2026, 09:06:40 UTC."""
WELL = Parts(*[DeviceState.READY] * 4)
HEAD = bytes(32)


def reading(sequence: int = 1, **changes: Any) -> Reading:
    """Return the reading of a terminal that is well, or one that differs by `changes`."""
    well = Reading(
        sequence=sequence,
        at=AT + 30_000 * sequence,
        screen=Screen.ATTRACT,
        screen_s=40,
        parts=WELL,
        paper=Supply.ENOUGH,
        sessions=Sessions(started=100, completed=80, left=12, referred=8),
        queued=0,
        set_aside=0,
        oldest_s=0,
        host=Host(10_000, 0.8, 0.5, 45.5, 12, 20, 25, (0, 1, 0), (12, 11)),
    )
    return msgspec.structs.replace(well, **changes)


def entry(number: int = 0) -> Entry:
    """Return an entry of a trail."""
    return Entry(number, AT, AuditEvent.CARD_READ, {"ms": 840, "apdus": 60})


def check_in(*readings: Reading, entries: tuple[Entry, ...] = ()) -> CheckIn:
    """Return what a terminal sends."""
    return CheckIn(readings or (reading(),), entries, len(entries), HEAD)
