"""What the register's answer to a record means: delivered, again later, or set aside.

NO I/O. A record is set aside only when the register refuses this very record; a
register that is busy, broken, or does not know the terminal yet costs nothing but time.

Source: RFC 9110 (status codes, Retry-After), RFC 9457 (problem details).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import msgspec

from wire.guardian import ConsentStanding

_BUSY = frozenset({408, 425, 429, 502, 503, 504})
_NO_SUCH_TERMINAL = frozenset({401, 403})
_OUR_REQUEST = frozenset(
    {
        "request.clock_skew",
        "request.forged",
        "request.replayed",
        "request.unsigned",
        "terminal.revoked",
    }
)
_REFUSED = frozenset({409, 413, 415, 422})
_REFUSALS = frozenset(
    {
        "consent.conflict",
        "consent.malformed",
        "record.conflict",
        "record.key_retired",
        "record.malformed",
        "record.too_large",
        "record.unsealable",
        "record.wrong_type",
    }
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: already bounded in size."""

    status: int
    headers: Mapping[str, str]
    """By lower-case name."""
    body: bytes


@dataclass(frozen=True, slots=True)
class Signed:
    """The register says it has the record; the receipt is still to be verified."""

    jws: str


@dataclass(frozen=True, slots=True)
class Again:
    """Try again later."""

    code: str
    asked_s: float = 0.0
    status: int = 0
    """HTTP status of the answer; 0 if there was none."""


@dataclass(frozen=True, slots=True)
class SetAside:
    """The register refuses this record for good."""

    code: str
    status: int = 0


class _Receipted(msgspec.Struct, frozen=True):
    receipt: str


class _Problem(msgspec.Struct, frozen=True):
    code: str = ""
    server_time: float | None = None


class _Standing(msgspec.Struct, frozen=True):
    linked: bool


def read(answer: Answer) -> Signed | Again | SetAside:
    """Say what the answer to a PUT means."""
    if answer.status in {HTTPStatus.OK, HTTPStatus.CREATED}:
        return _signed(answer)
    if answer.status in _BUSY:
        return Again("register.slow", _asked_s(answer))
    if answer.status in _NO_SUCH_TERMINAL:
        code = _problem(answer).code
        return Again(code if code in _OUR_REQUEST else "terminal.unknown", _asked_s(answer))
    code = _problem(answer).code
    # Any proxy says 413 or 422; only the register gives a code with it.
    if answer.status in _REFUSED and code:
        return SetAside(code if code in _REFUSALS else "register.refused")
    return Again("register.bad_answer")


def consent(answer: Answer) -> ConsentStanding | Again:
    """Say what the answer about a guardian's consent means."""
    if answer.status in {HTTPStatus.OK, HTTPStatus.CREATED}:
        try:
            return msgspec.json.decode(answer.body, type=ConsentStanding)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return Again("register.bad_answer")
    meaning = read(answer)
    if isinstance(meaning, SetAside):
        return Again(meaning.code)
    return meaning if isinstance(meaning, Again) else Again("register.bad_answer")


def is_linked(answer: Answer) -> bool:
    """Say whether the answer to a GET tells that the phone has finished."""
    if answer.status != HTTPStatus.OK:
        return False
    try:
        return msgspec.json.decode(answer.body, type=_Standing).linked
    except (msgspec.DecodeError, UnicodeDecodeError):
        return False


def register_time(answer: Answer) -> float | None:
    """Return the register's time (seconds since the epoch) if it finds ours wrong."""
    problem = _problem(answer)
    return problem.server_time if problem.code == "request.clock_skew" else None


def told_at(answer: Answer) -> float | None:
    """Return the register's time in an answer, seconds since the epoch; None if it tells none.

    Who is told that the clock is wrong is told the time it is held against.
    """
    judged_at = register_time(answer)
    if judged_at is not None:
        return judged_at
    try:
        moment = parsedate_to_datetime(answer.headers.get("date", ""))
    except ValueError:
        return None
    # A date without a zone is none of HTTP's: RFC 9110, 5.6.7 writes GMT.
    return None if moment.tzinfo is None else moment.timestamp()


def _signed(answer: Answer) -> Signed | Again:
    try:
        return Signed(msgspec.json.decode(answer.body, type=_Receipted).receipt)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return Again("register.bad_answer")


def _problem(answer: Answer) -> _Problem:
    try:
        return msgspec.json.decode(answer.body, type=_Problem)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return _Problem()


def _asked_s(answer: Answer) -> float:
    """Read Retry-After in its form of seconds; a date is not worth a clock here."""
    asked = answer.headers.get("retry-after", "")
    return float(asked) if asked.isascii() and asked.isdigit() else 0.0
