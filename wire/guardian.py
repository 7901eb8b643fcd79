"""A guardian's consent for a minor: what terminal and register tell each other.

The terminal makes id and token, and shows the token as QR; the register holds the
token's digest alone, so nobody but the phone in front of the screen can answer.

Rule 1: nothing here is personal: who is asked for is a record id, and the code on the
terminal's screen that guardian and terminal both show.
Rule 2: a request is for one record of one terminal; a consent is good for no other.

This API is the project's own invention (docs/hkid.md).
"""

import base64
from enum import StrEnum
from typing import Annotated
from uuid import UUID

import msgspec

LARGEST_REQUEST_BYTES = 1024


class ConsentState(StrEnum):
    """What became of a request."""

    WAITING = "waiting"
    """No guardian has answered yet."""
    GIVEN = "given"
    DECLINED = "declined"
    EXPIRED = "expired"
    """Nobody answered in time."""
    WITHDRAWN = "withdrawn"
    """Given, and taken back."""

    @property
    def is_final(self) -> bool:
        """Whether the terminal need not ask again; a consent that was given holds for its visit."""
        return self is not ConsentState.WAITING


class ConsentRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Body of ``PUT /v1/guardian-consents/{id}``, JSON."""

    record_id: str
    """The minor's record, which is still to come."""
    reference: Annotated[str, msgspec.Meta(pattern="^[0-9A-Z-]{1,32}$")]
    """The code on the terminal's screen; guardian and terminal show the same."""
    token_digest: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
    """SHA-256 of the token in the QR, hex."""
    statement: Annotated[str, msgspec.Meta(pattern="^[0-9A-Za-z.-]{1,32}$")]
    """Version of the privacy statement and terms that guardian and minor read."""


class ConsentStanding(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a request stands: what the register answers."""

    state: ConsentState
    until: str
    """UTC, ISO 8601 to the second: so long a guardian may answer."""


def guardian_path(token: bytes) -> str:
    """Return the path of the guardian's page behind `token`: the end of the QR link."""
    return "/g/" + base64.urlsafe_b64encode(token).rstrip(b"=").decode()


def parse_request(body: bytes) -> ConsentRequest | None:
    """Return what a request's body asks for; None if it is none."""
    try:
        asked = msgspec.json.decode(body, type=ConsentRequest)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    return asked if is_id(asked.record_id) else None


def is_id(text: str) -> bool:
    """Say whether `text` is a UUID as we write it."""
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
