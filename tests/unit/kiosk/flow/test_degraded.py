"""Each row of the degraded modes, and when a session may begin."""

from datetime import time

import pytest

from kiosk.flow.degraded import DEGRADED, Consequence, Lack, worst
from kiosk.flow.preconditions import is_open, readiness, registering
from kiosk.flow.states import Event

ROWS = {
    Lack.READER: (Event.NOT_READY, Event.CANNOT_REGISTER),
    Lack.FACE_CAMERA: (Event.READY, Event.CANNOT_REGISTER),
    Lack.DOCUMENT_CAMERA: (Event.READY, Event.CHOSE_REGISTER),
    Lack.PRINTER: (Event.READY, Event.CHOSE_REGISTER),
    Lack.REGISTER: (Event.READY, Event.CHOSE_REGISTER),
    Lack.OUTBOX_ROOM: (Event.READY, Event.CANNOT_REGISTER),
    Lack.TRUSTED_CLOCK: (Event.READY, Event.CANNOT_REGISTER),
    Lack.POWER: (Event.NOT_READY, Event.CANNOT_REGISTER),
    Lack.SERVICE: (Event.NOT_READY, Event.CANNOT_REGISTER),
}


def test_every_lack_has_a_row() -> None:
    assert set(ROWS) == set(Lack) == set(DEGRADED)


@pytest.mark.parametrize("lack", Lack)
def test_a_lack_has_the_consequence_its_row_says(lack: Lack) -> None:
    may_begin, may_register = ROWS[lack]
    lacks = {lack: "device.missing"}
    assert readiness(lacks, within_hours=True)[0] is may_begin
    assert registering(lacks)[0] is may_register


@pytest.mark.parametrize("lack", Lack)
def test_a_refusal_names_its_cause(lack: Lack) -> None:
    event, code = registering({lack: "device.missing"})
    assert (code == "device.missing") == (event is Event.CANNOT_REGISTER)


def test_the_gravest_lack_decides() -> None:
    lacks = {Lack.PRINTER: "printer.paper_out", Lack.READER: "reader.missing"}
    assert worst(lacks) == (Consequence.OUT_OF_SERVICE, "reader.missing")


def test_nothing_lacking_means_ready() -> None:
    assert readiness({}, within_hours=True) == (Event.READY, "")
    assert registering({}) == (Event.CHOSE_REGISTER, "")


def test_a_closed_terminal_is_closed_whatever_is_out() -> None:
    assert readiness({Lack.READER: "reader.missing"}, within_hours=False)[0] is Event.CLOSING_TIME


@pytest.mark.parametrize(
    ("now", "opens", "closes", "expected"),
    [
        ("09:00", "09:00", "21:00", True),
        ("21:00", "09:00", "21:00", False),
        ("08:59", "09:00", "21:00", False),
        ("03:00", "00:00", "00:00", True),
        ("23:30", "22:00", "02:00", True),
        ("12:00", "22:00", "02:00", False),
    ],
)
def test_opening_hours(now: str, opens: str, closes: str, *, expected: bool) -> None:
    times = [time.fromisoformat(text) for text in (now, opens, closes)]
    assert is_open(*times) is expected
