"""Open a sealed record with the register's private key.

Source: RFC 9180; the other half is `kiosk.session.seal`.
"""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from wire import framing
from wire.record import Record, seal_info

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


class Unsealable(Exception):
    """Sealed to another key, for another terminal or record, or altered."""

    code = "record.unsealable"


class MalformedRecord(Exception):
    """The content is no record; it is not repeated."""

    code = "record.malformed"


def unseal(sealed: bytes, *, key: X25519PrivateKey, terminal: str, record_id: str) -> Record:
    """Return the record that was sealed for this terminal under this id.

    Raises:
        Unsealable: sealed to another key, for another place, or altered.
        MalformedRecord: what was sealed is no record.
    """
    try:
        content = _SUITE.decrypt(
            sealed, key, info=seal_info(terminal=terminal, record_id=record_id)
        )
    except (InvalidTag, ValueError) as cause:
        raise Unsealable("does not open here") from cause
    try:
        record: Record = framing.decode(content, Record)
    except framing.BadMessage:
        raise MalformedRecord("opens, but is no record") from None
    return record
