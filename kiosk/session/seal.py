"""Seal a record to the register's key: from here on the terminal cannot read it.

Source: RFC 9180 (HPKE, base mode, single shot); suite `wire.record.SUITE`. The
sealed bytes are the encapsulated key followed by the ciphertext.
"""

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from wire import framing
from wire.record import Record, seal_info

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def seal(record: Record, *, register_key: bytes, terminal: str) -> bytes:
    """Return `record` sealed to the register's public key, bound to its place.

    Args:
        record: what the citizen consented to.
        register_key: the register's X25519 public key, 32 bytes.
        terminal: this terminal's name, as the register knows it.

    Raises:
        ValueError: `register_key` is no key, or the record names another terminal.
    """
    if record.terminal != terminal:
        raise ValueError("the record names another terminal")
    info = seal_info(terminal=terminal, record_id=record.record_id)
    key = X25519PublicKey.from_public_bytes(register_key)
    return _SUITE.encrypt(framing.encode(record), key, info=info)
