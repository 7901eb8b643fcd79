"""Sign receipts and offers of keys: the terminal acts on the strength of both.

Source: RFC 7515 (JWS compact serialisation), RFC 8037 (EdDSA).
"""

import base64
from collections.abc import Callable

import msgspec

from wire.record import Receipt
from wire.register_keys import KeySet

_HEADER = b'{"alg":"EdDSA"}'


def sign(content: Receipt | KeySet, signature: Callable[[bytes], bytes]) -> str:
    """Return `content` as a compact JWS, signed by `signature` (Ed25519)."""
    signed = f"{_encoded(_HEADER)}.{_encoded(msgspec.json.encode(content))}"
    return f"{signed}.{_encoded(signature(signed.encode()))}"


def _encoded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
