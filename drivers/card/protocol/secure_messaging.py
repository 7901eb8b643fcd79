"""Secure messaging: every command and response encrypted and counted.

Both ends are here: the terminal protects commands, a virtual card responses.
Source: ICAO Doc 9303-11, 9.8; ISO/IEC 7816-4 for the objects of odd instructions.
"""

import hmac
from typing import TypeVar

from drivers.card.protocol import tlv
from drivers.card.protocol.apdu import CommandApdu, ResponseApdu
from drivers.card.protocol.dialogue import Dialogue
from drivers.card.protocol.errors import CardUnreadable, SessionBroken
from drivers.card.protocol.keys import AES_128, Cipher, Purpose, decrypt, derive, pad, unpad

T = TypeVar("T")
_SECURE = 0x0C
_PLAIN_CONTENT = b"\x01"
_CRYPTOGRAM, _TLV_CRYPTOGRAM = 0x87, 0x85
"""With a padding indicator before it; without one, for odd instructions (7816-4)."""
_EXPECTED, _STATUS, _MAC = 0x97, 0x99, 0x8E


class SecureMessaging:
    """Session keys and the send sequence counter of one unbroken session."""

    def __init__(self, secret: bytes, cipher: Cipher = AES_128, *, counter: int = 0) -> None:
        """Derive both keys from the shared `secret`; `counter` is not zero after BAC."""
        self.cipher = cipher
        self._encryption = derive(secret, Purpose.ENCRYPTION, cipher)
        self._authentication = derive(secret, Purpose.MAC, cipher)
        self._counter = counter
        self._odd = False

    def __repr__(self) -> str:
        return f"<SecureMessaging after {self._counter}>"

    def protect(self, command: CommandApdu) -> CommandApdu:
        """Return `command` as it goes over the link."""
        self._begin(command)
        header = bytes((command.cla | _SECURE,)) + command.header[1:]
        body = self._sealed(command.data)
        if command.expected is not None:
            wide = 2 if command.is_extended else 1
            body += tlv.build(_EXPECTED, (command.expected % (256**wide)).to_bytes(wide, "big"))
        body += tlv.build(_MAC, self._mac(self._pad(header) + body if body else header))
        # The answer's objects need room; an answer is as long as the channel carries.
        expected = 65_536 if command.is_extended else 256
        cla, ins, p1, p2 = header
        return CommandApdu(cla, ins, p1, p2, body, expected)

    def unprotect(self, response: ResponseApdu) -> ResponseApdu:
        """Return what the card said, if it was said in this session and in turn.

        Raises:
            SessionBroken: not protected, altered, replayed, or out of order.
        """
        self._counter += 1
        try:
            objects = tlv.fields(response.data)
            covered, authentic = _before_mac(response.data, objects)
        except CardUnreadable as error:
            raise SessionBroken(f"{error}, with status {response.status:04X}") from error
        if not hmac.compare_digest(self._mac(covered), authentic):
            raise SessionBroken("a response with a wrong MAC")
        if not objects.keys() <= {self._cryptogram, _STATUS, _MAC}:
            raise SessionBroken("objects that secure messaging does not know")
        if objects.get(_STATUS) != response.status.to_bytes(2, "big"):
            raise SessionBroken("another status inside than outside, or none")
        return ResponseApdu(self._opened(objects), response.status)

    def unprotect_command(self, command: CommandApdu) -> CommandApdu:
        """Return what a terminal asked, as a card sees it.

        Raises:
            CardUnreadable: malformed.
            SessionBroken: not protected, altered, replayed, or out of order.
        """
        self._begin(command)
        objects = tlv.fields(command.data)
        covered, authentic = _before_mac(command.data, objects)
        message = self._pad(command.header) + covered if covered else command.header
        if not hmac.compare_digest(self._mac(message), authentic):
            raise SessionBroken("a command with a wrong MAC")
        wanted = objects.get(_EXPECTED)
        expected = None
        if wanted is not None:
            expected = int.from_bytes(wanted, "big") or 256 ** len(wanted)
        data = self._opened(objects)
        cla = command.cla & ~_SECURE
        return CommandApdu(cla, command.ins, command.p1, command.p2, data, expected)

    def protect_response(self, response: ResponseApdu) -> ResponseApdu:
        """Return `response` as it goes over the link, from the card's side."""
        self._counter += 1
        body = self._sealed(response.data)
        body += tlv.build(_STATUS, response.status.to_bytes(2, "big"))
        body += tlv.build(_MAC, self._mac(body))
        return ResponseApdu(body, response.status)

    def _begin(self, command: CommandApdu) -> None:
        self._counter += 1
        self._odd = command.ins % 2 == 1

    @property
    def _cryptogram(self) -> int:
        return _TLV_CRYPTOGRAM if self._odd else _CRYPTOGRAM

    @property
    def _indicator(self) -> bytes:
        return b"" if self._odd else _PLAIN_CONTENT

    def _iv(self) -> bytes:
        return self.cipher.iv(self._encryption, self._counter)

    def _pad(self, data: bytes) -> bytes:
        return pad(data, self.cipher.block)

    def _mac(self, message: bytes) -> bytes:
        counter = self._counter.to_bytes(self.cipher.block, "big")
        return self.cipher.mac(self._authentication, counter + self._pad(message))

    def _sealed(self, data: bytes) -> bytes:
        if not data:
            return b""
        sealed = self.cipher.encrypt(self._encryption, self._iv(), self._pad(data))
        return tlv.build(self._cryptogram, self._indicator + sealed)

    def _opened(self, objects: dict[int, bytes]) -> bytes:
        cryptogram = objects.get(self._cryptogram)
        if cryptogram is None:
            return b""
        if not cryptogram.startswith(self._indicator):
            raise SessionBroken("a cryptogram without its padding indicator")
        sealed = cryptogram[len(self._indicator) :]
        plain = decrypt(self.cipher, self._encryption, self._iv(), sealed)
        return unpad(plain, self.cipher.block)


def room(longest_answer: int, cipher: Cipher) -> int:
    """Return how many plain bytes a protected answer of `longest_answer` bytes carries."""
    status_and_mac = len(tlv.build(_STATUS, bytes(2)) + tlv.build(_MAC, bytes(8)))
    left = longest_answer - status_and_mac
    header = len(tlv.build(_CRYPTOGRAM, bytes(left))) - left
    blocks = (left - header - len(_PLAIN_CONTENT)) // cipher.block
    return blocks * cipher.block - 1


def _before_mac(encoded: bytes, objects: dict[int, bytes]) -> tuple[bytes, bytes]:
    """Return what the MAC, the last object, is over, and the MAC."""
    authentic = tlv.need(objects, _MAC)
    return encoded[: -len(tlv.build(_MAC, authentic))], authentic


def protected(inner: Dialogue[T], session: SecureMessaging) -> Dialogue[T]:
    """Hold `inner` under secure messaging.

    Raises:
        SessionBroken: see `SecureMessaging.unprotect`; the session is over.
    """
    try:
        command = next(inner)
        while True:
            response = yield session.protect(command)
            command = inner.send(session.unprotect(response))
    except StopIteration as end:
        result: T = end.value
        return result
