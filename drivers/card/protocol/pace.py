"""PACE: a password becomes session keys, and nobody who listens learns either.

ECDH with each of the three mappings. Both ends share the arithmetic, which stands in
`pace_arithmetic`; the dialogue here is the terminal's.
Source: ICAO Doc 9303-11, 4.4.
"""

import hmac
from dataclasses import dataclass

from drivers.card.protocol import tlv
from drivers.card.protocol.access_key import AccessKey
from drivers.card.protocol.apdu import CommandApdu
from drivers.card.protocol.curves import Curve, Draw, Point
from drivers.card.protocol.der import oid_value
from drivers.card.protocol.dialogue import Dialogue
from drivers.card.protocol.errors import CardUnreadable, KeyRefused
from drivers.card.protocol.keys import Purpose, decrypt, derive, unpad
from drivers.card.protocol.pace_arithmetic import (
    chip_data_iv,
    integrated_field,
    nonce_lengths,
    open_nonce,
    token,
)
from drivers.card.protocol.secure_messaging import SecureMessaging
from drivers.card.protocol.security_info import Mapping, PaceInfo

_CHAINED, _LAST = 0x10, 0x00
_REFUSED = range(0x63C0, 0x63D0)


@dataclass(frozen=True, slots=True, repr=False)
class ChipData:
    """What chip authentication mapping gave; to be held against EF.CardSecurity."""

    factor: int
    mapping_point: Point

    def proves(self, curve: Curve, public: bytes) -> bool:
        """Say whether the card holds the private half of `public` (9303-11, 4.4.3.5.2)."""
        if curve != self.mapping_point.curve or not 0 < self.factor < curve.order:
            return False
        return curve.point(public) * self.factor == self.mapping_point


@dataclass(frozen=True, slots=True, repr=False)
class Established:
    """A session, and with chip authentication mapping what proves the chip."""

    session: SecureMessaging
    chip_data: ChipData | None


def _authenticate(cla: int, sent: bytes) -> Dialogue[dict[int, bytes]]:
    response = yield CommandApdu(cla, 0x86, 0x00, 0x00, tlv.build(0x7C, sent), expected=256)
    if response.status == 0x6300 or response.status in _REFUSED:
        raise KeyRefused(f"PACE answered {response.status:04X}")
    if not response.ok:
        raise CardUnreadable(f"PACE answered {response.status:04X}")
    return tlv.fields(tlv.only(response.data, 0x7C))


def _step(cla: int, sent: bytes, expected_tag: int) -> Dialogue[bytes]:
    objects = yield from _authenticate(cla, sent)
    if objects.keys() != {expected_tag}:
        raise CardUnreadable(f"expected one object {expected_tag:X} and nothing else")
    return objects[expected_tag]


def _exchange(tag: int, curve: Curve, public: Point) -> Dialogue[Point]:
    """Send a point, return the card's."""
    ours = curve.encode(public)
    answer = yield from _step(_CHAINED, tlv.build(tag, ours), tag + 1)
    if answer == ours:
        raise CardUnreadable("the card reflects our own point")
    return curve.point(answer)


def _map(info: PaceInfo, nonce: bytes, draw: Draw) -> Dialogue[tuple[Point, Point | None]]:
    """Return the mapped generator, and the card's mapping point where there is one."""
    curve = info.curve
    if info.mapping is Mapping.INTEGRATED:
        ours = draw(256**info.cipher.key_bytes).to_bytes(info.cipher.key_bytes, "big")
        if (yield from _step(_CHAINED, tlv.build(0x81, ours), 0x82)):
            raise CardUnreadable("mapping data where there are none")
        return curve.encoded_field(integrated_field(info, nonce, ours)), None
    secret = curve.new_secret(draw)
    theirs = yield from _exchange(0x81, curve, curve.generator * secret)
    return curve.mapped(int.from_bytes(nonce, "big"), theirs * secret), theirs


def establish(key: AccessKey, info: PaceInfo, draw: Draw) -> Dialogue[Established]:
    """Run PACE and return the session.

    Args:
        key: the password.
        info: the way in that the card offers.
        draw: gives our private keys, for the mapping and for the agreement.

    Raises:
        KeyRefused: the password is not the card's.
        CardUnreadable: the card broke the protocol.
    """
    curve = info.curve
    order = tlv.build(0x80, oid_value(info.protocol)) + tlv.build(0x83, bytes((key.password,)))
    order += tlv.build(0x84, bytes((info.parameter_id,)))
    response = yield CommandApdu(0x00, 0x22, 0xC1, 0xA4, order)
    if not response.ok:
        raise CardUnreadable(f"the card refuses PACE with {response.status:04X}")

    sealed = yield from _step(_CHAINED, b"", 0x80)
    if len(sealed) not in nonce_lengths(info):
        raise CardUnreadable(f"a nonce of {len(sealed)} bytes")
    nonce = open_nonce(key.secret, sealed, info.cipher)
    generator, mapping_point = yield from _map(info, nonce, draw)

    agreement = curve.new_secret(draw)
    ours = generator * agreement
    theirs = yield from _exchange(0x83, curve, ours)
    shared = curve.agree(agreement, theirs)

    proof = tlv.build(0x85, token(shared, info, curve.encode(theirs)))
    answer = yield from _authenticate(_LAST, proof)
    if not hmac.compare_digest(tlv.need(answer, 0x86), token(shared, info, curve.encode(ours))):
        raise KeyRefused("the card's token is wrong")
    session = SecureMessaging(shared, info.cipher)
    if info.mapping is not Mapping.CHIP_AUTHENTICATION:
        if answer.keys() != {0x86}:
            raise CardUnreadable("more than a token at the end of PACE")
        return Established(session, None)
    assert mapping_point is not None
    factor = _chip_factor(shared, info, tlv.need(answer, 0x8A))
    return Established(session, ChipData(factor, mapping_point))


def _chip_factor(shared: bytes, info: PaceInfo, sealed: bytes) -> int:
    encryption = derive(shared, Purpose.ENCRYPTION, info.cipher)
    plain = decrypt(info.cipher, encryption, chip_data_iv(encryption, info.cipher), sealed)
    return int.from_bytes(unpad(plain, info.cipher.block), "big")
