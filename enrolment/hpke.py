"""Open what was sealed by HPKE when the private key stays in a hardware module.

The module makes the one product that needs the key; everything after it is a public
algorithm. A test holds this against the library that seals.

Source: RFC 9180, 4.1 (DHKEM, Decap), 5.1 (key schedule, base mode), 7 (identifiers).
"""

import hashlib
import hmac
from collections.abc import Callable

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

KEY_BYTES = 32
_KEM = b"KEM" + bytes.fromhex("0020")
_SUITE = b"HPKE" + bytes.fromhex("0020 0001 0002")
_AEAD_KEY_BYTES = 32
_NONCE_BYTES = 12
_SECRET_BYTES = 32


def open_sealed(
    sealed: bytes, *, product: Callable[[bytes], bytes], public: bytes, info: bytes
) -> bytes:
    """Return what was sealed to the key whose public half is `public`.

    Args:
        sealed: the encapsulated key, then the ciphertext.
        product: X25519 of the private key with a public one.
        public: 32 bytes.
        info: what the sealing bound.

    Raises:
        cryptography.exceptions.InvalidTag: altered, or sealed for something else.
        ValueError: too short, or the encapsulated key is none.
    """
    encapsulated = sealed[:KEY_BYTES]
    if len(encapsulated) != KEY_BYTES:
        raise ValueError("shorter than an encapsulated key")
    shared = product(encapsulated)
    if not any(shared):
        raise ValueError("a point of small order")
    secret = _expanded(
        _KEM, _extracted(_KEM, b"", b"eae_prk", shared), b"shared_secret", encapsulated + public,
        _SECRET_BYTES,
    )  # fmt: skip
    context = (
        b"\0" + _extracted(_SUITE, b"", b"psk_id_hash", b"")
        + _extracted(_SUITE, b"", b"info_hash", info)
    )  # fmt: skip
    scheduled = _extracted(_SUITE, secret, b"secret", b"")
    key = _expanded(_SUITE, scheduled, b"key", context, _AEAD_KEY_BYTES)
    nonce = _expanded(_SUITE, scheduled, b"base_nonce", context, _NONCE_BYTES)
    return AESGCM(key).decrypt(nonce, sealed[KEY_BYTES:], b"")


def _extracted(suite: bytes, salt: bytes, label: bytes, content: bytes) -> bytes:
    return hmac.digest(salt, b"HPKE-v1" + suite + label + content, hashlib.sha256)


def _expanded(suite: bytes, key: bytes, label: bytes, content: bytes, length: int) -> bytes:
    info = length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + content
    return HKDFExpand(SHA256(), length, info).derive(key)
