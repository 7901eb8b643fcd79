"""Select applications and read files on a card.

A file is read by its short identifier: the first READ BINARY selects it and already
brings its length, so a file costs no command more than it has chunks.
Source: ISO/IEC 7816-4, SELECT and READ BINARY; ICAO Doc 9303-10, 3 (files).
"""

from collections.abc import Callable
from dataclasses import dataclass

from drivers.card.protocol import tlv
from drivers.card.protocol.apdu import OK, CommandApdu
from drivers.card.protocol.dialogue import Dialogue
from drivers.card.protocol.errors import CardUnreadable, FileNotOnCard, ReadRefused

_WRAPPING = 4
"""Tag and length around what READ BINARY with odd instruction gives, at most."""
_NOT_FOUND = {0x6A82, 0x6A83, 0x6A88}
_TOO_MUCH = {0x6700, 0x6B00, 0x6F00} | set(range(0x6C00, 0x6D00))
"""What cards answer to a length that they do not take; some end their session over it."""
_END_OF_FILE = 0x6282
_LAST_SHORT_OFFSET = 0x7FFF
_BY_SHORT_ID = 0x80
_HEADER_BYTES = 8
"""Enough for the tag and length of any file of ours."""

Progress = Callable[[int, int], None]
"""Called with bytes read and bytes of the file."""


@dataclass(frozen=True, slots=True)
class File:
    """An elementary file: where it is found."""

    name: str
    file_id: int
    short_id: int
    in_application: bool = True
    """Or in the master file, above all applications."""


def select_application(aid: bytes) -> Dialogue[None]:
    """Select an application by its AID.

    Raises:
        FileNotOnCard: the card has none of that AID.
    """
    response = yield CommandApdu(0x00, 0xA4, 0x04, 0x0C, aid)
    if not response.ok:
        raise FileNotOnCard(f"SELECT application answered {response.status:04X}")


def _binary(offset: int, length: int) -> CommandApdu:
    if offset > _LAST_SHORT_OFFSET:
        place = tlv.build(0x54, offset.to_bytes(4, "big").lstrip(b"\0"))
        return CommandApdu(0x00, 0xB1, 0x00, 0x00, place, expected=length)
    return CommandApdu(0x00, 0xB0, offset >> 8, offset & 0xFF, expected=length)


def read_start(file: File, *, chunk: int) -> Dialogue[bytes]:
    """Select a file by its short identifier and read its first piece, whatever it holds.

    Raises:
        FileNotOnCard: no such file.
        ReadRefused: the card does not take chunks of this length.
        CardUnreadable: refused for another reason, or nothing, or more than asked for.
    """
    response = yield CommandApdu(0x00, 0xB0, _BY_SHORT_ID | file.short_id, 0x00, expected=chunk)
    if response.status in _NOT_FOUND:
        raise FileNotOnCard(f"the card has no {file.name}")
    if response.status in _TOO_MUCH:
        raise ReadRefused(f"READ BINARY of {file.name} answered {response.status:04X}")
    if response.status not in {OK, _END_OF_FILE}:
        raise CardUnreadable(f"READ BINARY of {file.name} answered {response.status:04X}")
    if not 0 < len(response.data) <= chunk:
        raise CardUnreadable(f"{file.name} gave {len(response.data)} bytes")
    return response.data


def _next(file: File, offset: int, length: int, chunk: int) -> Dialogue[bytes]:
    """Read some bytes at `offset`, up to `length`; a card may give less, never nothing."""
    far = offset > _LAST_SHORT_OFFSET
    response = yield _binary(offset, min(length + _WRAPPING if far else length, chunk))
    if response.status not in {OK, _END_OF_FILE}:
        raise CardUnreadable(f"READ BINARY of {file.name} answered {response.status:04X}")
    data = tlv.only(response.data, 0x53) if far else response.data
    if not 0 < len(data) <= min(length, chunk):
        raise CardUnreadable(f"{file.name} gave {len(data)} bytes at {offset}")
    return data


def read_file(file: File, *, chunk: int, progress: Progress | None = None) -> Dialogue[bytes]:
    """Read a file of one TLV object whole.

    Args:
        file: which.
        chunk: bytes asked for at a time.
        progress: told after each chunk.

    Raises:
        FileNotOnCard: no such file.
        ReadRefused: the card does not take chunks of this length.
        CardUnreadable: no TLV object, or it ends before its length says.
    """
    content = bytearray((yield from read_start(file, chunk=chunk)))
    _, length, start = tlv.header(bytes(content[:_HEADER_BYTES]))
    total = start + length
    del content[total:]
    while True:
        if progress:
            progress(len(content), total)
        if len(content) == total:
            return bytes(content)
        content += yield from _next(file, len(content), total - len(content), chunk)


def least_commands(size: int, chunk: int) -> int:
    """Return the fewest READ BINARY that a file of `size` bytes can be read with."""
    return -(-size // chunk)
