"""What the register decides about a record that arrives, before and after opening it.

NO I/O: terminal, headers, body and what is stored come in; a decision goes out.

Rule 1: the same bytes from the same terminal are the same record, however often they
come; anything else under a stored id is a conflict.
Rule 2: a refusal names a code of wire/failures.toml and nothing of the content.

Source: RFC 9110 (PUT is idempotent; 409, 413, 415, 422), RFC 9530 (Content-Digest).
"""

import base64
import hashlib
import math
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from http import HTTPStatus
from uuid import UUID

from wire.record import CONTENT_TYPE, LARGEST_SEALED_BYTES, Record, SealSuite
from wire.trail_head import TrailHead

_DIGEST_BYTES = 32
_BUSY_S = 9


@dataclass(frozen=True, slots=True)
class Envelope:
    """What comes around the sealed bytes; nothing personal."""

    terminal: str
    """As the client certificate names it."""
    record_id: str
    content_type: str
    content_length: int | None
    content_digest: str
    suite: str
    key_id: str
    trail: TrailHead | None = None
    """The head of the terminal's trail; None if it told none."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What is stored under a record id."""

    terminal: str
    digest: str
    receipt: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """The request is not taken."""

    status: HTTPStatus
    code: str
    wait_s: int = 0
    """In how long it may come again; 0 if it never may as it is."""


@dataclass(frozen=True, slots=True)
class Fresh:
    """A record to be opened and decided."""

    digest: str


@dataclass(frozen=True, slots=True)
class Replay:
    """A record that is stored already: the same receipt again."""

    receipt: str


NO_TERMINAL = Refusal(HTTPStatus.FORBIDDEN, "terminal.unknown")
REVOKED = Refusal(HTTPStatus.FORBIDDEN, "terminal.revoked")
UNSIGNED = Refusal(HTTPStatus.UNAUTHORIZED, "request.unsigned")
FORGED = Refusal(HTTPStatus.UNAUTHORIZED, "request.forged")
REPLAYED = Refusal(HTTPStatus.UNAUTHORIZED, "request.replayed")
CLOCK_SKEW = Refusal(HTTPStatus.UNAUTHORIZED, "request.clock_skew")
TOO_LARGE = Refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "record.too_large")
WRONG_TYPE = Refusal(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "record.wrong_type")
KEY_RETIRED = Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, "record.key_retired")
CONFLICT = Refusal(HTTPStatus.CONFLICT, "record.conflict")
UNSEALABLE = Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, "record.unsealable")
CONSENT_MALFORMED = Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, "consent.malformed")
CONSENT_CONFLICT = Refusal(HTTPStatus.CONFLICT, "consent.conflict")
MALFORMED = Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, "record.malformed")


def too_many(wait_s: float) -> Refusal:
    """Return the refusal of a terminal that asks too often, until `wait_s` have passed."""
    return Refusal(HTTPStatus.TOO_MANY_REQUESTS, "request.too_many", math.ceil(wait_s))


def busy(chance: float) -> Refusal:
    """Return the refusal of a register that has enough to do.

    Args:
        chance: from 0 to 1, so that those who wait do not come back all at once.
    """
    return Refusal(HTTPStatus.SERVICE_UNAVAILABLE, "register.busy", 1 + round(chance * _BUSY_S))


def admit(
    envelope: Envelope, *, opened_keys: Mapping[str, SealSuite], retired_keys: AbstractSet[str]
) -> Refusal | None:
    """Say by the envelope alone whether the body is worth reading; None if it is.

    Args:
        envelope: what comes around the body.
        opened_keys: the ids of the keys in use, each with the suite of its kind.
        retired_keys: the ids of keys that open no more.
    """
    if not _is_record_id(envelope.record_id):
        return MALFORMED
    if envelope.content_length is not None and envelope.content_length > LARGEST_SEALED_BYTES:
        return TOO_LARGE
    if envelope.content_type != CONTENT_TYPE:
        return WRONG_TYPE
    if envelope.key_id in retired_keys:
        return KEY_RETIRED
    if opened_keys.get(envelope.key_id) != envelope.suite:
        return WRONG_TYPE
    return None


def decide(envelope: Envelope, body: bytes, stored: Stored | None) -> Fresh | Replay | Refusal:
    """Say what the body is, given what is stored under its id."""
    if len(body) > LARGEST_SEALED_BYTES:
        return TOO_LARGE
    digest = hashlib.sha256(body)
    if envelope.content_digest != content_digest(digest.digest()):
        # Not the bytes that were sealed, so they would not open either.
        return UNSEALABLE
    if stored is None:
        return Fresh(digest.hexdigest())
    if (stored.terminal, stored.digest) == (envelope.terminal, digest.hexdigest()):
        return Replay(stored.receipt)
    return CONFLICT


def check(record: Record, envelope: Envelope) -> Refusal | None:
    """Say whether an opened record is what its envelope says; None if it is."""
    if (record.record_id, record.terminal) != (envelope.record_id, envelope.terminal):
        return MALFORMED
    if len(record.token_digest) != _DIGEST_BYTES or not record.number or not record.reference:
        return MALFORMED
    return None


def content_digest(digest: bytes) -> str:
    """Return the Content-Digest field for a body with this SHA-256."""
    return f"sha-256=:{base64.b64encode(digest).decode()}:"


def _is_record_id(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
