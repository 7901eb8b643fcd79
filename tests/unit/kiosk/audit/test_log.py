"""Only events, numbers and enums can be noted."""

import string
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.audit import log, note
from kiosk.audit.trail import Trail
from wire.audit_events import FIELDS, AuditEvent
from wire.failures import Failure

EXAMPLES: dict[type, object] = {bool: True, int: 840, float: 0.5}


def example(kind: type) -> Any:
    return next(iter(kind)) if issubclass(kind, StrEnum) else EXAMPLES[kind]


@pytest.mark.parametrize("event", AuditEvent)
def test_every_event_is_noted_as_one_line(
    event: AuditEvent, capsys: pytest.CaptureFixture[str]
) -> None:
    note(event, **{name: example(kind) for name, kind in FIELDS[event].items()})
    (line,) = capsys.readouterr().err.splitlines()
    assert line.split()[0] == event
    assert len(line.split()) == 1 + len(FIELDS[event])


def test_an_enum_is_noted_by_its_own_word(capsys: pytest.CaptureFixture[str]) -> None:
    note(AuditEvent.CARD_FAILED, failure=Failure.CARD_REMOVED)
    assert capsys.readouterr().err == "card.failed failure=card.removed\n"


@given(st.text(string.printable))
def test_text_cannot_be_noted_and_is_not_repeated(text: str) -> None:
    fields: dict[str, Any] = {"failure": text}
    with pytest.raises(TypeError) as caught:
        note(AuditEvent.CARD_FAILED, **fields)
    assert str(caught.value) == "card.failed: failure must be Failure"


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"ms": 1},
        {"ms": 1, "apdus": 2, "name": 3},
        {"ms": 1, "apdus": True},
        {"ms": 1, "apdus": 2.0},
        {"ms": 1, "apdus": None},
    ],
)
def test_missing_unknown_and_mistyped_fields_are_refused(
    fields: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(TypeError):
        note(AuditEvent.CARD_READ, **fields)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("event", AuditEvent)
def test_no_event_has_a_field_for_text(event: AuditEvent) -> None:
    for kind in FIELDS[event].values():
        assert kind in EXAMPLES or issubclass(kind, StrEnum)


def test_an_open_trail_takes_every_event_until_it_is_left(tmp_path: Path) -> None:
    trail = Trail(tmp_path / "trail", now=lambda: datetime(2026, 11, 23, tzinfo=UTC))
    log.keep_trail(trail)
    try:
        note(AuditEvent.SESSION_OPENED)
        note(AuditEvent.SESSION_WIPED, ms=3)
    finally:
        log.leave_trail(trail)
    note(AuditEvent.SESSION_OPENED)
    trail.close()
    assert trail.head.count == 2


def test_under_systemd_fields_are_structured(monkeypatch: pytest.MonkeyPatch) -> None:
    # The journal's own call is a third party's: only a systemd machine answers it.
    sent: list[tuple[str, dict[str, str]]] = []
    monkeypatch.setattr(log, "_UNDER_SYSTEMD", True)
    monkeypatch.setattr("systemd.journal.send", lambda line, **fields: sent.append((line, fields)))
    note(AuditEvent.CARD_READ, ms=840, apdus=31)
    assert sent == [
        (
            "card.read ms=840 apdus=31",
            {
                "KIOSK_EVENT": "card.read",
                "SYSLOG_IDENTIFIER": "kiosk",
                "KIOSK_MS": "840",
                "KIOSK_APDUS": "31",
            },
        )
    ]
