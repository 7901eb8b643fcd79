"""Verify that a terminal's own key signed a request.

NO I/O: fields, certificate and time come in; what the signature states goes out.

Rule 1: the key is the one in the certificate of the connection: no other speaks for it.
Rule 2: a signature counts within its window of time, and once: the caller claims its
nonce in the transaction that stores what was signed.

Source: RFC 9421 in the profile of `wire.record_signature`.
"""

import base64
import binascii
import hashlib
from collections.abc import Mapping
from functools import lru_cache

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from enrolment import intake
from enrolment.intake import Refusal
from wire import record_signature as signature
from wire.record_signature import COORDINATE_BYTES, LABEL, WINDOW_S, Stated

_PREFIX, _SUFFIX = f"{LABEL}=:", ":"


def verify(
    components: Mapping[str, str],
    *,
    stated: str,
    signed: str,
    certificate: bytes,
    now: float,
) -> Stated | Refusal:
    """Return what the signature states, or why the request is refused.

    Args:
        components: the value of each of `wire.record_signature.COMPONENTS`; empty if missing.
        stated: the Signature-Input field.
        signed: the Signature field.
        certificate: of the connection (DER).
        now: seconds since the epoch.
    """
    about = signature.parse(stated)
    raw = _raw(signed)
    if about is None or raw is None:
        return intake.UNSIGNED
    key = _key(certificate)
    if key is None or about.key != hashlib.sha256(certificate).hexdigest():
        return intake.FORGED
    r, s = (
        int.from_bytes(half, "big") for half in (raw[:COORDINATE_BYTES], raw[COORDINATE_BYTES:])
    )
    try:
        key.verify(
            encode_dss_signature(r, s),
            signature.base(components, about),
            ec.ECDSA(hashes.SHA256()),
        )
    except InvalidSignature:
        return intake.FORGED
    # Only the terminal itself is told the time: whoever forges learns nothing.
    if abs(about.created - now) > WINDOW_S:
        return intake.CLOCK_SKEW
    return about


@lru_cache(maxsize=1024)
def _key(certificate: bytes) -> ec.EllipticCurvePublicKey | None:
    key = x509.load_der_x509_certificate(certificate).public_key()
    if isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1):
        return key
    return None


def _raw(signed: str) -> bytes | None:
    if not (signed.startswith(_PREFIX) and signed.endswith(_SUFFIX)):
        return None
    try:
        raw = base64.b64decode(signed[len(_PREFIX) : -len(_SUFFIX)], validate=True)
    except (binascii.Error, ValueError):
        return None
    return raw if len(raw) == 2 * COORDINATE_BYTES else None
