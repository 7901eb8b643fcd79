"""Chip authentication: only the chip with the key that was signed can go on talking.

Source: ICAO Doc 9303-11, 6.2 (chip authentication), with MSE:Set AT and GENERAL
AUTHENTICATE.
"""

from drivers.card.protocol import tlv
from drivers.card.protocol.apdu import CommandApdu
from drivers.card.protocol.curves import Draw
from drivers.card.protocol.der import oid_value
from drivers.card.protocol.dialogue import Dialogue
from drivers.card.protocol.errors import ChipCloned
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
    order = tlv.build(0x80, oid_value(key.protocol))
    if key.key_id is not None:
        order += tlv.build(
            0x84, key.key_id.to_bytes((key.key_id.bit_length() + 7) // 8 or 1, "big")
        )
    response = yield CommandApdu(0x00, 0x22, 0x41, 0xA4, order)
    if not response.ok:
        raise ChipCloned(f"the chip refuses chip authentication with {response.status:04X}")
    public = tlv.build(0x80, key.curve.encode(key.curve.generator * ephemeral))
    response = yield CommandApdu(0x00, 0x86, 0x00, 0x00, tlv.build(0x7C, public), expected=256)
    if not response.ok:
        raise ChipCloned(f"chip authentication answered {response.status:04X}")
    shared = key.curve.agree(ephemeral, key.curve.point(key.public))
    return SecureMessaging(shared, key_bytes=key.key_bytes)
