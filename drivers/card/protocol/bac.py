"""BAC: basic access control, the older way in; two 3DES keys from what is printed.

Whoever listens can find the keys by trying prints, so it is used only where a card
offers no PACE, and the evidence says so.
Source: ICAO Doc 9303-11, 4.3 (protocol), 9.7.2 (keys), appendix D (worked example).
"""

import hmac
from dataclasses import dataclass

from drivers.card.protocol.apdu import CommandApdu
from drivers.card.protocol.curves import Draw
from drivers.card.protocol.dialogue import Dialogue
from drivers.card.protocol.errors import CardUnreadable, KeyRefused
from drivers.card.protocol.keys import MAC_BYTES, TRIPLE_DES, Purpose, derive
from drivers.card.protocol.secure_messaging import SecureMessaging

NONCE_BYTES = 8
KEY_BYTES = 16
_SEALED_BYTES = 2 * NONCE_BYTES + KEY_BYTES
_WRONG_KEY = {0x6300, 0x6982, 0x6985, 0x6988}
"""What cards in the field answer to a key that is not theirs; the standard says 6300."""


@dataclass(frozen=True, slots=True, repr=False)
class BasicKeys:
    """The document basic access keys."""

    encryption: bytes
    authentication: bytes

    @classmethod
    def derived(cls, seed: bytes) -> "BasicKeys":
        """Derive both from the key seed."""
        return cls(
            derive(seed, Purpose.ENCRYPTION, TRIPLE_DES), derive(seed, Purpose.MAC, TRIPLE_DES)
        )

    def seal(self, plain: bytes) -> bytes:
        """Encrypt and append the MAC."""
        sealed = TRIPLE_DES.encrypt(self.encryption, bytes(TRIPLE_DES.block), plain)
        return sealed + TRIPLE_DES.token_mac(self.authentication, sealed)

    def open(self, answer: bytes) -> bytes:
        """Check the MAC and decrypt.

        Raises:
            KeyRefused: the MAC is of another key.
        """
        sealed, authentic = answer[:-MAC_BYTES], answer[-MAC_BYTES:]
        if not hmac.compare_digest(TRIPLE_DES.token_mac(self.authentication, sealed), authentic):
            raise KeyRefused("BAC with a MAC of another key")
        return TRIPLE_DES.decrypt_blocks(self.encryption, bytes(TRIPLE_DES.block), sealed)


def session(ours: bytes, theirs: bytes, our_nonce: bytes, card_nonce: bytes) -> SecureMessaging:
    """Return the session that both ends' key halves and nonces give."""
    seed = bytes(a ^ b for a, b in zip(ours, theirs, strict=True))
    counter = int.from_bytes(card_nonce[4:] + our_nonce[4:], "big")
    return SecureMessaging(seed, TRIPLE_DES, counter=counter)


def establish(seed: bytes, draw: Draw) -> Dialogue[SecureMessaging]:
    """Run BAC and return the session; the application is selected.

    Args:
        seed: 16 bytes, `AccessKey.seed`.
        draw: gives our nonce and our half of the key, in this order.

    Raises:
        KeyRefused: the seed is not the card's.
        CardUnreadable: the card broke the protocol.
    """
    keys = BasicKeys.derived(seed)
    challenge = yield CommandApdu(0x00, 0x84, 0x00, 0x00, expected=NONCE_BYTES)
    if not challenge.ok or len(challenge.data) != NONCE_BYTES:
        raise CardUnreadable(f"GET CHALLENGE answered {challenge.status:04X}")
    ours = draw(256**NONCE_BYTES).to_bytes(NONCE_BYTES, "big")
    half = draw(256**KEY_BYTES).to_bytes(KEY_BYTES, "big")
    sent = keys.seal(ours + challenge.data + half)
    answer = yield CommandApdu(0x00, 0x82, 0x00, 0x00, sent, expected=len(sent))
    if answer.status in _WRONG_KEY:
        raise KeyRefused(f"BAC answered {answer.status:04X}")
    if not answer.ok or len(answer.data) != _SEALED_BYTES + MAC_BYTES:
        raise CardUnreadable(f"BAC answered {answer.status:04X}")
    plain = keys.open(answer.data)
    if plain[: 2 * NONCE_BYTES] != challenge.data + ours:
        raise CardUnreadable("BAC with other nonces than ours")
    return session(half, plain[2 * NONCE_BYTES :], ours, challenge.data)
