"""Count visits, steps and failures from the trail: a fold, one entry at a time.

NO I/O. Figures count up for ever; nothing here could hold anything personal, because
the trail holds numbers and catalogue words only.
"""

from collections.abc import Iterator
from typing import Any, Final

import msgspec
from msgspec.structs import replace

from kiosk.audit.follow import Told
from wire.audit_events import AuditEvent
from wire.checkin import Parts, Sessions, Step, Supply
from wire.failures import Failure
from wire.message import DeviceState
from wire.screen import Screen
from wire.vision import Comparison, Presentation

_UNSEEN: Final = DeviceState.UNKNOWN
_ALL_UNSEEN: Final = Parts(_UNSEEN, _UNSEEN, _UNSEEN, _UNSEEN)
_FAILURES: Final = {
    AuditEvent.CARD_FAILED,
    AuditEvent.RECEIPT_FAILED,
    AuditEvent.STAFF_CALLED,
    AuditEvent.UPDATE_REFUSED,
}
_ONE_MORE: Final = {
    AuditEvent.PRINT_UNREADABLE: "print_retries",
    AuditEvent.CARD_READ: "cards_read",
    AuditEvent.CARD_FAILED: "card_failures",
    AuditEvent.PHOTO_TAKEN: "photos",
    AuditEvent.FACE_COMPARED: "face_checks",
    AuditEvent.RECEIPT_PRINTED: "receipts",
    AuditEvent.RECEIPT_FAILED: "receipts_failed",
}
_PARTS: Final = {
    AuditEvent.READER_CHANGED: "reader",
    AuditEvent.PRINTER_CHANGED: "printer",
    AuditEvent.CAMERA_CHANGED: "",
}
"""Empty: the entry says which camera."""
_LONGEST_STEP_MS: Final = 86_400_000
"""A stay longer than a day is a clock that jumped."""


class Tally(msgspec.Struct, frozen=True):
    """What the trail says so far."""

    sessions: Sessions = Sessions()
    parts: Parts = _ALL_UNSEEN
    paper: Supply = Supply.UNKNOWN
    steps: dict[Screen, Step] = {}
    failures: dict[Failure, int] = {}
    screen: Screen = Screen.STARTING
    screen_at: int = 0
    """When it was entered, milliseconds since 1970."""
    visit: str = ""
    """The way the open visit has taken: empty for none, ``left`` until something better."""


def after(tally: Tally, entry: Told) -> Tally:
    """Return the tally with one more entry of the trail."""
    if entry.event not in set(AuditEvent):
        # Of a later version of the software, before it was rolled back.
        return tally
    event, fields = AuditEvent(entry.event), entry.with_
    at = round(entry.at.timestamp() * 1000)
    tally = _counted(tally, event, fields)
    match event:
        case AuditEvent.TERMINAL_STARTED:
            ended = _ended(tally, "broken") if tally.visit else tally
            tally = replace(ended, parts=_ALL_UNSEEN, screen=Screen.STARTING, screen_at=at)
        case AuditEvent.SESSION_OPENED:
            tally = replace(_plus(tally, "started"), visit="left")
        case AuditEvent.STATE_ENTERED:
            tally = _entered(tally, Screen(str(fields["state"])), at)
        case AuditEvent.RECORD_STORED if tally.visit:
            tally = replace(tally, visit="completed")
        case AuditEvent.SESSION_WIPED if tally.visit:
            tally = _ended(tally, tally.visit)
    return tally


def _counted(tally: Tally, event: AuditEvent, fields: dict[str, Any]) -> Tally:
    for name in _counters(event, fields):
        tally = _plus(tally, name)
    if event in _FAILURES:
        code = Failure(fields["failure"])
        tally = replace(tally, failures=tally.failures | {code: tally.failures.get(code, 0) + 1})
        if code is Failure.PRINTER_PAPER_OUT:
            tally = replace(tally, paper=Supply.OUT)
    if event is AuditEvent.PRESENTATION_JUDGED and fields["outcome"] != Presentation.NOT_MADE:
        tally = _judged(tally, suspected=fields["outcome"] == Presentation.SUSPECTED)
    if event is AuditEvent.RECEIPT_PRINTED:
        tally = replace(tally, paper=Supply.ENOUGH)
    if event in _PARTS:
        name = _PARTS[event] or f"{fields['camera']}_camera"
        state = DeviceState(fields["state"])
        tally = replace(tally, parts=replace(tally.parts, **{name: state}))
    return tally


def _counters(event: AuditEvent, fields: dict[str, Any]) -> Iterator[str]:
    if event in _ONE_MORE:
        yield _ONE_MORE[event]
    if event is AuditEvent.PHOTO_TAKEN and fields["attempt"] > 1:
        yield "capture_rejections"
    if event is AuditEvent.FACE_COMPARED and fields["outcome"] != Comparison.SUPPORTS:
        yield "faces_unclear"


def _judged(tally: Tally, *, suspected: bool) -> Tally:
    rejected = (tally.sessions.presentation_rejections or 0) + suspected
    return replace(tally, sessions=replace(tally.sessions, presentation_rejections=rejected))


def _entered(tally: Tally, screen: Screen, at: int) -> Tally:
    stayed = at - tally.screen_at
    steps = tally.steps
    if tally.visit and 0 <= stayed <= _LONGEST_STEP_MS:
        before = steps.get(tally.screen, Step(0, 0))
        steps = steps | {tally.screen: Step(before.times + 1, before.total_ms + stayed)}
    visit = tally.visit
    if screen is Screen.REFERRAL and visit == "left":
        visit = "referred"
    return replace(tally, steps=steps, screen=screen, screen_at=at, visit=visit)


def _ended(tally: Tally, how: str) -> Tally:
    return replace(_plus(tally, how), visit="")


def _plus(tally: Tally, name: str) -> Tally:
    more = {name: getattr(tally.sessions, name) + 1}
    return replace(tally, sessions=replace(tally.sessions, **more))
