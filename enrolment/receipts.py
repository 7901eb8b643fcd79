"""Sign receipts: the terminal erases its copy on the strength of one.

Source: RFC 7515 (JWS compact serialisation), RFC 8037 (EdDSA).
"""

import base64

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from wire.record import Receipt

_HEADER = b'{"alg":"EdDSA"}'


def sign(receipt: Receipt, key: Ed25519PrivateKey) -> str:
    """Return `receipt` as a compact JWS."""
    signed = f"{_encoded(_HEADER)}.{_encoded(msgspec.json.encode(receipt))}"
    return f"{signed}.{_encoded(key.sign(signed.encode()))}"


def _encoded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
