"""A software chip: the card's end of PACE, secure messaging and chip authentication.

It answers one command at a time and keeps to the rules a good card keeps to; what is
wrong with it comes from the card's `Fault` alone.
Source: as for the terminal's end, `drivers.card.protocol`.
"""

import secrets

from drivers.card.personalise.card import Fault, VirtualCard
from drivers.card.profile.icao import APPLICATION, CARD_ACCESS, DG2
from drivers.card.protocol import pace, tlv
from drivers.card.protocol.apdu import CommandApdu, ResponseApdu
from drivers.card.protocol.errors import CardUnreadable
from drivers.card.protocol.secure_messaging import SecureMessaging
from drivers.card.protocol.security_info import (
    PaceInfo,
    chip_key,
    pace_infos,
    security_infos_of_dg14,
)
from drivers.errors import LocalProtocolError

ATR = bytes.fromhex("3B8480014755544F96")
"""A contactless-style answer to reset with the historical bytes "GUTO"."""
_SECURE_BITS = 0x0C
_FAULT_AT_OFFSET = 1500


class Gone(Exception):
    """The card leaves the reader now."""


class Mute(Exception):
    """The card says nothing more."""


def _status(status: int) -> ResponseApdu:
    return ResponseApdu(b"", status)


class Chip:
    """One power-up of one card."""

    def __init__(self, card: VirtualCard) -> None:
        self._card = card
        self._session: SecureMessaging | None = None
        self._selected: int | None = None
        self._in_application = False
        self._pace: _Pace | None = None
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
            return bytes(_status(0x6700))
        if not command.cla & _SECURE_BITS:
            return bytes(self._execute(command))
        if self._session is None:
            return bytes(_status(0x6988))
        session = self._session
        try:
            plain = session.unprotect_command(command)
        except CardUnreadable:
            self._session = None
            return bytes(_status(0x6988))
        response = bytes(session.protect_response(self._execute(plain)))
        if self._next is not None:
            self._session, self._next = self._next, None
        return response

    def _execute(self, command: CommandApdu) -> ResponseApdu:
        match (command.ins, command.p1, command.p2):
            case (0xA4, 0x04, 0x0C):
                response = self._select_application(command.data)
            case (0xA4, 0x02, 0x0C):
                response = self._select_file(command.data)
            case (0xB0, p1, p2):
                response = self._read(p1 << 8 | p2, command.expected or 0)
            case (0x22, 0xC1, 0xA4):
                response = self._begin_pace(command.data)
            case (0x22, 0x41, 0xA4):
                self._chip_ready = self._session is not None
                response = _status(0x9000 if self._chip_ready else 0x6982)
            case (0x86, 0x00, 0x00):
                response = self._general_authenticate(command)
            case _:
                response = _status(0x6D00)
        return response

    def _select_application(self, aid: bytes) -> ResponseApdu:
        if self._session is None:
            return _status(0x6982)
        self._in_application = aid == APPLICATION
        return _status(0x9000 if self._in_application else 0x6A82)

    def _select_file(self, data: bytes) -> ResponseApdu:
        file_id = int.from_bytes(data, "big")
        if file_id not in self._card.files:
            return _status(0x6A82)
        if file_id != CARD_ACCESS and not (self._session and self._in_application):
            return _status(0x6982)
        self._selected = file_id
        return _status(0x9000)

    def _read(self, offset: int, length: int) -> ResponseApdu:
        if self._selected is None:
            return _status(0x6986)
        if self._selected == DG2 and offset >= _FAULT_AT_OFFSET:
            if self._card.fault is Fault.TORN:
                raise Gone
            if self._card.fault is Fault.MUTE:
                raise Mute
        file = self._card.files[self._selected]
        if offset >= len(file):
            return _status(0x6B00)
        data = file[offset : offset + length]
        return ResponseApdu(data, 0x9000 if len(data) == length else 0x6282)

    def _begin_pace(self, data: bytes) -> ResponseApdu:
        offered = pace_infos(self._card.files[CARD_ACCESS])[0]
        try:
            wanted = tlv.fields(data)
        except CardUnreadable:
            return _status(0x6A80)
        if wanted.get(0x84) != bytes((offered.parameter_id,)):
            return _status(0x6A80)
        self._pace = _Pace(self._card.secret, offered)
        return _status(0x9000)

    def _general_authenticate(self, command: CommandApdu) -> ResponseApdu:
        try:
            sent = tlv.fields(tlv.only(command.data, 0x7C))
            if self._chip_ready:
                return self._authenticate_chip(tlv.need(sent, 0x80))
            if self._pace is None:
                return _status(0x6985)
            response, session = self._pace.step(sent)
        except CardUnreadable:
            self._pace = None
            return _status(0x6300)
        if session is not None:
            self._session, self._pace = session, None
        return response

    def _authenticate_chip(self, public: bytes) -> ResponseApdu:
        self._chip_ready = False
        key = chip_key(security_infos_of_dg14(self._card.files[0x010E]))
        shared = key.curve.agree(self._card.chip_secret, key.curve.point(public))
        self._next = SecureMessaging(shared, key_bytes=key.key_bytes)
        return ResponseApdu(tlv.build(0x7C, b""), 0x9000)


class _Pace:
    """The card's four steps of PACE."""

    def __init__(self, secret: bytes, info: PaceInfo) -> None:
        self._secret = secret
        self._info = info
        self._curve = info.curve
        self._nonce = secrets.token_bytes(16)
        self._mine = self._curve.new_secret(secrets.randbelow)
        self._shared = b""
        self._public = b""
        self._theirs = b""

    def step(self, sent: dict[int, bytes]) -> tuple[ResponseApdu, SecureMessaging | None]:
        """Answer one GENERAL AUTHENTICATE; the last one brings the session.

        Raises:
            CardUnreadable: the terminal broke the protocol, or does not know the password.
        """
        curve, key_bytes = self._curve, self._info.key_bytes
        if not sent:
            sealed = pace.seal_nonce(self._secret, self._nonce, key_bytes=key_bytes)
            return _data(0x80, sealed), None
        if 0x81 in sent:
            theirs = curve.point(sent[0x81])
            nonce = int.from_bytes(self._nonce, "big")
            generator = curve.mapped(nonce, theirs * self._mine)
            answer = _data(0x82, curve.encode(curve.generator * self._mine))
            self._mine = curve.new_secret(secrets.randbelow)
            self._public = curve.encode(generator * self._mine)
            return answer, None
        if 0x83 in sent:
            self._theirs = sent[0x83]
            self._shared = curve.agree(self._mine, curve.point(self._theirs))
            return _data(0x84, self._public), None
        if tlv.need(sent, 0x85) != pace.token(self._shared, self._info, self._public):
            raise CardUnreadable("the terminal's token is wrong")
        session = SecureMessaging(self._shared, key_bytes=key_bytes)
        return _data(0x86, pace.token(self._shared, self._info, self._theirs)), session


def _data(tag: int, value: bytes) -> ResponseApdu:
    return ResponseApdu(tlv.build(0x7C, tlv.build(tag, value)), 0x9000)
