"""Read a record that was sealed to the register.

Source: RFC 9180; the other half is `kiosk.session.seal`.
"""

from collections.abc import Callable

from cryptography.exceptions import InvalidTag

from wire import framing, sealing
from wire.record import Record, seal_info

Opener = Callable[[bytes, bytes], bytes]
"""Opens sealed bytes, given the HPKE info; raises InvalidTag or ValueError if it cannot."""


class Unsealable(Exception):
    """Sealed to another key, for another terminal or record, or altered."""

    code = "record.unsealable"


class MalformedRecord(Exception):
    """The content is no record; it is not repeated."""

    code = "record.malformed"


def opener(key: sealing.PrivateKey) -> Opener:
    """Return what opens with a key that lies in memory, in the suite of the key's kind."""
    suite = sealing.suite_for(key)
    return lambda sealed, info: suite.decrypt(sealed, key, info=info)


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
