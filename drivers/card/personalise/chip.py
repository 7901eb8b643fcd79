"""A software chip: the card's end of access, secure messaging, files and proofs.

It answers one command at a time and keeps to the rules a good card keeps to; what is
wrong with it comes from the card's `Fault` alone.
Source: as for the terminal's end, `drivers.card.protocol`.
"""

from drivers.card.personalise.card import VirtualCard
from drivers.card.personalise.chip_access import CardBac, CardPace, Step
from drivers.card.personalise.chip_files import Gone, Mute, Storage, status
from drivers.card.protocol import tlv
from drivers.card.protocol.access_key import Password
from drivers.card.protocol.apdu import CommandApdu, ResponseApdu
from drivers.card.protocol.der import oid_value
from drivers.card.protocol.errors import CardUnreadable, KeyRefused
from drivers.card.protocol.lds import CARD_ACCESS, GROUPS
from drivers.card.protocol.secure_messaging import SecureMessaging
from drivers.card.protocol.security_info import parse, parse_dg14
from drivers.errors import LocalProtocolError

__all__ = ["ATR", "Chip", "Gone", "Mute"]

ATR = bytes.fromhex("3B8480014755544F96")
"""A contactless-style answer to reset with the historical bytes "GUTO"."""
_SECURE_BITS = 0x0C


class Chip:
    """One power-up of one card."""

    def __init__(self, card: VirtualCard) -> None:
        self._card = card
        self._storage = Storage(card)
        self._session: SecureMessaging | None = None
        self._pace: CardPace | None = None
        self._bac: CardBac | None = None
        self._chip_ready = False
        self._next: SecureMessaging | None = None
        """The session after chip authentication: its answer still goes under the old keys."""

    def answer(self, encoded: bytes) -> bytes:
        """Return the encoded response to an encoded command.

        Raises:
            Gone: the card is torn out here.
            Mute: it stops answering here.
        """
        try:
            command = CommandApdu.parse(encoded)
        except LocalProtocolError:
            return bytes(status(0x6700))
        if command.is_extended and self._card.longest_answer <= 256:
            self._session = None
            return bytes(status(0x6700))
        if not command.cla & _SECURE_BITS:
            # A plain command ends secure messaging (9303-11, 9.8.3).
            self._session = None
            self._storage.may_read = False
            return bytes(self._execute(command))
        return bytes(self._securely(command))

    def _securely(self, command: CommandApdu) -> ResponseApdu:
        if self._session is None:
            return status(0x6988)
        session = self._session
        try:
            plain = session.unprotect_command(command)
        except CardUnreadable:
            self._session = None
            return status(0x6988)
        response = session.protect_response(self._execute(plain))
        if self._next is not None:
            self._session, self._next = self._next, None
        if self._storage.is_spoilt:
            return ResponseApdu(response.data[:-1] + b"\0", response.status)
        return response

    def _execute(self, command: CommandApdu) -> ResponseApdu:
        try:
            return self._dispatch(command)
        except KeyRefused:
            return status(0x6300)
        except CardUnreadable:
            self._pace = self._bac = None
            return status(0x6300 if command.ins in {0x82, 0x86} else 0x6A80)

    def _dispatch(self, command: CommandApdu) -> ResponseApdu:
        match (command.ins, command.p1, command.p2):
            case (0xA4, *_):
                response = self._storage.select(command)
            case ((0xB0 | 0xB1), *_):
                response = self._storage.read(command)
            case (0x22, 0xC1, 0xA4):
                response = self._begin_pace(command.data)
            case (0x22, 0x41, 0xA4):
                self._chip_ready = self._session is not None
                response = status(0x9000 if self._chip_ready else 0x6982)
            case (0x22, 0x41, 0xA6) if self._session:
                response = self._authenticate_chip(tlv.need(tlv.fields(command.data), 0x91), b"")
            case (0x84, 0x00, 0x00):
                response = self._begin_bac()
            case (0x82, 0x00, 0x00) if self._bac:
                response = self._entered(self._bac.authenticate(command.data))
            case (0x86, 0x00, 0x00):
                response = self._general_authenticate(command.data)
            case (0x88, 0x00, 0x00) if self._session and self._card.chip.sign:
                response = ResponseApdu(self._card.chip.sign(command.data), 0x9000)
            case _:
                response = status(0x6D00)
        return response

    def _entered(self, step: Step) -> ResponseApdu:
        response, session = step
        if session is not None:
            self._session, self._pace, self._bac = session, None, None
            self._storage.may_read = True
        return response

    def _begin_bac(self) -> ResponseApdu:
        if not self._storage.in_application or not self._card.offers_bac:
            return status(0x6982)
        self._bac = CardBac(self._card.secrets[Password.MRZ][:16])
        return self._bac.challenge()

    def _begin_pace(self, order: bytes) -> ResponseApdu:
        wanted = tlv.fields(order)
        for info in parse(self._card.files.get(CARD_ACCESS, b"\x31\x00")).pace:
            named = (wanted.get(0x80), wanted.get(0x84))
            if named == (oid_value(info.protocol), bytes((info.parameter_id,))):
                password = Password(tlv.need(wanted, 0x83)[0])
                if password not in self._card.secrets:
                    return status(0x6A88)
                secret = self._card.secrets[password]
                self._pace = CardPace(secret, info, self._card.chip.mapping_secret)
                return status(0x9000)
        return status(0x6A80)

    def _general_authenticate(self, content: bytes) -> ResponseApdu:
        sent = tlv.fields(tlv.only(content, 0x7C))
        if self._chip_ready:
            return self._authenticate_chip(tlv.need(sent, 0x80), tlv.build(0x7C, b""))
        if self._pace is None:
            return status(0x6985)
        return self._entered(self._pace.step(sent))

    def _authenticate_chip(self, public: bytes, answer: bytes) -> ResponseApdu:
        self._chip_ready = False
        key = parse_dg14(self._card.files[GROUPS[14]]).chip
        if key is None:
            return status(0x6A88)
        shared = key.curve.agree(self._card.chip.secret, key.curve.point(public))
        self._next = SecureMessaging(shared, key.cipher)
        return ResponseApdu(answer, 0x9000)
