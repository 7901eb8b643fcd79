"""Check the register's signature under a receipt.

Only after this may a payload be erased: the receipt must be the register's, and
about exactly the bytes that were sent.

Source: RFC 7515 (JWS compact serialisation), RFC 8037 (EdDSA).
"""

import base64
import binascii
import hashlib

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from wire.record import Receipt

_PARTS = 3


class BadReceipt(Exception):
    """No receipt of the register for this record; carries no content."""


class _Header(msgspec.Struct, frozen=True):
    alg: str
    crit: list[str] | None = None


def verify(
    jws: str, *, key: Ed25519PublicKey, record_id: str, terminal: str, sealed: bytes
) -> Receipt:
    """Return the receipt if the register signed it for exactly this record.

    Raises:
        BadReceipt: it is malformed, signed by another, or about something else.
    """
    parts = jws.split(".")
    if len(parts) != _PARTS:
        raise BadReceipt("not three parts")
    header, payload, signature = (_decoded(part) for part in parts)
    try:
        named = msgspec.json.decode(header, type=_Header)
        key.verify(signature, f"{parts[0]}.{parts[1]}".encode())
        receipt = msgspec.json.decode(payload, type=Receipt)
    except (msgspec.DecodeError, UnicodeDecodeError, InvalidSignature) as cause:
        raise BadReceipt("malformed, or signed by another") from cause
    if named.alg != "EdDSA" or named.crit is not None:
        raise BadReceipt("not the agreed kind of signature")
    about = (receipt.record_id, receipt.terminal, receipt.digest)
    if about != (record_id, terminal, hashlib.sha256(sealed).hexdigest()):
        raise BadReceipt("about another record")
    return receipt


def _decoded(part: str) -> bytes:
    try:
        padded = part.encode("ascii") + b"=" * (-len(part) % 4)
        content = base64.b64decode(padded, altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError) as cause:
        raise BadReceipt("not base64url") from cause
    # Bits that say nothing could be changed under a valid signature.
    if base64.urlsafe_b64encode(content) != padded:
        raise BadReceipt("not the one spelling of base64url")
    return content
