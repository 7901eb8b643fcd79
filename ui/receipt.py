"""Paint the receipt: black on white, in the citizen's language, nothing personal on it.

The words are fitted, never cut: each block wraps and says how high it became.
"""

import io
from collections.abc import Callable
from typing import Final

import segno
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QImage, QPainter, QPen

from ui.shown import FAMILIES
from wire.screen import PaintReceipt, ReceiptPainted

Text = Callable[[str], str]

_DOTS_PER_MM: Final = 8
_MARGIN: Final = 2 * _DOTS_PER_MM
_TALLEST: Final = 2400
_QR_MM: Final = 44
"""Scanned by any phone from 15 cm, quiet zone included."""
_BLACK_BELOW: Final = 140
_QUIET_MODULES: Final = 4


class Slip:
    """A strip of paper that is painted from the top down."""

    def __init__(self, width: int, family: str) -> None:
        self.image = QImage(width, _TALLEST, QImage.Format.Format_Grayscale8)
        self.image.fill(Qt.GlobalColor.white)
        self.painter = QPainter(self.image)
        self._family = family
        self._width = width
        self.y = _MARGIN

    def space(self, millimetres: float) -> None:
        """Leave some paper."""
        self.y += round(millimetres * _DOTS_PER_MM)

    def text(
        self,
        words: str,
        size_mm: float,
        *,
        bold: bool = False,
        centred: bool = False,
        indent: int = 0,
    ) -> None:
        """Write wrapped words of so many millimetres."""
        font = QFont(self._family)
        font.setPixelSize(round(size_mm * _DOTS_PER_MM))
        font.setBold(bold)
        self.painter.setFont(font)
        place = QRect(_MARGIN + indent, self.y, self._width - 2 * _MARGIN - indent, _TALLEST)
        side = Qt.AlignmentFlag.AlignHCenter if centred else Qt.AlignmentFlag.AlignLeft
        flags = int(side) | int(Qt.TextFlag.TextWordWrap)
        self.y += self.painter.drawText(place, flags, words).height()

    def numbered(self, number: int, words: str) -> None:
        """Write a step with its number in a disc."""
        size = 6 * _DOTS_PER_MM
        top = self.y
        disc = QRect(_MARGIN, top, size, size)
        self.painter.setBrush(Qt.GlobalColor.black)
        self.painter.drawEllipse(disc)
        font = QFont(self._family)
        font.setPixelSize(round(4 * _DOTS_PER_MM))
        font.setBold(True)
        self.painter.setFont(font)
        self.painter.setPen(Qt.GlobalColor.white)
        self.painter.drawText(disc, int(Qt.AlignmentFlag.AlignCenter), str(number))
        self.painter.setPen(Qt.GlobalColor.black)
        self.text(words, 4.2, indent=size + 2 * _DOTS_PER_MM)
        self.y = max(self.y, top + size)

    def rule(self) -> None:
        """Draw a line across."""
        self.painter.setPen(QPen(Qt.GlobalColor.black, 3))
        self.painter.drawLine(_MARGIN, self.y, self._width - _MARGIN, self.y)

    def code(self, link: str) -> None:
        """Draw the QR code, each module a whole number of dots."""
        code = segno.make(link, error="m")
        modules = code.symbol_size(border=_QUIET_MODULES)[0]
        buffer = io.BytesIO()
        scale = _QR_MM * _DOTS_PER_MM // modules
        code.save(buffer, kind="png", scale=scale, border=_QUIET_MODULES)
        picture = QImage.fromData(buffer.getvalue())
        self.painter.drawImage((self._width - picture.width()) // 2, self.y, picture)
        self.y += picture.height()

    def rows(self) -> bytes:
        """Return the painted part as one-bit rows."""
        self.painter.end()
        height = self.y + _MARGIN
        return b"".join(_packed(self.image, row) for row in range(height))


def _packed(image: QImage, row: int) -> bytes:
    line = bytes(image.constScanLine(row))[: image.width()]  # type: ignore[call-overload]
    bits = "".join("1" if grey < _BLACK_BELOW else "0" for grey in line)
    return int(bits, 2).to_bytes(image.width() // 8, "big")


def paint(order: PaintReceipt, text: Text) -> ReceiptPainted:
    """Return the receipt as a bitmap.

    Args:
        order: what stands on it; nothing personal.
        text: the words of the citizen's language, by text id.
    """
    slip = Slip(order.width_px, FAMILIES[order.language])
    slip.text(text("wordmark"), 9, bold=True, centred=True)
    slip.text(text("receipt_title"), 5, centred=True)
    slip.space(3)
    slip.rule()
    slip.space(3)
    slip.text(text("receipt_done" if order.sent else "receipt_queued"), 4.6, bold=True)
    slip.space(4)
    for number in (1, 2, 3):
        slip.numbered(number, text(f"receipt_next_{number}"))
        slip.space(2)
    slip.space(1)
    slip.code(order.link)
    slip.text(text("receipt_scan"), 4, centred=True)
    slip.space(4)
    slip.rule()
    slip.space(3)
    slip.text(text("receipt_reference"), 4, centred=True)
    slip.text(order.reference, 9, bold=True, centred=True)
    slip.space(3)
    slip.text(
        text("receipt_printed_at").replace("%1", order.printed_at.replace("T", " ")),
        3.4,
        centred=True,
    )
    slip.space(1)
    slip.text(text("receipt_keep"), 3.4, centred=True)
    return ReceiptPainted(order.width_px, slip.rows())
