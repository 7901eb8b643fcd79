"""Verify that a request was signed by the key of a certificate, now, for this purpose.

NO I/O: the time comes in as an argument.

Source: RFC 9421, 3.3.4 and 3.3.6; the tolerance of five minutes is ours.
"""

import hmac

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from wire.signature import BadSignature, Covered, content_digest, parse, signature_base

TOLERANCE_S = 300
_SCALAR_BYTES = 32

Key = Ed25519PublicKey | ec.EllipticCurvePublicKey


class WrongClock(BadSignature):
    """Signed too long ago, or in the future."""

    code = "signature.clock"


def verify(
    covered: Covered,
    body: bytes,
    fields: tuple[str, str],
    *,
    key: Key,
    key_id: str,
    tag: str,
    now: float,
) -> None:
    """Return if the request was signed by `key`.

    Args:
        covered: what the request says of itself.
        body: its content.
        fields: Signature-Input and Signature.
        key: of the certificate that the caller has shown.
        key_id: SHA-256 of that certificate, hex.
        tag: what the signature must be for.
        now: seconds since 1970.

    Raises:
        WrongClock: created more than TOLERANCE_S from now; the signature holds.
        BadSignature: anything else is not as it must be.
    """
    parameters, signature = parse(*fields)
    if parameters.key_id != key_id or parameters.tag != tag:
        raise BadSignature("by another key, or for another purpose")
    if not hmac.compare_digest(covered.content_digest, content_digest(body)):
        raise BadSignature("of another content")
    base = signature_base(covered, parameters)
    try:
        _verify(key, parameters.algorithm, signature, base)
    except InvalidSignature:
        raise BadSignature("does not hold") from None
    if abs(now - parameters.created) > TOLERANCE_S:
        raise WrongClock("signed at another time")


def _verify(key: Key, algorithm: str, signature: bytes, base: bytes) -> None:
    if isinstance(key, Ed25519PublicKey):
        if algorithm != "ed25519":
            raise BadSignature("by another kind of key")
        key.verify(signature, base)
        return
    if algorithm != "ecdsa-p256-sha256" or len(signature) != 2 * _SCALAR_BYTES:
        raise BadSignature("by another kind of key")
    r, s = (
        int.from_bytes(part, "big")
        for part in (signature[:_SCALAR_BYTES], signature[_SCALAR_BYTES:])
    )
    key.verify(encode_dss_signature(r, s), base, ec.ECDSA(hashes.SHA256()))
