"""Open a sealed record with the register's private key.

Source: RFC 9180; the other half is `kiosk.session.seal`.
"""

from cryptography.exceptions import InvalidTag

from wire import framing, sealing
from wire.record import Record, seal_info


class Unsealable(Exception):
    """Sealed to another key, for another terminal or record, or altered."""

    code = "record.unsealable"


class MalformedRecord(Exception):
    """The content is no record; it is not repeated."""

    code = "record.malformed"


def unseal(sealed: bytes, *, key: sealing.PrivateKey, terminal: str, record_id: str) -> Record:
    """Return the record that was sealed for this terminal under this id.

    Raises:
        Unsealable: sealed to another key, for another place, or altered.
        MalformedRecord: what was sealed is no record.
    """
    try:
        suite, info = sealing.suite_for(key), seal_info(terminal=terminal, record_id=record_id)
        content = suite.decrypt(sealed, key, info=info)
    except (InvalidTag, ValueError) as cause:
        raise Unsealable("does not open here") from cause
    try:
        record: Record = framing.decode(content, Record)
    except framing.BadMessage:
        raise MalformedRecord("opens, but is no record") from None
    return record
