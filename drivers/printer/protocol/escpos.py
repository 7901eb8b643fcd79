"""The few ESC/POS commands a receipt needs, and the status bytes that answer.

Source: the ESC/POS command set as published by its maker: ESC @, GS a, GS v 0, ESC J,
GS V 66, DLE EOT n, DLE DC4 8, GS r 1. Why not a library: docs/adr/0010.
"""

from collections.abc import Iterator
from enum import IntEnum

from drivers.errors import LocalProtocolError
from drivers.printer.errors import CoverOpen, PaperOut, PrinterFaulty
from drivers.printer.printer import Bitmap

BEGIN = b"\x1b@\x1da\0"
"""Initialise, and speak only when asked: status sent unasked looks like a fence."""
CLEAR = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"
"""Drop at once what is received and not printed; obeyed also when the printer is stuck."""
CLEARED = b"\x37\x25\0"
"""Answers CLEAR; nothing may be sent before it came."""
CUT = b"\x1dV\x42\x00"
"""Feed to the blade and cut partially."""
FENCE = b"\x1dr\x01"
"""Answered in turn: everything before it has been printed."""
BAND_ROWS = 48
"""3,464 bytes of a slip with its head: a receive buffer of 4 KB holds it whole."""
_FIXED_MASK, _FIXED = 0b1001_0011, 0b0001_0010
_FENCE_FIXED_MASK = 0b1001_0000
_FENCE_PAPER_OUT = 0b0000_1100


class Ask(IntEnum):
    """What DLE EOT asks for; answered at once, also when the printer is stuck."""

    OFFLINE_CAUSE = 2
    ERROR_CAUSE = 3
    PAPER = 4


def ask(what: Ask) -> bytes:
    """Return a real-time status request."""
    return bytes((0x10, 0x04, what))


def feed(rows: int) -> bytes:
    """Return the order to feed so many rows, at most 255."""
    return bytes((0x1B, 0x4A, rows))


def bands(bitmap: Bitmap) -> Iterator[bytes]:
    """Yield the raster commands of a bitmap, band after band.

    Raises:
        LocalProtocolError: its width is no whole number of bytes, or rows are cut.
    """
    width = bitmap.row_bytes
    if bitmap.width_px % 8 or not bitmap.rows or len(bitmap.rows) % width:
        raise LocalProtocolError("a bitmap of uneven rows")
    for start in range(0, bitmap.height_px, BAND_ROWS):
        rows = bitmap.rows[start * width : (start + BAND_ROWS) * width]
        height = len(rows) // width
        head = b"\x1dv0\0" + width.to_bytes(2, "little") + height.to_bytes(2, "little")
        yield head + rows


def is_status(answer: int) -> bool:
    """Say whether a byte can be the answer to DLE EOT: four of its bits are fixed."""
    return answer & _FIXED_MASK == _FIXED


def is_fence(answer: int) -> bool:
    """Say whether a byte can be the answer to the fence."""
    return answer & _FENCE_FIXED_MASK == 0


def fence_fault(answer: int) -> PaperOut | None:
    """Return what a fence complains of, or None: it may answer without paper."""
    return PaperOut("the paper ran out at a fence") if answer & _FENCE_PAPER_OUT else None


def fault(offline: int, error: int, paper: int) -> PrinterFaulty | None:
    """Return what three status bytes complain of, gravest first, or None."""
    if offline & 0b0000_0100:
        return CoverOpen("the cover is open")
    if paper & 0b0110_0000 or offline & 0b0010_0000:
        return PaperOut("the paper has run out")
    if error & 0b0010_1100 or offline & 0b0100_0000:
        return PrinterFaulty("a mechanical or unrecoverable error")
    return None
