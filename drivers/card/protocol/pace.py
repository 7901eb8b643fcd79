"""PACE: a password becomes session keys, and nobody who listens learns either.

ECDH with generic mapping and AES. Both ends share the arithmetic; the dialogue is
the terminal's.
Source: ICAO Doc 9303-11, 4.4 (protocol), 9.4 (authentication token), 9.7 (keys).
"""

import hashlib
import hmac
from enum import IntEnum
from typing import Any

from drivers.card.protocol import tlv
from drivers.card.protocol.apdu import CommandApdu
from drivers.card.protocol.curves import Curve, Draw
from drivers.card.protocol.der import oid_value
from drivers.card.protocol.dialogue import Dialogue
from drivers.card.protocol.errors import CardUnreadable, KeyRefused
from drivers.card.protocol.keys import BLOCK, Purpose, decrypt, derive, encrypt, mac
from drivers.card.protocol.secure_messaging import SecureMessaging
from drivers.card.protocol.security_info import PaceInfo

_CHAINED, _LAST = 0x10, 0x00
_REFUSED = range(0x63C0, 0x63D0)
_NONCE_BYTES = (16, 32)
"""Whole blocks, at least as long as the key (9303-11, 4.4.1); cards with long keys differ."""


class Password(IntEnum):
    """What the password is (9303-11, table 6)."""

    MRZ = 1
    CAN = 2


def mrz_secret(number: str, birth: str, third: str) -> bytes:
    """Return the secret behind an MRZ-type password: SHA-1 over fields with check digits.

    Args:
        number: document number with check digit.
        birth: YYMMDD with check digit.
        third: YYMMDD with check digit; expiry in ICAO's, issue in our HKID profile.
    """
    return hashlib.sha1(f"{number}{birth}{third}".encode()).digest()  # noqa: S324  (9303-11, 9.7.2)


def seal_nonce(secret: bytes, nonce: bytes, *, key_bytes: int) -> bytes:
    """Encrypt the nonce under the password, as a card does."""
    return encrypt(derive(secret, Purpose.PASSWORD, key_bytes=key_bytes), bytes(BLOCK), nonce)


def open_nonce(secret: bytes, sealed: bytes, *, key_bytes: int) -> bytes:
    """Decrypt the nonce; a wrong password gives another nonce, no error."""
    return decrypt(derive(secret, Purpose.PASSWORD, key_bytes=key_bytes), bytes(BLOCK), sealed)


def token(shared: bytes, info: PaceInfo, other_public: bytes) -> bytes:
    """Return the token that proves knowledge of the shared secret.

    Args:
        shared: x-coordinate of the second key agreement.
        info: protocol in use.
        other_public: the point of the side the token is for.
    """
    key = derive(shared, Purpose.MAC, key_bytes=info.key_bytes)
    content = tlv.build(0x06, oid_value(info.protocol)) + tlv.build(0x86, other_public)
    return mac(key, tlv.build(0x7F49, content))


def _authenticate(cla: int, sent: bytes, expected_tag: int) -> Dialogue[bytes]:
    response = yield CommandApdu(cla, 0x86, 0x00, 0x00, tlv.build(0x7C, sent), expected=256)
    if response.status == 0x6300 or response.status in _REFUSED:
        raise KeyRefused(f"PACE answered {response.status:04X}")
    if not response.ok:
        raise CardUnreadable(f"PACE answered {response.status:04X}")
    return tlv.only(tlv.only(response.data, 0x7C), expected_tag)


def _exchange(cla: int, tag: int, curve: Curve, public: Any) -> Dialogue[Any]:
    """Send a point, return the card's."""
    answer = yield from _authenticate(cla, tlv.build(tag, curve.encode(public)), tag + 1)
    if answer == curve.encode(public):
        raise CardUnreadable("the card reflects our own point")
    return curve.point(answer)


def establish(
    secret: bytes, info: PaceInfo, draw: Draw, *, password: Password = Password.MRZ
) -> Dialogue[SecureMessaging]:
    """Run PACE and return the session.

    Args:
        secret: see `mrz_secret`; a CAN is its ASCII digits.
        info: the way in that the card offers.
        draw: gives our two private keys, for the mapping and for the agreement.
        password: what `secret` is.

    Raises:
        KeyRefused: the password is not the card's.
        CardUnreadable: the card broke the protocol.
    """
    curve = info.curve
    order = tlv.build(0x80, oid_value(info.protocol)) + tlv.build(0x83, bytes((password,)))
    order += tlv.build(0x84, bytes((info.parameter_id,)))
    response = yield CommandApdu(0x00, 0x22, 0xC1, 0xA4, order)
    if not response.ok:
        raise CardUnreadable(f"the card refuses PACE with {response.status:04X}")

    sealed = yield from _authenticate(_CHAINED, b"", 0x80)
    if len(sealed) not in _NONCE_BYTES:
        raise CardUnreadable(f"a nonce of {len(sealed)} bytes")
    nonce = open_nonce(secret, sealed, key_bytes=info.key_bytes)

    mapping = curve.new_secret(draw)
    theirs = yield from _exchange(_CHAINED, 0x81, curve, curve.generator * mapping)
    generator = curve.mapped(int.from_bytes(nonce, "big"), theirs * mapping)

    agreement = curve.new_secret(draw)
    ours = generator * agreement
    theirs = yield from _exchange(_CHAINED, 0x83, curve, ours)
    shared = curve.agree(agreement, theirs)

    proof = tlv.build(0x85, token(shared, info, curve.encode(theirs)))
    answer = yield from _authenticate(_LAST, proof, 0x86)
    if not hmac.compare_digest(answer, token(shared, info, curve.encode(ours))):
        raise KeyRefused("the card's token is wrong")
    return SecureMessaging(shared, key_bytes=info.key_bytes)
