"""Paint the test slip: bars, greys and a code, by which staff sees whether the printer is good."""

from typing import Final

from PySide6.QtCore import QRect, Qt

from ui.receipt import Slip, Text
from ui.shown import FAMILIES
from wire.screen import PaintTestSlip, ReceiptPainted

_BARS: Final = (1, 2, 4, 8, 16)
"""Their height in dots: a dot of the head that is dead leaves a white line through all."""
_COLUMN: Final = 8


def paint(order: PaintTestSlip, text: Text) -> ReceiptPainted:
    """Return the slip as a bitmap.

    Args:
        order: what stands on it.
        text: the words of staff's language, by text id.
    """
    slip = Slip(order.width_px, FAMILIES[order.language])
    slip.text(text("slip_test"), 9, bold=True, centred=True)
    slip.text(text("report_terminal").replace("%1", order.terminal), 4.6, centred=True)
    slip.text(order.printed_at.replace("T", " "), 4.6, centred=True)
    slip.space(4)
    slip.text(text("slip_even"), 4, centred=True)
    slip.space(2)
    for dots in _BARS:
        slip.painter.fillRect(QRect(0, slip.y, order.width_px, dots), Qt.GlobalColor.black)
        slip.y += dots + _COLUMN
    for column in range(0, order.width_px, 2 * _COLUMN):
        slip.painter.fillRect(QRect(column, slip.y, _COLUMN, 60), Qt.GlobalColor.black)
    slip.y += 60
    slip.space(3)
    slip.code("TEST")
    return ReceiptPainted(order.width_px, slip.rows())
