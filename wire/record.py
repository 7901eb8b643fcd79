"""The enrolment record: what is sealed, how it travels, what the register answers.

Rule 1: only what the privacy statement names goes in.
Rule 2: the envelope around the sealed bytes holds nothing personal.
Rule 3: HPKE `info` binds version, terminal and record id (RFC 9180), so sealed
bytes cannot be moved to another record or terminal.

This API is the project's own invention: no public enrolment interface of
iAM Smart exists (docs/hkid.md).
"""

import base64
import hashlib
from enum import StrEnum

import msgspec

from wire.message import Message
from wire.screen import Language

RECORD_VERSION = 1
CONTENT_TYPE = "application/vnd.kiosk.record.v1"
SUITE_HEADER = "Enc-Suite"
KEY_ID_HEADER = "Enc-Key-Id"
"""Names the register's key that a record is sealed to, see `key_id`."""
SIGNATURE_TAG = "kiosk-record-v1"
"""What the signature of a record's request is for, see `wire.signature`."""
SIGNED_FIELDS = ("enc-suite", "enc-key-id", "trail-head")
"""What it covers beyond every request's components: how it is sealed, and the head of the trail."""
LARGEST_SEALED_BYTES = 4_000_000
TOKEN_BYTES = 16
"""Length of the activation token: 128 random bits, shown only as QR."""


class SealSuite(StrEnum):
    """How a record is sealed: HPKE suites by name, as they stand in the envelope."""

    X25519 = "HPKE-X25519-HKDF-SHA256-AES-256-GCM"
    MLKEM768_X25519 = "HPKE-MLKEM768-X25519-HKDF-SHA256-AES-256-GCM"
    """Holds against a quantum computer as long as either half does (`wire.sealing`)."""


SUITE = SealSuite.X25519
"""What a register that publishes no other key is sealed to."""


class Strength(StrEnum):
    """How strongly the comparison speaks for one person, as a class in place of scores.

    Source: ENFSI guideline for evaluative reporting in forensic science (2015),
    the verbal equivalents of likelihood ratios 1, 10, 100, 1000 and 10 000.
    """

    AGAINST = "against"
    """Strangers explain it at least as well."""
    WEAK = "weak"
    MODERATE = "moderate"
    MODERATELY_STRONG = "moderately_strong"
    STRONG = "strong"
    VERY_STRONG = "very_strong"


def strength(log10_likelihood_ratio: float) -> Strength:
    """Return the class of a likelihood ratio: below 1 against, then one class a decade."""
    classes = list(Strength)
    if not log10_likelihood_ratio > 0:
        return Strength.AGAINST
    return classes[min(1 + int(log10_likelihood_ratio), len(classes) - 1)]


class Consent(Message, frozen=True):
    """Which text was shown, in which version and language, and what was chosen."""

    statement: str
    """Version of the privacy statement and terms, e.g. ``2026-11``."""
    language: Language
    agreed_at: str
    """UTC, ISO 8601 to the second."""
    keep_template: bool
    """The separate opt-in to keep a facial template for step-up authentication."""


class Evidence(Message, frozen=True):
    """How the identity was verified: methods, versions, classes, outcome and time.

    No image, and no score: a score of a face is a measure of the person.
    """

    access: str
    chip: str
    """How the chip proved that it is no copy; empty if it did not."""
    print_check: str
    """What comparing chip and print said: ``agrees``, ``unsure``, or ``typed`` by the citizen."""
    copy_check: str
    """What the look for a copy said, a `wire.document.CopyCheck`."""
    sod_digest: bytes
    document_signer: bytes
    presentation: str
    """What the presentation-attack indicators said, a `wire.vision.Presentation`."""
    comparison: str
    """Class of the local pre-check, a `wire.vision.Comparison`."""
    strength: Strength
    photo_attempts: int
    verified_at: str
    """UTC, ISO 8601 to the second."""
    software: str
    staff_card: int = 0
    """Number of the service card of who compared citizen and card at a counter; 0 for nobody."""


class Record(Message, frozen=True):
    """The content that is sealed to the register's key."""

    record_id: str
    """UUID, made by the terminal."""
    terminal: str
    created_at: str
    """UTC, ISO 8601 to the second."""
    reference: str
    """The code on the receipt."""
    token_digest: bytes
    """SHA-256 of the activation token: the register never sees the token before the phone."""
    number: str
    name: str
    birth: str
    sex: str
    portrait: bytes
    photo: bytes
    consent: Consent
    evidence: Evidence
    issued: str = ""
    """Date of issue of the card, ``YYYYMMDD``: by it the register finds replaced cards."""
    guardian_consent: str = ""
    """Id of the consent that a guardian gave (`wire.guardian`); empty for an adult."""


class Verdict(StrEnum):
    """What the register decided."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    REFER = "refer"
    REJECTED = "rejected"


class Receipt(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the register signs: JWS payload (Ed25519, RFC 8037)."""

    record_id: str
    terminal: str
    digest: str
    """SHA-256 of the sealed bytes, hex."""
    verdict: Verdict
    received_at: str


def seal_info(*, terminal: str, record_id: str) -> bytes:
    """Return the HPKE info string that binds a sealed record to its place."""
    return f"kiosk-record-v{RECORD_VERSION}\0{terminal}\0{record_id}".encode()


def key_id(public_key: bytes) -> str:
    """Return the short name of a sealing key: it travels with what was sealed to it."""
    return hashlib.sha256(public_key).hexdigest()[:16]


def activation_path(token: bytes) -> str:
    """Return the path of the phone page behind `token`: the end of the QR link."""
    return "/a/" + base64.urlsafe_b64encode(token).rstrip(b"=").decode()


def token_digest(token: bytes) -> bytes:
    """Return what the record carries of the activation token."""
    return hashlib.sha256(token).digest()
