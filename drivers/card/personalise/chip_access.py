"""The card's end of the ways in: PACE with each mapping, and BAC.

Source: as for the terminal's end, `drivers.card.protocol`.
"""

import secrets
from collections.abc import Callable

from drivers.card.protocol import bac, tlv
from drivers.card.protocol.apdu import ResponseApdu
from drivers.card.protocol.curves import Point
from drivers.card.protocol.errors import CardUnreadable
from drivers.card.protocol.keys import Purpose, derive, pad
from drivers.card.protocol.pace_arithmetic import (
    chip_data_iv,
    integrated_field,
    nonce_lengths,
    seal_nonce,
    token,
)
from drivers.card.protocol.secure_messaging import SecureMessaging
from drivers.card.protocol.security_info import Mapping, PaceInfo

Step = tuple[ResponseApdu, SecureMessaging | None]


def data(tag: int, value: bytes) -> ResponseApdu:
    """Return dynamic authentication data of one object."""
    return ResponseApdu(tlv.build(0x7C, tlv.build(tag, value)), 0x9000)


class CardPace:
    """The card's four steps of PACE.

    Args:
        secret: the password's.
        info: which PACE.
        chip_secret: the static private key that chip authentication mapping proves.
        draw: gives private keys and the nonce.
    """

    def __init__(
        self,
        secret: bytes,
        info: PaceInfo,
        chip_secret: int,
        draw: Callable[[int], int] = secrets.randbelow,
    ) -> None:
        self._secret = secret
        self._info = info
        self._chip_secret = chip_secret
        self._draw = draw
        length = nonce_lengths(info)[0]
        self._nonce = draw(256**length).to_bytes(length, "big")
        self._mapping = info.curve.new_secret(draw)
        self._agreement = info.curve.new_secret(draw)
        self._public: Point | None = None
        self._shared = b""
        self._theirs = b""

    def step(self, sent: dict[int, bytes]) -> Step:
        """Answer one GENERAL AUTHENTICATE; the last one brings the session.

        Raises:
            CardUnreadable: the terminal broke the protocol, or does not know the password.
        """
        curve = self._info.curve
        if not sent:
            return data(0x80, seal_nonce(self._secret, self._nonce, self._info.cipher)), None
        if 0x81 in sent:
            generator, answer = self._map(sent[0x81])
            self._public = generator * self._agreement
            return data(0x82, answer), None
        if self._public is None:
            raise CardUnreadable("an agreement before a mapping")
        if 0x83 in sent:
            self._theirs = sent[0x83]
            self._shared = curve.agree(self._agreement, curve.point(self._theirs))
            return data(0x84, curve.encode(self._public)), None
        return self._finish(tlv.need(sent, 0x85), curve.encode(self._public))

    def _map(self, sent: bytes) -> tuple[Point, bytes]:
        curve = self._info.curve
        if self._info.mapping is Mapping.INTEGRATED:
            return curve.encoded_field(integrated_field(self._info, self._nonce, sent)), b""
        shared = curve.point(sent) * self._mapping
        generator = curve.mapped(int.from_bytes(self._nonce, "big"), shared)
        return generator, curve.encode(curve.generator * self._mapping)

    def _finish(self, proof: bytes, public: bytes) -> Step:
        if proof != token(self._shared, self._info, public):
            raise CardUnreadable("the terminal's token is wrong")
        answer = tlv.build(0x86, token(self._shared, self._info, self._theirs))
        if self._info.mapping is Mapping.CHIP_AUTHENTICATION:
            answer += tlv.build(0x8A, self._chip_data())
        session = SecureMessaging(self._shared, self._info.cipher)
        return ResponseApdu(tlv.build(0x7C, answer), 0x9000), session

    def _chip_data(self) -> bytes:
        cipher, order = self._info.cipher, self._info.curve.order
        factor = pow(self._chip_secret, -1, order) * self._mapping % order
        key = derive(self._shared, Purpose.ENCRYPTION, cipher)
        plain = pad(factor.to_bytes((order.bit_length() + 7) // 8, "big"), cipher.block)
        return cipher.encrypt(key, chip_data_iv(key, cipher), plain)


class CardBac:
    """The card's two steps of BAC."""

    def __init__(self, seed: bytes, draw: Callable[[int], int] = secrets.randbelow) -> None:
        self._keys = bac.BasicKeys.derived(seed)
        self._nonce = draw(256**bac.NONCE_BYTES).to_bytes(bac.NONCE_BYTES, "big")
        self._half = draw(256**bac.KEY_BYTES).to_bytes(bac.KEY_BYTES, "big")

    def challenge(self) -> ResponseApdu:
        """Give the nonce."""
        return ResponseApdu(self._nonce, 0x9000)

    def authenticate(self, sent: bytes) -> Step:
        """Answer EXTERNAL AUTHENTICATE with the session.

        Raises:
            CardUnreadable: not what was agreed.
            KeyRefused: another key.
        """
        plain = self._keys.open(sent)
        theirs, nonce, half = plain[:8], plain[8:16], plain[16:]
        if nonce != self._nonce or len(half) != bac.KEY_BYTES:
            raise CardUnreadable("BAC with other nonces than ours")
        answer = self._keys.seal(self._nonce + theirs + self._half)
        session = bac.session(half, self._half, theirs, self._nonce)
        return ResponseApdu(answer, 0x9000), session
