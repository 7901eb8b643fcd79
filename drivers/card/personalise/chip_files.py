"""The files of a software chip, and what goes wrong while they are read.

Source: ISO/IEC 7816-4, SELECT and READ BINARY.
"""

from collections.abc import Callable

from drivers.card.personalise.card import VirtualCard
from drivers.card.personalise.spec import Fault
from drivers.card.protocol import tlv
from drivers.card.protocol.access import APPLICATION
from drivers.card.protocol.apdu import CommandApdu, ResponseApdu
from drivers.card.protocol.files import File
from drivers.card.protocol.lds import ATR_INFO, CARD_ACCESS, GROUPS, PORTRAIT

_FAULT_AT_OFFSET = 1500
_STINGY_BYTES = 100
_LONGEST_PLAIN = 200
_FREE = {CARD_ACCESS, ATR_INFO}
"""Readable before access."""


class Gone(Exception):
    """The card leaves the reader now."""


class Mute(Exception):
    """The card says nothing more."""


def status(word: int) -> ResponseApdu:
    """Return a response without data."""
    return ResponseApdu(b"", word)


class Storage:
    """What is selected, and what may be read."""

    def __init__(self, card: VirtualCard) -> None:
        self._card = card
        self._selected: File | None = None
        self.in_application = False
        self.may_read = False
        """Whether access was gained in this session."""
        self.is_spoilt = False
        """Whether the fault is due that garbles what the session says."""

    def select(self, command: CommandApdu) -> ResponseApdu:
        """Answer SELECT: an application, the master file, or a file."""
        if (command.p1, command.data) == (0x00, b"\x3f\x00"):
            self.in_application, self._selected = False, None
            return status(0x9000)
        if command.p1 == 0x04:
            if command.data in self._card.applications:
                return status(0x9000)
            if not (self.may_read or self._card.offers_bac):
                return status(0x6982)
            self.in_application = command.data == APPLICATION
            return status(0x9000 if self.in_application else 0x6A82)
        number = int.from_bytes(command.data, "big")
        return self._become(self._find(lambda file: file.file_id == number))

    def read(self, command: CommandApdu) -> ResponseApdu:
        """Answer READ BINARY with even and odd instruction."""
        wanted = command.expected or 0
        if command.ins == 0xB1:
            offset = int.from_bytes(tlv.only(command.data, 0x54), "big")
            response = self._bytes(offset, wanted - 4)
            return ResponseApdu(tlv.build(0x53, response.data), response.status)
        offset = command.p1 << 8 | command.p2
        if command.p1 & 0x80:
            found = self._become(self._find(lambda file: file.short_id == command.p1 & 0x1F))
            if not found.ok:
                return found
            offset = command.p2
        return self._bytes(offset, wanted)

    def _find(self, fits: Callable[[File], bool]) -> File | None:
        here = (f for f in self._card.files if f.in_application == self.in_application and fits(f))
        return next(here, None)

    def _become(self, file: File | None) -> ResponseApdu:
        if file is None:
            return status(0x6A82)
        if file not in _FREE and not self.may_read:
            return status(0x6982)
        self._selected = file
        return status(0x9000)

    def _bytes(self, offset: int, length: int) -> ResponseApdu:
        if self._selected is None:
            return status(0x6986)
        self._misbehave(offset)
        fault = self._card.fault
        if fault is Fault.NO_LONG_READS and length > _LONGEST_PLAIN:
            self.may_read = False
            return status(0x6700)
        if fault is Fault.SHORT_READS:
            length = min(length, _STINGY_BYTES)
        file = self._card.files[self._selected]
        if offset >= len(file):
            return status(0x6B00)
        data = file[offset : offset + length]
        return ResponseApdu(data, 0x9000 if len(data) == length else 0x6282)

    def _misbehave(self, offset: int) -> None:
        if self._selected != GROUPS[PORTRAIT] or offset < _FAULT_AT_OFFSET:
            return
        if self._card.fault is Fault.TORN:
            raise Gone
        if self._card.fault is Fault.MUTE:
            raise Mute
        self.is_spoilt = self._card.fault is Fault.BAD_MAC
