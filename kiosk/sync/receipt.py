"""Check the register's signature under a receipt.

Only after this may a payload be erased: the receipt must be the register's, and
about exactly the bytes that were sent.
"""

import hashlib

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from kiosk.sync.jws import BadSignature, opened
from wire.record import Receipt


class BadReceipt(Exception):
    """No receipt of the register for this record; carries no content."""


def verify(
    jws: str, *, key: Ed25519PublicKey, record_id: str, terminal: str, sealed: bytes
) -> Receipt:
    """Return the receipt if the register signed it for exactly this record.

    Raises:
        BadReceipt: it is malformed, signed by another, or about something else.
    """
    try:
        receipt = msgspec.json.decode(opened(jws, key=key), type=Receipt)
    except (BadSignature, msgspec.DecodeError, UnicodeDecodeError) as cause:
        raise BadReceipt("malformed, or signed by another") from cause
    about = (receipt.record_id, receipt.terminal, receipt.digest)
    if about != (record_id, terminal, hashlib.sha256(sealed).hexdigest()):
        raise BadReceipt("about another record")
    return receipt
