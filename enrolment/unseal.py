"""Read a record that was sealed to the register.

Source: RFC 9180; the other half is `kiosk.session.seal`.
"""

from collections.abc import Callable

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from wire import framing
from wire.record import Record, seal_info

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)

Opener = Callable[[bytes, bytes], bytes]
"""Opens sealed bytes, given the HPKE info; raises InvalidTag or ValueError if it cannot."""


class Unsealable(Exception):
    """Sealed to another key, for another terminal or record, or altered."""

    code = "record.unsealable"


class MalformedRecord(Exception):
    """The content is no record; it is not repeated."""

    code = "record.malformed"


def opener(key: X25519PrivateKey) -> Opener:
    """Return what opens with a key that lies in memory."""
    return lambda sealed, info: _SUITE.decrypt(sealed, key, info=info)


def unseal(sealed: bytes, *, opens: Opener, terminal: str, record_id: str) -> Record:
    """Return the record that was sealed for this terminal under this id.

    Raises:
        Unsealable: sealed to another key, for another place, or altered.
        MalformedRecord: what was sealed is no record.
    """
    try:
        content = opens(sealed, seal_info(terminal=terminal, record_id=record_id))
    except (InvalidTag, ValueError) as cause:
        raise Unsealable("does not open here") from cause
    try:
        record: Record = framing.decode(content, Record)
    except framing.BadMessage:
        raise MalformedRecord("opens, but is no record") from None
    return record
