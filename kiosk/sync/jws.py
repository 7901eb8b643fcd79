"""Open what the register signed.

Source: RFC 7515 (JWS compact serialisation), RFC 8037 (EdDSA).
"""

import base64
import binascii
from pathlib import Path

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

_PARTS = 3


class BadSignature(Exception):
    """Nothing the register signed; carries no content."""


class _Header(msgspec.Struct, frozen=True):
    alg: str
    crit: list[str] | None = None


def opened(jws: str, *, key: Ed25519PublicKey) -> bytes:
    """Return the payload of `jws` if `key` signed it.

    Raises:
        BadSignature: it is malformed, or signed by another or in another way.
    """
    parts = jws.split(".")
    if len(parts) != _PARTS:
        raise BadSignature("not three parts")
    header, payload, signature = (_decoded(part) for part in parts)
    try:
        named = msgspec.json.decode(header, type=_Header)
        key.verify(signature, f"{parts[0]}.{parts[1]}".encode())
    except (msgspec.DecodeError, UnicodeDecodeError, InvalidSignature) as cause:
        raise BadSignature("malformed, or signed by another") from cause
    if named.alg != "EdDSA" or named.crit is not None:
        raise BadSignature("not the agreed kind of signature")
    return payload


def _decoded(part: str) -> bytes:
    try:
        padded = part.encode("ascii") + b"=" * (-len(part) % 4)
        content = base64.b64decode(padded, altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError) as cause:
        raise BadSignature("not base64url") from cause
    # Bits that say nothing could be changed under a valid signature.
    if base64.urlsafe_b64encode(content) != padded:
        raise BadSignature("not the one spelling of base64url")
    return content


def receipt_key_in(path: Path) -> Ed25519PublicKey:
    """Return the register's key under receipts and offers (PEM).

    Raises:
        OSError: the file is missing.
        TypeError: it holds another kind of key.
    """
    key = load_pem_public_key(path.read_bytes())
    if not isinstance(key, Ed25519PublicKey):
        raise TypeError("the receipt key is no Ed25519 public key")
    return key
