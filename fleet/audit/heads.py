"""Sign the audit's head once a day, so that a copy of it proves the rest. NO I/O.

Source of the bytes that are signed: ours, see `signed_bytes`; Ed25519 of RFC 8032.
"""

import hashlib

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


class Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The last entry of a day, signed."""

    day: int
    """Days since 1970, UTC."""
    count: int
    head: str
    key_id: str
    signature: str
    """Hex."""


def signed_bytes(day: int, count: int, head: str) -> bytes:
    """Return what is signed."""
    return f"fleet-audit-head-v1\n{day}\n{count}\n{head}\n".encode()


def key_id(key: Ed25519PublicKey) -> str:
    """Return the name of a key: the beginning of its hash."""
    raw = key.public_bytes(Encoding.Raw, PublicFormat.Raw)
    return hashlib.sha256(raw).hexdigest()[:16]


def sign(day: int, count: int, head: str, key: Ed25519PrivateKey) -> Head:
    """Return the signed head of a day."""
    signature = key.sign(signed_bytes(day, count, head)).hex()
    return Head(day, count, head, key_id(key.public_key()), signature)


def holds(head: Head, key: Ed25519PublicKey) -> bool:
    """Say whether `key` has signed that head."""
    try:
        key.verify(bytes.fromhex(head.signature), signed_bytes(head.day, head.count, head.head))
    except (InvalidSignature, ValueError):
        return False
    return head.key_id == key_id(key)
