"""A service-mediated card: the terminal carries a token, a broker gives the data.

Departments let others read their cards without giving the keys away: the card hands out
a token, the token goes to the department's broker, and the broker answers with what the
card says. No interface of that kind is public; this is a worked example of the shape,
tried against a local broker (tests/servers/test_mediated_card.py).

Rule: the broker is believed for its signature over our nonce and this token, and the
card's files still for their issuer's. The chip proves itself to the broker, not to us;
the evidence says so.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from drivers.card.profile.authenticity import authenticated, card_read
from drivers.card.profile.plan import ReadPlan
from drivers.card.profile.provenance import ChipProof
from drivers.card.profile.reading import LAST_SHARE, CardRead, Print, Progress, Step
from drivers.card.protocol import security_object, tlv
from drivers.card.protocol.apdu import CommandApdu
from drivers.card.protocol.curves import Draw
from drivers.card.protocol.dialogue import Dialogue
from drivers.card.protocol.errors import CardUnreadable, FileNotOnCard, SignatureBad
from drivers.card.protocol.files import select_application
from drivers.card.protocol.trust import TrustStore

APPLICATION = bytes.fromhex("F0484B544F4B454E")
"""Of our own: a proprietary identifier (ISO/IEC 7816-5), "HKTOKEN"."""
NONCE_BYTES = 16
_LONGEST_TOKEN = 200
_PURPOSE = b"mediated card reading 1"
_ANSWER, _FILES, _SIGNATURE = 0x30, 0xA0, 0x81
_OF_SOD = 0x9F77
_OF_GROUP = {1: 0x9F61, 2: 0x9F75}


class Broker(Protocol):
    """Whoever turns a token into data; the transport is the department's."""

    def redeem(self, token: bytes, nonce: bytes) -> bytes:
        """Return the broker's signed answer, see `build_answer`.

        Raises:
            DeviceError: it cannot be reached, or knows no such token.
        """


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class TokenOpening:
    """One token of one card."""

    nonce: bytes
    name: str = "mediated by a broker"
    gap: str = "access and chip: the broker's word, not seen by this terminal"


@dataclass(frozen=True, slots=True, repr=False)
class Token:
    """What the card handed out."""

    opened: TokenOpening
    token: bytes


def signed_message(token: bytes, nonce: bytes, files: bytes) -> bytes:
    """Return what a broker signs: purpose, our nonce, the token's and the files' hashes."""
    return _PURPOSE + nonce + hashlib.sha256(token).digest() + hashlib.sha256(files).digest()


def build_files(sod: bytes, groups: dict[int, bytes]) -> bytes:
    """Write EF.SOD, DG1 and DG2 as a broker sends them."""
    of_groups = (tlv.build(tag, groups[number]) for number, tag in _OF_GROUP.items())
    return tlv.build(_OF_SOD, sod) + b"".join(of_groups)


def build_answer(files: bytes, signature: bytes) -> bytes:
    """Write a broker's answer."""
    return tlv.build(_ANSWER, tlv.build(_FILES, files) + tlv.build(_SIGNATURE, signature))


@dataclass(frozen=True, slots=True)
class MediatedProfile:
    """Cards that a broker reads for us."""

    broker: Broker
    broker_key: Ed25519PublicKey
    name: str = "mediated"

    def probe(self) -> Dialogue[bool]:
        """Say whether the card has the token application."""
        try:
            yield from select_application(APPLICATION)
        except FileNotOnCard:
            return False
        return True

    def open(self, printed: Print, plan: ReadPlan, draw: Draw) -> Dialogue[TokenOpening]:
        """Select the application; nothing printed is needed."""
        del printed, plan
        yield from select_application(APPLICATION)
        return TokenOpening(draw(256**NONCE_BYTES).to_bytes(NONCE_BYTES, "big"))

    def read(
        self,
        opened: TokenOpening,
        plan: ReadPlan,
        trust: TrustStore,
        draw: Draw,
        progress: Progress,
    ) -> Dialogue[Token]:
        """Ask for a token over our nonce.

        Raises:
            CardUnreadable: the card gives none, or one that is too long.
        """
        del plan, trust, draw
        response = yield CommandApdu(0x00, 0x88, 0x00, 0x00, opened.nonce, expected=256)
        if not response.ok or not 0 < len(response.data) <= _LONGEST_TOKEN:
            raise CardUnreadable(f"the card gives no token: {response.status:04X}")
        progress(Step.PORTRAIT, LAST_SHARE)
        return Token(opened, response.data)

    def verify(self, contents: Token, printed: Print, trust: TrustStore, now: datetime) -> CardRead:
        """Redeem the token and verify what comes.

        Raises:
            SignatureBad: the broker's signature does not hold for this token and nonce.
            NotGenuine: see `authenticated`.
            CardUnreadable: malformed.
            DeviceError: the broker's, see `Broker.redeem`.
        """
        nonce, token = contents.opened.nonce, contents.token
        answer = tlv.fields(tlv.only(self.broker.redeem(token, nonce), _ANSWER))
        files = tlv.need(answer, _FILES)
        try:
            message = signed_message(token, nonce, files)
            self.broker_key.verify(tlv.need(answer, _SIGNATURE), message)
        except InvalidSignature:
            raise SignatureBad("the broker's signature does not hold") from None
        objects = tlv.fields(files)
        signed = security_object.parse(tlv.need(objects, _OF_SOD), trust.policy)
        groups = {number: tlv.need(objects, tag) for number, tag in _OF_GROUP.items()}
        authentic = authenticated(contents.opened, signed, groups, trust, now=now)
        proof = ChipProof(contents.opened, "proved to the broker", None)
        return card_read(authentic, proof, printed)
