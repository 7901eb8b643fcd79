"""Secure messaging with AES: every command and response encrypted and counted.

Both ends are here: the terminal protects commands, a virtual card responses.
Source: ICAO Doc 9303-11, 9.8.
"""

import hmac
from typing import TypeVar

from drivers.card.protocol import tlv
from drivers.card.protocol.apdu import CommandApdu, ResponseApdu
from drivers.card.protocol.dialogue import Dialogue
from drivers.card.protocol.errors import CardUnreadable
from drivers.card.protocol.keys import (
    BLOCK,
    Purpose,
    decrypt,
    derive,
    encrypt,
    encrypt_block,
    mac,
    pad,
    unpad,
)

T = TypeVar("T")
_SECURE = 0x0C
_PLAIN_CONTENT = b"\x01"
_CRYPTOGRAM, _EXPECTED, _STATUS, _MAC = 0x87, 0x97, 0x99, 0x8E


class SecureMessaging:
    """Session keys and the send sequence counter of one unbroken session."""

    def __init__(self, shared_secret: bytes, *, key_bytes: int = 16) -> None:
        """Derive both keys from `shared_secret`; the counter starts at zero."""
        self._encryption = derive(shared_secret, Purpose.ENCRYPTION, key_bytes=key_bytes)
        self._authentication = derive(shared_secret, Purpose.MAC, key_bytes=key_bytes)
        self._counter = 0

    def __repr__(self) -> str:
        return f"<SecureMessaging after {self._counter}>"

    def protect(self, command: CommandApdu) -> CommandApdu:
        """Return `command` as it goes over the link."""
        self._counter += 1
        header = bytes((command.cla | _SECURE,)) + command.header[1:]
        body = b""
        if command.data:
            sealed = encrypt(self._encryption, self._iv(), pad(command.data))
            body += tlv.build(_CRYPTOGRAM, _PLAIN_CONTENT + sealed)
        if command.expected is not None:
            wide = 2 if command.is_extended else 1
            body += tlv.build(_EXPECTED, (command.expected % (256**wide)).to_bytes(wide, "big"))
        body += tlv.build(_MAC, self._mac(pad(header) + body if body else header))
        # The answer's objects need room; an answer is as long as the channel carries.
        expected = 65_536 if command.is_extended else 256
        cla, ins, p1, p2 = header
        return CommandApdu(cla, ins, p1, p2, body, expected)

    def unprotect(self, response: ResponseApdu) -> ResponseApdu:
        """Return what the card said, if it was said in this session and in turn.

        Raises:
            CardUnreadable: not protected, altered, replayed, or out of order.
        """
        self._counter += 1
        objects = tlv.fields(response.data)
        if not objects.keys() <= {_CRYPTOGRAM, _STATUS, _MAC}:
            raise CardUnreadable("objects that secure messaging does not know")
        status = tlv.need(objects, _STATUS)
        covered = response.data[: -len(tlv.build(_MAC, objects.get(_MAC, b"")))]
        if not hmac.compare_digest(self._mac(covered), tlv.need(objects, _MAC)):
            raise CardUnreadable("a response with a wrong MAC")
        if len(status) != 2 or int.from_bytes(status, "big") != response.status:
            raise CardUnreadable("another status inside than outside")
        sealed = objects.get(_CRYPTOGRAM)
        return ResponseApdu(self._opened(sealed) if sealed else b"", response.status)

    def unprotect_command(self, command: CommandApdu) -> CommandApdu:
        """Return what a terminal asked, as a card sees it.

        Raises:
            CardUnreadable: not protected, altered, replayed, or out of order.
        """
        self._counter += 1
        objects = tlv.fields(command.data)
        covered = command.data[: -len(tlv.build(_MAC, objects.get(_MAC, b"")))]
        message = pad(command.header) + covered if covered else command.header
        if not hmac.compare_digest(self._mac(message), tlv.need(objects, _MAC)):
            raise CardUnreadable("a command with a wrong MAC")
        sealed, wanted = objects.get(_CRYPTOGRAM), objects.get(_EXPECTED)
        expected = None
        if wanted is not None:
            expected = int.from_bytes(wanted, "big") or 256 ** len(wanted)
        data = self._opened(sealed) if sealed else b""
        cla = command.cla & ~_SECURE
        return CommandApdu(cla, command.ins, command.p1, command.p2, data, expected)

    def protect_response(self, response: ResponseApdu) -> ResponseApdu:
        """Return `response` as it goes over the link, from the card's side."""
        self._counter += 1
        body = b""
        if response.data:
            sealed = encrypt(self._encryption, self._iv(), pad(response.data))
            body += tlv.build(_CRYPTOGRAM, _PLAIN_CONTENT + sealed)
        body += tlv.build(_STATUS, response.status.to_bytes(2, "big"))
        body += tlv.build(_MAC, self._mac(body))
        return ResponseApdu(body, response.status)

    def _iv(self) -> bytes:
        return encrypt_block(self._encryption, self._counter.to_bytes(BLOCK, "big"))

    def _mac(self, message: bytes) -> bytes:
        return mac(self._authentication, self._counter.to_bytes(BLOCK, "big") + pad(message))

    def _opened(self, cryptogram: bytes) -> bytes:
        if not cryptogram.startswith(_PLAIN_CONTENT):
            raise CardUnreadable("a cryptogram without its padding indicator")
        return unpad(decrypt(self._encryption, self._iv(), cryptogram[1:]))


def protected(inner: Dialogue[T], session: SecureMessaging) -> Dialogue[T]:
    """Hold `inner` under secure messaging.

    Raises:
        CardUnreadable: see `SecureMessaging.unprotect`; the session is over.
    """
    try:
        command = next(inner)
        while True:
            response = yield session.protect(command)
            command = inner.send(session.unprotect(response))
    except StopIteration as end:
        result: T = end.value
        return result
