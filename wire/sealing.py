"""The ways a record can be sealed: HPKE in base mode, single shot, one suite per kind of key.

The raw form of a public key says which suite it is for; HPKE binds the suite's
identifiers into every key it derives, so a suite cannot be exchanged afterwards.

Source: RFC 9180; for the hybrid draft-ietf-hpke-pq (ML-KEM-768 of FIPS 203 with
X25519), which is a draft of the IETF and no standard yet: a register has to ask for it
by publishing such a key.
"""

from types import MappingProxyType
from typing import Final

from cryptography.hazmat.primitives.asymmetric.mlkem import (
    MLKEM768PrivateKey,
    MLKEM768PublicKey,
)
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

from wire.record import SealSuite

PublicKey = X25519PublicKey | MLKEM768X25519PublicKey
PrivateKey = X25519PrivateKey | MLKEM768X25519PrivateKey

_X25519_BYTES: Final = 32
_MLKEM768_PUBLIC_BYTES: Final = 1184
_MLKEM768_SEED_BYTES: Final = 64

SUITES: Final = MappingProxyType(
    {
        SealSuite.X25519: Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM),
        SealSuite.MLKEM768_X25519: Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM),
    }
)


def suite_of(raw: bytes) -> SealSuite:
    """Return the suite that a public key in its raw form is for.

    Raises:
        ValueError: it is none of ours.
    """
    if len(raw) == _X25519_BYTES:
        return SealSuite.X25519
    if len(raw) == _MLKEM768_PUBLIC_BYTES + _X25519_BYTES:
        return SealSuite.MLKEM768_X25519
    raise ValueError("a sealing key has 32 bytes (X25519) or 1216 (ML-KEM-768 and X25519)")


def public_key(raw: bytes) -> PublicKey:
    """Return the public key: X25519, or the ML-KEM part followed by the X25519 part.

    Raises:
        ValueError: it is none of ours.
    """
    if suite_of(raw) is SealSuite.X25519:
        return X25519PublicKey.from_public_bytes(raw)
    return MLKEM768X25519PublicKey(
        MLKEM768PublicKey.from_public_bytes(raw[:_MLKEM768_PUBLIC_BYTES]),
        X25519PublicKey.from_public_bytes(raw[_MLKEM768_PUBLIC_BYTES:]),
    )


def private_key(raw: bytes) -> PrivateKey:
    """Return the private key: X25519, or the ML-KEM seed followed by the X25519 part.

    Raises:
        ValueError: it is none of ours.
    """
    if len(raw) == _X25519_BYTES:
        return X25519PrivateKey.from_private_bytes(raw)
    if len(raw) == _MLKEM768_SEED_BYTES + _X25519_BYTES:
        return MLKEM768X25519PrivateKey(
            MLKEM768PrivateKey.from_seed_bytes(raw[:_MLKEM768_SEED_BYTES]),
            X25519PrivateKey.from_private_bytes(raw[_MLKEM768_SEED_BYTES:]),
        )
    raise ValueError("an opening key has 32 bytes (X25519) or 96 (ML-KEM-768 and X25519)")


def suite_for(key: PrivateKey) -> Suite:
    """Return the suite that `key` opens."""
    hybrid = isinstance(key, MLKEM768X25519PrivateKey)
    return SUITES[SealSuite.MLKEM768_X25519 if hybrid else SealSuite.X25519]
