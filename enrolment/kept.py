"""Seal what the register keeps of a citizen, each content under a key of its own.

The content's key is wrapped by the key of its purpose, which lies with the others
(`enrolment.keys`): whoever has the database alone can read nothing, and deleting the
row deletes the only way to the content.

Layout: wrapped key (40 bytes), nonce (12), AES-256-GCM ciphertext bound to purpose and
record.

Source: RFC 3394 (AES key wrap); NIST SP 800-38D (GCM).
"""

import secrets
from enum import StrEnum
from typing import Protocol

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_WRAPPED_BYTES = 40
_NONCE_BYTES = 12
_KEY_BITS = 256


class Purpose(StrEnum):
    """What is kept, and which key wraps its keys."""

    ACCOUNT = "account"
    """Name, birth and e-mail of an account's holder."""
    TEMPLATE = "template"
    """The facial template of somebody who opted in."""


class Wrapping(Protocol):
    """Wraps keys; see `enrolment.keys.Keys`."""

    def wrap(self, purpose: Purpose, key: bytes) -> bytes:
        """Return a 32-byte key wrapped by the key of a purpose."""
        ...

    def unwrap(self, purpose: Purpose, wrapped: bytes) -> bytes:
        """Return what was wrapped.

        Raises:
            ValueError: it was not, or by another key.
        """
        ...


def seal(content: bytes, *, purpose: Purpose, record_id: str, keys: Wrapping) -> bytes:
    """Return `content` sealed for a purpose and a record."""
    key = AESGCM.generate_key(_KEY_BITS)
    nonce = secrets.token_bytes(_NONCE_BYTES)
    sealed = AESGCM(key).encrypt(nonce, content, _bound(purpose, record_id))
    return keys.wrap(purpose, key) + nonce + sealed


def open_(sealed: bytes, *, purpose: Purpose, record_id: str, keys: Wrapping) -> bytes:
    """Return the content.

    Raises:
        ValueError: its key was wrapped by another.
        cryptography.exceptions.InvalidTag: altered, or of another record.
    """
    key = keys.unwrap(purpose, sealed[:_WRAPPED_BYTES])
    nonce = sealed[_WRAPPED_BYTES : _WRAPPED_BYTES + _NONCE_BYTES]
    content = sealed[_WRAPPED_BYTES + _NONCE_BYTES :]
    return AESGCM(key).decrypt(nonce, content, _bound(purpose, record_id))


def _bound(purpose: Purpose, record_id: str) -> bytes:
    return f"{purpose.value}\0{record_id}".encode()
