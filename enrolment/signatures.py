"""Verify that a terminal's own key signed a request that stores a record.

NO I/O: fields, certificate and time come in; what the signature states goes out.

Rule 1: the key is the one in the certificate of the connection: no other speaks for it.
Rule 2: a signature counts within its window of time, and once: the caller claims its
nonce in the transaction that stores what was signed.

Source: RFC 9421 in the profile of `wire.signature`.
"""

import hashlib
from dataclasses import dataclass
from functools import lru_cache

from cryptography import x509

from enrolment import intake
from enrolment.intake import Refusal
from wire import signing
from wire.record import SIGNATURE_TAG, SIGNED_FIELDS
from wire.signature import WINDOW_S, BadSignature, Covered, parse, signature_base


@dataclass(frozen=True, slots=True)
class Stated:
    """What a verified signature says of itself."""

    created: int
    """Seconds since the epoch, by the terminal's clock."""
    key: str
    """SHA-256 of the certificate (DER) whose key signed, hex."""
    nonce: str
    """Random, hex: no signature counts twice."""


def verify(
    covered: Covered, *, stated: str, signed: str, certificate: bytes, now: float
) -> Stated | Refusal:
    """Return what the signature states, or why the request is refused.

    Args:
        covered: what the request says of itself, with the fields of `wire.record.SIGNED_FIELDS`.
        stated: the Signature-Input field.
        signed: the Signature field.
        certificate: of the connection (DER).
        now: seconds since the epoch.
    """
    try:
        about, signature = parse(stated, signed, more=SIGNED_FIELDS)
        base = signature_base(covered, about)
    except BadSignature:
        return intake.UNSIGNED
    key = _key(certificate)
    is_ours = about.key_id == hashlib.sha256(certificate).hexdigest()
    if key is None or not is_ours or about.tag != SIGNATURE_TAG:
        return intake.FORGED
    try:
        signing.verify(key, about.algorithm, signature, base)
    except BadSignature:
        return intake.FORGED
    # Only the terminal itself is told the time: whoever forges learns nothing.
    if abs(about.created - now) > WINDOW_S:
        return intake.CLOCK_SKEW
    return Stated(about.created, about.key_id, about.nonce)


@lru_cache(maxsize=1024)
def _key(certificate: bytes) -> signing.PublicKey | None:
    key = x509.load_der_x509_certificate(certificate).public_key()
    return key if signing.verifies(key) else None
