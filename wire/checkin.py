"""What a terminal tells the fleet twice a minute, and what it is answered.

Rule 1: numbers, switches and words of our catalogues only. There is no field that a
name, a number of a card or any other text would fit in.
Rule 2: figures count up from the terminal's first day, so a lost reading loses nothing.
Rule 3: what the terminal does not know is None, never 0: no data is not health.

Structs travel as msgpack arrays without field names; a reading takes about 130 bytes.
A new field goes last, with a default, so that older terminals are still understood.
"""

from collections.abc import Mapping
from enum import StrEnum
from itertools import pairwise
from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta

from wire.audit_events import FIELDS, AuditEvent
from wire.commands import MOST_AT_ONCE, Command, Outcome
from wire.failures import Failure
from wire.log_words import MOST
from wire.message import DeviceState
from wire.screen import Screen

CONTENT_TYPE: Final = "application/vnd.kiosk.checkin.v1+msgpack"
PATH: Final = "/v1/checkin"
SIGNATURE_TAG: Final = "kiosk-checkin-v1"
LARGEST_BYTES: Final = 120 * 1024
MOST_READINGS: Final = 12
MOST_ENTRIES: Final = 200
MOST_NOTICED: Final = 16
MOST_WORDS: Final = 20
EVERY_S: Final = 30.0
SOONEST_S: Final = 5.0
LATEST_S: Final = 900.0
"""A server may ask for any pause between SOONEST_S and LATEST_S."""

Count = Annotated[int, Meta(ge=0, le=2**53)]
Share = Annotated[float, Meta(ge=0, le=1)]
Moment = Annotated[int, Meta(ge=0, le=2**53)]
"""Milliseconds since 1970, UTC."""


class _Figures(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    pass


class Supply(StrEnum):
    """How much paper is left, as far as a printer can tell."""

    UNKNOWN = "unknown"
    ENOUGH = "enough"
    OUT = "out"


class Source(StrEnum):
    """Whose log: programs that are not ours and write texts."""

    KERNEL = "kernel"
    PCSCD = "pcscd"
    """The card service."""


class Parts(_Figures, frozen=True):
    """How the devices are."""

    reader: DeviceState
    face_camera: DeviceState
    document_camera: DeviceState
    printer: DeviceState


class Sessions(_Figures, frozen=True):
    """Visits since the first day: each one started ends in exactly one of four ways."""

    started: Count = 0
    completed: Count = 0
    """A record is durable in the outbox."""
    left: Count = 0
    referred: Count = 0
    broken: Count = 0
    """The engine ended while a citizen stood there."""
    print_retries: Count = 0
    cards_read: Count = 0
    card_failures: Count = 0
    photos: Count = 0
    capture_rejections: Count = 0
    """Photographs that had to be taken again."""
    face_checks: Count = 0
    faces_unclear: Count = 0
    presentation_rejections: Count | None = None
    """Those that were suspected; None while the terminal has judged none."""
    receipts: Count = 0
    receipts_failed: Count = 0


class Step(_Figures, frozen=True):
    """Stays on one screen since the first day."""

    times: Count
    total_ms: Count


class Host(_Figures, frozen=True):
    """How the computer is."""

    uptime_s: Count | None = None
    disk_free: Share | None = None
    memory_free: Share | None = None
    temperature_c: Annotated[float, Meta(ge=-60, le=150)] | None = None
    clock_offset_ms: Annotated[int, Meta(ge=-(2**53), le=2**53)] | None = None
    """Terminal minus server, at the last answer."""
    round_trip_ms: Count | None = None
    certificate_days: Annotated[int, Meta(ge=-36_500, le=36_500)] | None = None
    """Until the terminal's certificate expires."""
    version: tuple[Count, Count, Count] | None = None
    os_version: tuple[Count, Count] | None = None


Words = Annotated[
    tuple[Annotated[int, Meta(ge=0, lt=MOST)], ...], Meta(min_length=1, max_length=MOST_WORDS)
]
"""A template: places in `wire.log_words`, never a word itself."""


class Noticed(_Figures, frozen=True):
    """How often a foreign log said something of one form since the first day."""

    source: Source
    words: Words
    times: Count


class Reading(_Figures, frozen=True):
    """The terminal at one moment."""

    sequence: Annotated[int, Meta(ge=1, le=2**53)]
    """Counts up for ever; the fleet keeps each once."""
    at: Moment
    screen: Screen
    screen_s: Count
    """For how long that screen has been shown."""
    parts: Parts
    paper: Supply
    sessions: Sessions
    queued: Count
    """Records that wait for the register."""
    set_aside: Count
    oldest_s: Count
    """Age of the oldest waiting record."""
    host: Host = Host()
    paper_left: Share | None = None
    steps: Annotated[dict[Screen, Step], Meta(max_length=len(Screen))] = {}
    """Those that changed since the last reading."""
    failures: Annotated[dict[Failure, Count], Meta(max_length=len(Failure))] = {}
    """Those that changed since the last reading."""
    logs: Annotated[tuple[Noticed, ...], Meta(max_length=MOST_NOTICED)] | None = None
    """Those that changed since they were told last; None while no log can be read."""


class Entry(_Figures, frozen=True):
    """One entry of the terminal's trail."""

    number: Count
    at: Moment
    event: AuditEvent
    fields: Annotated[dict[str, bool | int | float | str], Meta(max_length=8)]


class CheckIn(_Figures, frozen=True):
    """What is sent: readings not yet taken, oldest first, and entries of the trail."""

    readings: Annotated[tuple[Reading, ...], Meta(min_length=1, max_length=MOST_READINGS)]
    entries: Annotated[tuple[Entry, ...], Meta(max_length=MOST_ENTRIES)]
    trail_count: Count
    """How many entries the terminal's trail has been followed to."""
    trail_head: Annotated[bytes, Meta(min_length=32, max_length=32)]
    """Hash of the last of them: a trail rewritten later no longer leads to it."""
    outcomes: Annotated[tuple[Outcome, ...], Meta(max_length=MOST_AT_ONCE)] = ()
    """What has become of orders since it was told last."""


class Answer(_Figures, frozen=True):
    """What the fleet has stored, and when it wants to hear again."""

    sequence: Count
    """Readings up to this one are stored."""
    entries: Count
    """So many entries of the trail are stored."""
    next_s: Annotated[float, Meta(ge=SOONEST_S, le=LATEST_S)]
    server_at: Moment
    commands: Annotated[tuple[Command, ...], Meta(max_length=MOST_AT_ONCE)] = ()
    """What the terminal is asked to do; the same again until it says what became of it."""


class BadCheckIn(Exception):
    """The bytes are no check-in; carries no content."""

    code = "checkin.malformed"


_check_in = msgspec.msgpack.Decoder(CheckIn)
_answer = msgspec.msgpack.Decoder(Answer)


def decode_check_in(body: bytes) -> CheckIn:
    """Read what a terminal sent, strictly.

    Raises:
        BadCheckIn: another shape, a value out of range, or an entry whose fields are
            not those of its event.
    """
    try:
        read = _check_in.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        # The cause may quote a field's value: cut it.
        raise BadCheckIn("no check-in of version 1") from None
    for entry in read.entries:
        if not is_of_catalogue(entry.event, entry.fields):
            raise BadCheckIn("an entry that the catalogue does not know")
    if any(one.sequence >= next_.sequence for one, next_ in pairwise(read.readings)):
        raise BadCheckIn("readings out of order")
    if any(next_.number != one.number + 1 for one, next_ in pairwise(read.entries)):
        raise BadCheckIn("entries out of order")
    return read


def decode_answer(body: bytes) -> Answer:
    """Read what the fleet answered, strictly.

    Raises:
        BadCheckIn: another shape, or a value out of range.
    """
    try:
        return _answer.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise BadCheckIn("no answer of version 1") from None


def is_of_catalogue(event: AuditEvent, fields: Mapping[str, Any]) -> bool:
    """Say whether `fields` are exactly those of `event`, of its types; words by the enum."""
    expected = FIELDS[event]
    return fields.keys() == expected.keys() and all(
        _is(value, expected[name]) for name, value in fields.items()
    )


def _is(value: Any, kind: type) -> bool:
    if issubclass(kind, StrEnum):
        return value in kind.__members__.values()
    return type(value) is kind
