"""Seal a record to the register's key: from here on the terminal cannot read it.

The sealed bytes are HPKE's encapsulated key followed by the ciphertext; which suite it
was goes beside them (`wire.sealing`).

Source: RFC 9180 (HPKE, base mode, single shot).
"""

from wire import framing, sealing
from wire.record import Record, seal_info


def seal(record: Record, *, register_key: bytes, terminal: str) -> bytes:
    """Return `record` sealed to the register's public key, bound to its place.

    Args:
        record: what the citizen consented to.
        register_key: the register's public key in its raw form, see `wire.sealing`.
        terminal: this terminal's name, as the register knows it.

    Raises:
        ValueError: `register_key` is no key, or the record names another terminal.
    """
    if record.terminal != terminal:
        raise ValueError("the record names another terminal")
    info = seal_info(terminal=terminal, record_id=record.record_id)
    suite = sealing.SUITES[sealing.suite_of(register_key)]
    return suite.encrypt(framing.encode(record), sealing.public_key(register_key), info=info)
