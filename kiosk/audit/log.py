"""Note an event: to the journal as structured fields, else as a line on standard error.

Rule 1: fields are exactly those of the event in wire/audit_events.toml, of exactly
those types; anything else is a TypeError, so text and personal data cannot enter.
Rule 2: an event that an open trail cannot keep ends the program: nothing goes on
unrecorded.
"""

import os
import sys
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from kiosk.audit.trail import Trail
from wire.audit_events import FIELDS, AuditEvent

Value = bool | int | float | str

_UNDER_SYSTEMD = "JOURNAL_STREAM" in os.environ
_open_trails: list[Trail] = []


def note(event: AuditEvent, **fields: bool | float | StrEnum) -> None:
    """Note that `event` happened.

    Raises:
        TypeError: a field is missing, unknown, or of another type than the catalogue says.
        TrailUnwritable: the event was told, and an open trail could not keep it.
    """
    checked = _checked(event, fields)
    _tell(event, checked)
    for trail in _open_trails:
        trail.append(event, checked)


def keep_trail(trail: Trail) -> None:
    """Append every event from now on to `trail`."""
    _open_trails.append(trail)


def leave_trail(trail: Trail) -> None:
    """Stop appending to `trail`."""
    _open_trails.remove(trail)


def _checked(event: AuditEvent, fields: Mapping[str, Any]) -> dict[str, Value]:
    expected = FIELDS[event]
    if fields.keys() != expected.keys():
        raise TypeError(f"{event} takes exactly {sorted(expected)}")
    for name, kind in expected.items():
        if type(fields[name]) is not kind:
            raise TypeError(f"{event}: {name} must be {kind.__name__}")
    return {name: _plain(value) for name, value in fields.items()}


def _plain(value: Any) -> Value:
    """Return an enum's own word; numbers and switches as they are."""
    plain: Value = value.value if isinstance(value, StrEnum) else value
    return plain


def _tell(event: AuditEvent, fields: Mapping[str, Value]) -> None:
    line = " ".join([event.value, *(f"{name}={value}" for name, value in fields.items())])
    if _UNDER_SYSTEMD:
        from systemd import journal  # noqa: PLC0415  (only where there is a journal)

        named = {f"KIOSK_{name.upper()}": str(value) for name, value in fields.items()}
        journal.send(line, KIOSK_EVENT=event.value, SYSLOG_IDENTIFIER="kiosk", **named)
    else:
        sys.stderr.write(f"{line}\n")
