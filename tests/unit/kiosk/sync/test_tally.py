"""What a terminal counts: each visit ends one way, figures only grow."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.audit.follow import Told
from kiosk.sync.tally import Tally, after
from wire.audit_events import FIELDS, AuditEvent
from wire.checkin import Sessions, Step, Supply
from wire.failures import Failure
from wire.message import DeviceState
from wire.screen import Screen

BEGAN = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def told(*happened: tuple[AuditEvent, dict[str, Any]], every_s: float = 1.0) -> Tally:
    tally = Tally()
    for number, (event, fields) in enumerate(happened):
        at = BEGAN + timedelta(seconds=number * every_s)
        tally = after(tally, Told(number, at, event.value, fields))
    return tally


def entered(screen: Screen) -> tuple[AuditEvent, dict[str, Any]]:
    return AuditEvent.STATE_ENTERED, {"state": screen.value}


OPENED: tuple[AuditEvent, dict[str, Any]] = (AuditEvent.SESSION_OPENED, {})
STORED = (AuditEvent.RECORD_STORED, {"queued": 1})
WIPED = (AuditEvent.SESSION_WIPED, {"ms": 3})


@pytest.mark.parametrize(
    ("between", "way"),
    [
        ([], "left"),
        ([STORED], "completed"),
        ([entered(Screen.REFERRAL)], "referred"),
        ([STORED, entered(Screen.REFERRAL)], "completed"),
    ],
)
def test_a_visit_ends_in_one_way(between: list[Any], way: str) -> None:
    tally = told(OPENED, *between, WIPED)
    assert tally.sessions == Sessions(started=1, **{way: 1})


def test_a_visit_that_the_engine_did_not_survive_is_broken() -> None:
    tally = told(OPENED, STORED, (AuditEvent.TERMINAL_STARTED, {}))
    assert tally.sessions == Sessions(started=1, broken=1)
    assert tally.screen is Screen.STARTING


def test_a_wipe_without_a_visit_counts_nothing() -> None:
    assert told(WIPED, STORED).sessions == Sessions()


def test_the_time_on_each_screen_of_a_visit_is_summed() -> None:
    tally = told(
        entered(Screen.ATTRACT),
        OPENED,
        entered(Screen.LANGUAGE),
        entered(Screen.SERVICE),
        entered(Screen.LANGUAGE),
        entered(Screen.SERVICE),
        every_s=2.0,
    )
    assert tally.steps[Screen.LANGUAGE] == Step(2, 4000)
    assert tally.steps[Screen.SERVICE] == Step(1, 2000)


def test_a_clock_that_jumps_adds_no_time() -> None:
    tally = told(OPENED, entered(Screen.LANGUAGE), entered(Screen.SERVICE), every_s=-5.0)
    assert tally.steps == {}


def test_tries_and_rejections_are_told_apart() -> None:
    tally = told(
        OPENED,
        (AuditEvent.PRINT_UNREADABLE, {}),
        (AuditEvent.CARD_FAILED, {"failure": "card.removed"}),
        (AuditEvent.CARD_READ, {"ms": 1, "apdus": 2}),
        (AuditEvent.PHOTO_TAKEN, {"attempt": 1}),
        (AuditEvent.PHOTO_TAKEN, {"attempt": 2}),
        (AuditEvent.FACE_COMPARED, {"outcome": "unclear"}),
        (AuditEvent.FACE_COMPARED, {"outcome": "supports"}),
        (AuditEvent.RECEIPT_PRINTED, {}),
    )
    assert tally.sessions == Sessions(
        started=1,
        print_retries=1,
        cards_read=1,
        card_failures=1,
        photos=2,
        capture_rejections=1,
        face_checks=2,
        faces_unclear=1,
        receipts=1,
    )
    assert tally.failures == {Failure.CARD_REMOVED: 1}


def test_presentations_are_counted_once_one_was_judged() -> None:
    def judged(outcome: str) -> tuple[AuditEvent, dict[str, Any]]:
        return AuditEvent.PRESENTATION_JUDGED, {"outcome": outcome, "attempt": 1}

    assert told(judged("not_made")).sessions.presentation_rejections is None
    assert told(judged("supported")).sessions.presentation_rejections == 0
    several = told(*map(judged, ["suspected", "inconclusive", "suspected"]))
    assert several.sessions.presentation_rejections == 2


def test_paper_is_out_until_a_receipt_is_printed() -> None:
    out = (AuditEvent.RECEIPT_FAILED, {"failure": "printer.paper_out"})
    assert told().paper is Supply.UNKNOWN
    assert told(out).paper is Supply.OUT
    assert told(out, (AuditEvent.RECEIPT_PRINTED, {})).paper is Supply.ENOUGH


def test_devices_are_as_they_last_said_and_unknown_after_a_start() -> None:
    changed = [
        (AuditEvent.READER_CHANGED, {"state": "ready"}),
        (AuditEvent.CAMERA_CHANGED, {"camera": "document", "state": "faulty"}),
        (AuditEvent.CAMERA_CHANGED, {"camera": "face", "state": "ready"}),
        (AuditEvent.PRINTER_CHANGED, {"state": "missing"}),
    ]
    parts = told(*changed).parts
    assert (parts.reader, parts.face_camera) == (DeviceState.READY, DeviceState.READY)
    assert (parts.document_camera, parts.printer) == (DeviceState.FAULTY, DeviceState.MISSING)
    assert told(*changed, (AuditEvent.TERMINAL_STARTED, {})).parts == Tally().parts


def test_an_event_of_a_later_version_is_passed_over() -> None:
    assert after(Tally(), Told(0, BEGAN, "card.sang", {})) == Tally()


@st.composite
def happenings(draw: st.DrawFn) -> tuple[AuditEvent, dict[str, Any]]:
    event = draw(st.sampled_from(AuditEvent))
    examples: dict[type, st.SearchStrategy[Any]] = {
        int: st.integers(0, 9),
        float: st.floats(0, 1),
        bool: st.booleans(),
    }
    return event, {
        name: draw(st.sampled_from([word.value for word in kind]))
        if issubclass(kind, StrEnum)
        else draw(examples[kind])
        for name, kind in FIELDS[event].items()
    }


@given(st.lists(happenings(), max_size=40))
def test_visits_that_ended_and_the_open_one_add_up_to_those_started(happened: list[Any]) -> None:
    tally = told(*happened)
    sessions = tally.sessions
    ended = sessions.completed + sessions.left + sessions.referred + sessions.broken
    opened_over = sessions.started - ended - bool(tally.visit)
    # A visit opened over another cannot happen in the flow; here it may.
    assert 0 <= opened_over <= sum(event is AuditEvent.SESSION_OPENED for event, _ in happened)
