"""Select and read files on a card.

Source: ISO/IEC 7816-4, SELECT and READ BINARY; ICAO Doc 9303-10, 3 (files), and
9303-11, 9.8.5: an answer under AES secure messaging that fits a short response
carries at most 223 bytes of plain data.
"""

from collections.abc import Callable

from drivers.card.protocol import tlv
from drivers.card.protocol.apdu import OK, CommandApdu
from drivers.card.protocol.dialogue import Dialogue
from drivers.card.protocol.errors import CardUnreadable, FileNotOnCard

CHUNK = 223
_HEAD = 8
"""Enough for the tag and length of any file of ours."""
_WRAPPING = 4
"""Tag and length around what READ BINARY with odd instruction gives, at most."""
_NOT_FOUND = {0x6A82, 0x6A83}
_END_OF_FILE = 0x6282
_LAST_SHORT_OFFSET = 0x7FFF

Progress = Callable[[int, int], None]
"""Called with bytes read and bytes of the file."""


def select_application(aid: bytes) -> Dialogue[None]:
    """Select an application by its AID.

    Raises:
        FileNotOnCard: the card has none of that AID.
    """
    response = yield CommandApdu(0x00, 0xA4, 0x04, 0x0C, aid)
    if not response.ok:
        raise FileNotOnCard(f"SELECT application answered {response.status:04X}")


def select_file(file_id: int) -> Dialogue[None]:
    """Select an elementary file by its identifier.

    Raises:
        FileNotOnCard: no such file.
        CardUnreadable: refused for another reason.
    """
    response = yield CommandApdu(0x00, 0xA4, 0x02, 0x0C, file_id.to_bytes(2, "big"))
    if response.status in _NOT_FOUND:
        raise FileNotOnCard(f"no file {file_id:04X}")
    if not response.ok:
        raise CardUnreadable(f"SELECT file answered {response.status:04X}")


def _binary(offset: int, length: int) -> CommandApdu:
    if offset > _LAST_SHORT_OFFSET:
        place = tlv.build(0x54, offset.to_bytes(4, "big").lstrip(b"\0"))
        return CommandApdu(0x00, 0xB1, 0x00, 0x00, place, expected=length)
    return CommandApdu(0x00, 0xB0, offset >> 8, offset & 0xFF, expected=length)


def _read_binary(offset: int, length: int, *, chunk: int) -> Dialogue[bytes]:
    """Read some bytes at `offset`, up to `length`; a card may give less, never nothing."""
    far = offset > _LAST_SHORT_OFFSET
    response = yield _binary(offset, min(length + _WRAPPING if far else length, chunk))
    data = response.data
    if response.status not in {OK, _END_OF_FILE}:
        raise CardUnreadable(f"READ BINARY at {offset} answered {response.status:04X}")
    if far:
        data = tlv.only(data, 0x53)
    if not 0 < len(data) <= min(length, chunk):
        raise CardUnreadable(f"READ BINARY at {offset} gave {len(data)} bytes")
    return data


def read_file(
    file_id: int, *, chunk: int = CHUNK, progress: Progress | None = None
) -> Dialogue[bytes]:
    """Select a file of one TLV object and read it whole.

    Args:
        file_id: two-byte identifier.
        chunk: bytes asked for at a time.
        progress: told after each chunk.

    Raises:
        FileNotOnCard: no such file.
        CardUnreadable: no TLV object, or it ends before its length says.
    """
    yield from select_file(file_id)
    return (yield from read_selected(chunk=chunk, progress=progress))


def read_selected(*, chunk: int = CHUNK, progress: Progress | None = None) -> Dialogue[bytes]:
    """Read the selected file of one TLV object whole; see `read_file`.

    Raises:
        CardUnreadable: no TLV object, or it ends before its length says.
    """
    content = yield from _read_binary(0, _HEAD, chunk=chunk)
    _, length, start = tlv.header(content)
    total = start + length
    content = content[:total]
    while len(content) < total:
        content += yield from _read_binary(len(content), total - len(content), chunk=chunk)
        if progress:
            progress(len(content), total)
    return content
