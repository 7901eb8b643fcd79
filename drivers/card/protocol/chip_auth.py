"""Chip authentication: only the chip with the key that was signed can go on talking.

Source: ICAO Doc 9303-11, 6.2; MSE:Set AT with GENERAL AUTHENTICATE for AES, MSE:Set KAT
for 3DES.
"""

from drivers.card.protocol import tlv
from drivers.card.protocol.apdu import CommandApdu, ResponseApdu
from drivers.card.protocol.curves import Draw
from drivers.card.protocol.der import oid_value
from drivers.card.protocol.dialogue import Dialogue
from drivers.card.protocol.errors import ChipCloned
from drivers.card.protocol.keys import TRIPLE_DES
from drivers.card.protocol.secure_messaging import SecureMessaging
from drivers.card.protocol.security_info import ChipKey


def authenticate(key: ChipKey, draw: Draw) -> Dialogue[SecureMessaging]:
    """Agree on new session keys with the chip's static key and return the new session.

    The proof comes with the next response: a chip without the key cannot protect it.

    Args:
        key: from DG14; believe it only after passive authentication of DG14.
        draw: gives our ephemeral private key.

    Raises:
        ChipCloned: the chip refuses.
    """
    ephemeral = key.curve.new_secret(draw)
    public = key.curve.encode(key.curve.generator * ephemeral)
    name = b"" if key.key_id is None else tlv.build(0x84, _number(key.key_id))
    if key.cipher is TRIPLE_DES:
        sent = tlv.build(0x91, public) + name
        _accepted((yield CommandApdu(0x00, 0x22, 0x41, 0xA6, sent)))
    else:
        order = tlv.build(0x80, oid_value(key.protocol)) + name
        _accepted((yield CommandApdu(0x00, 0x22, 0x41, 0xA4, order)))
        sent = tlv.build(0x7C, tlv.build(0x80, public))
        _accepted((yield CommandApdu(0x00, 0x86, 0x00, 0x00, sent, expected=256)))
    shared = key.curve.agree(ephemeral, key.curve.point(key.public))
    return SecureMessaging(shared, key.cipher)


def _accepted(response: ResponseApdu) -> None:
    if not response.ok:
        raise ChipCloned(f"chip authentication answered {response.status:04X}")


def _number(value: int) -> bytes:
    return value.to_bytes((value.bit_length() + 7) // 8 or 1, "big")
