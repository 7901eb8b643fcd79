"""Sign and verify the bytes of `wire.signature` with a key of either kind.

NO I/O: keys come in.

Source: RFC 9421, 3.3.4 (ecdsa-p256-sha256: r, then s, 32 bytes each), 3.3.6 (ed25519).
"""

from typing import TypeGuard

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)

from wire.signature import ED25519, P256, BadSignature

_COORDINATE_BYTES = 32

PrivateKey = Ed25519PrivateKey | ec.EllipticCurvePrivateKey
PublicKey = Ed25519PublicKey | ec.EllipticCurvePublicKey


def signs(key: object) -> TypeGuard[PrivateKey]:
    """Say whether a private key is of a kind that signs requests."""
    on_curve = isinstance(key, ec.EllipticCurvePrivateKey) and isinstance(key.curve, ec.SECP256R1)
    return on_curve or isinstance(key, Ed25519PrivateKey)


def verifies(key: object) -> TypeGuard[PublicKey]:
    """Say whether a public key is of a kind that signs requests."""
    on_curve = isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1)
    return on_curve or isinstance(key, Ed25519PublicKey)


def algorithm(key: PrivateKey) -> str:
    """Return the name of the algorithm a key signs by."""
    return ED25519 if isinstance(key, Ed25519PrivateKey) else P256


def sign(key: PrivateKey, base: bytes) -> bytes:
    """Return the signature of `base`."""
    if isinstance(key, Ed25519PrivateKey):
        return key.sign(base)
    halves = decode_dss_signature(key.sign(base, ec.ECDSA(hashes.SHA256())))
    return b"".join(half.to_bytes(_COORDINATE_BYTES, "big") for half in halves)


def verify(key: PublicKey, algorithm: str, signature: bytes, base: bytes) -> None:
    """Return if `signature` is of `base` and by the holder of `key`.

    Raises:
        BadSignature: it is not, or of another algorithm than the key's.
    """
    try:
        if isinstance(key, Ed25519PublicKey):
            if algorithm != ED25519:
                raise BadSignature("by another kind of key")
            key.verify(signature, base)
            return
        if algorithm != P256 or len(signature) != 2 * _COORDINATE_BYTES:
            raise BadSignature("by another kind of key")
        r, s = (
            int.from_bytes(half, "big")
            for half in (signature[:_COORDINATE_BYTES], signature[_COORDINATE_BYTES:])
        )
        key.verify(encode_dss_signature(r, s), base, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        raise BadSignature("does not hold") from None
