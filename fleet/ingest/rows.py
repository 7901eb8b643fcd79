"""Turn check-ins into rows. NO I/O."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

import msgspec

from fleet.store.tables import COUNTED, MEASURED, PRESENT
from fleet.store.text_tables import Kind
from fleet.store.texts import form, text_row
from wire.audit_events import AuditEvent
from wire.checkin import CheckIn, Entry, Noticed, Parts, Reading, Source
from wire.log_words import said
from wire.message import DeviceState

SPAN_S: Final = 300
DAY_S: Final = 86_400
HOUR_S: Final = 3600
_CODES: Final = {
    DeviceState.READY: 0,
    DeviceState.STARTING: 1,
    DeviceState.UNKNOWN: 2,
    DeviceState.FAULTY: 3,
    DeviceState.MISSING: 4,
}
"""From well to worst, so that the maximum of a device is its worst; for ever as they are."""
_STATES: Final = {code: state for state, code in _CODES.items()}
_BITS: Final = 3
_CLOCK_AHEAD_S: Final = 3600
"""A reading from further in the future is kept under the hour it came in."""

_encode = msgspec.msgpack.Encoder().encode
_encode_json = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True)
class Told:
    """A check-in, who sent it and when it came (seconds since 1970)."""

    terminal: int
    check_in: CheckIn
    received_at: int


@dataclass(slots=True)
class Rows:
    """Rows for each table, as dictionaries."""

    readings: list[dict[str, Any]] = field(default_factory=list)
    latest: list[dict[str, Any]] = field(default_factory=list)
    trails: list[dict[str, Any]] = field(default_factory=list)
    entries: list[dict[str, Any]] = field(default_factory=list)
    steps: list[dict[str, Any]] = field(default_factory=list)
    failures: list[dict[str, Any]] = field(default_factory=list)
    templates: list[dict[str, Any]] = field(default_factory=list)
    logs: list[dict[str, Any]] = field(default_factory=list)
    updates: list[dict[str, Any]] = field(default_factory=list)
    texts: dict[int, dict[str, Any]] = field(default_factory=dict)
    """Forms of entries and templates that were told, by their number."""
    dirty: set[int] = field(default_factory=set)


def packed(parts: Parts) -> int:
    """Return the states of four devices in one number."""
    states = (parts.reader, parts.face_camera, parts.document_camera, parts.printer)
    return sum(_CODES[state] << (_BITS * place) for place, state in enumerate(states))


def unpacked(number: int) -> Parts:
    """Return the states of four devices from one number."""
    return Parts(*(_STATES[number >> (_BITS * place) & 7] for place in range(4)))


def rows(batch: Iterable[Told]) -> Rows:
    """Return what is to be written for a batch; the last of each terminal wins."""
    made = Rows()
    latest: dict[int, dict[str, Any]] = {}
    trails: dict[int, dict[str, Any]] = {}
    for told in batch:
        newest = told.check_in.readings[-1]
        before = latest.get(told.terminal)
        if before is None or before["sequence"] <= newest.sequence:
            latest[told.terminal] = _latest(told, newest)
            trails[told.terminal] = _trail(told)
        _add(made, told)
    made.latest = list(latest.values())
    made.trails = list(trails.values())
    # One order for all writers: two that lock rows crosswise would wait for each other.
    ordered = (made.latest, made.trails, made.steps, made.failures)
    for table in (*ordered, made.logs, made.entries, made.updates):
        table.sort(key=_first_three)
    # Reversed: of one that comes twice the first stays, with the hour it was said first.
    first = {row["id"]: row for row in reversed(made.templates)}
    made.templates = [row for _, row in sorted(first.items())]
    return made


def _first_three(row: dict[str, Any]) -> tuple[Any, ...]:
    """Return what comes first in a row: its key, and at most one thing more."""
    return tuple(row.values())[:3]


def _add(made: Rows, told: Told) -> None:
    terminal = told.terminal
    for reading in told.check_in.readings:
        at = _at(_righted(reading), told.received_at)
        made.readings.append(_narrow(terminal, at, reading))
        made.dirty.add(at - at % SPAN_S)
        day = at // DAY_S
        made.steps += [
            {"terminal": terminal, "day": day, "screen": screen.value}
            | {"times": step.times, "total_ms": step.total_ms}
            for screen, step in reading.steps.items()
        ]
        made.failures += [
            {"terminal": terminal, "day": day, "failure": failure.value, "times": times}
            for failure, times in reading.failures.items()
        ]
        for noticed in reading.logs or ():
            number = template_id(noticed)
            made.templates.append(template(number, noticed, at))
            if number not in made.texts:
                made.texts[number] = template_text(number, noticed, at)
            made.logs.append(
                {"terminal": terminal, "at": at - at % HOUR_S, "template": number}
                | {"times": noticed.times}
            )
    for entry in told.check_in.entries:
        number, text = form(entry.event.value, entry.fields)
        if number not in made.texts:
            made.texts[number] = text_row(Kind.EVENT, number, text, at=told.received_at)
        made.entries.append(
            {
                "terminal": terminal,
                "number": entry.number,
                "at": _at(entry.at, told.received_at),
                "event": entry.event.value,
                "fields": _encode_json(entry.fields).decode(),
                "form": number,
            }
        )
    made.updates += [
        _update(told, entry) for entry in told.check_in.entries if entry.event in _UPDATES
    ]


def template_id(noticed: Noticed) -> int:
    """Return the number of a template, the same for every terminal and every server."""
    return _id(noticed.source, noticed.words)


@lru_cache(maxsize=10_000)
def _id(source: Source, words: tuple[int, ...]) -> int:
    text = " ".join((source.value, *map(str, words)))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big", signed=True)


def template(number: int, noticed: Noticed, at: int) -> dict[str, Any]:
    """Return the row of a template that was said at `at`."""
    words = " ".join(map(str, noticed.words))
    return {"id": number, "source": noticed.source.value, "words": words, "first_at": at}


def template_text(number: int, noticed: Noticed, at: int) -> dict[str, Any]:
    """Return the row by which a template is found."""
    text = f"{noticed.source.value}: {said(noticed.words)}"
    return text_row(Kind.TEMPLATE, number, text, at=at)


def _righted(reading: Reading) -> int:
    """Return when a reading was made, by the server's clock as far as it is known."""
    return max(0, reading.at - (reading.host.clock_offset_ms or 0))


def _at(moment_ms: int, received_at: int) -> int:
    at = moment_ms // 1000
    return at if at <= received_at + _CLOCK_AHEAD_S else received_at


def _narrow(terminal: int, at: int, reading: Reading) -> dict[str, Any]:
    row = {"at": at, "terminal": terminal, "parts": packed(reading.parts)}
    for source, names in _SOURCES:
        of = source(reading)
        for name in names:
            row[name] = _bounded(getattr(of, name))
    return row


_SOURCES: Final[Sequence[tuple[Any, tuple[str, ...]]]] = (
    (lambda reading: reading.host, tuple(name for name in MEASURED if name != "paper_left")),
    (lambda reading: reading, (*PRESENT, "paper_left")),
    (lambda reading: reading.sessions, COUNTED),
)
_LARGEST: Final = 2**31 - 1


def _bounded(value: Any) -> Any:
    """Keep a whole number within what the column holds."""
    if isinstance(value, int):
        return max(-_LARGEST, min(_LARGEST, value))
    return value


def _latest(told: Told, newest: Reading) -> dict[str, Any]:
    return {
        "terminal": told.terminal,
        "sequence": newest.sequence,
        "at": _at(_righted(newest), told.received_at),
        "received_at": told.received_at,
        "reading": _encode(newest),
    }


_UPDATES: Final = frozenset(
    {
        AuditEvent.UPDATE_SWITCHES,
        AuditEvent.UPDATE_CONFIRMED,
        AuditEvent.UPDATE_UNDONE,
        AuditEvent.UPDATE_CRASHED,
    }
)
_LONGEST_VERSION: Final = 16


def _update(told: Told, entry: Entry) -> dict[str, Any]:
    version = ".".join(str(entry.fields[part]) for part in ("major", "minor", "patch"))
    return {
        "terminal": told.terminal,
        "number": entry.number,
        "at": told.received_at,
        "event": entry.event.value,
        "kind": str(entry.fields["kind"]),
        "version": version[:_LONGEST_VERSION],
    }


def _trail(told: Told) -> dict[str, Any]:
    return {
        "terminal": told.terminal,
        "day": told.received_at // DAY_S,
        "count": told.check_in.trail_count,
        "head": told.check_in.trail_head,
        "conflict": False,
    }
