"""Read foreign logs from a file in the journal's export format (`journalctl -o export`).

For terminals whose logs are collected by something else, and for trying. The same lines
are taken as from the journal itself.

Source: systemd.io, "Journal Export Formats": entries end with an empty line; a field is
``NAME=value``, or its name, a length of 64 bits little-endian and as many bytes.
"""

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from kiosk.sync.journal import CARD_SERVICE, OF_A_FILE, Line, Read, source_of

_LENGTH: Final = struct.Struct("<Q")
_LARGEST: Final = 1 << 20
"""A field beyond it is damage, not a message."""
_ASKED: Final = frozenset({b"MESSAGE", b"_TRANSPORT", b"_SYSTEMD_UNIT"})


class BadExport(OSError):
    """The file is not in the export format; carries nothing of it."""


class ExportedJournal:
    """A file that may grow."""

    def __init__(self, path: Path) -> None:
        """Read the file at `path`."""
        self._path = path

    def after(self, cursor: str, *, most: int) -> Read:
        """Return up to `most` lines after `cursor`, see `Journal`; a shorter file is a new one.

        Raises:
            OSError: the file cannot be read, or holds something else (BadExport).
        """
        place = cursor.removeprefix(OF_A_FILE)
        begin = int(place) if place.isascii() and place.isdigit() else 0
        lines: list[Line] = []
        with self._path.open("rb") as file:
            if file.seek(0, 2) < begin:
                begin = 0
            file.seek(begin)
            for entry, end in _entries(file):
                begin = end
                kernel = entry.get(b"_TRANSPORT") == b"kernel"
                if kernel or entry.get(b"_SYSTEMD_UNIT") == CARD_SERVICE.encode():
                    text = entry.get(b"MESSAGE", b"").decode("utf-8", "replace")
                    lines.append(Line(source_of("kernel" if kernel else None), text))
                if len(lines) == most:
                    break
        return Read(lines, f"{OF_A_FILE}{begin}")


def _entries(file: BinaryIO) -> Iterator[tuple[dict[bytes, bytes], int]]:
    """Yield each whole entry with where it ends; one that is still being written is left."""
    entry: dict[bytes, bytes] = {}
    while line := file.readline(_LARGEST):
        if not line.endswith(b"\n"):
            if len(line) == _LARGEST:
                raise BadExport("a line without an end")
            return
        if line == b"\n":
            yield entry, file.tell()
            entry = {}
            continue
        name, is_text, value = line[:-1].partition(b"=")
        if not is_text:
            counted = _counted(file)
            if counted is None:
                return
            value = counted
        if name in _ASKED:
            entry[name] = value


def _counted(file: BinaryIO) -> bytes | None:
    """Return a field that says its length; None while it is not whole."""
    head = file.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    if length > _LARGEST:
        raise BadExport("a field longer than any message")
    value = file.read(length + 1)
    return value[:-1] if len(value) == length + 1 else None
