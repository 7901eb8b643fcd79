"""A QR code on the screen, sharp: modules are whole pixels.

Source: ISO/IEC 18004, quiet zone of four modules; encoding by segno.
"""

from typing import Final

import segno
from PySide6.QtCore import Property, QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtQuick import QQuickItem, QQuickPaintedItem

QUIET_MODULES: Final = 4


class QrItem(QQuickPaintedItem):
    """Draws `text` as a QR code, black on white; nothing while it is empty."""

    textChanged = Signal()  # noqa: N815

    def __init__(self, parent: QQuickItem | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._rows: tuple[bytearray, ...] = ()

    def _get_text(self) -> str:
        return self._text

    def _set_text(self, text: str) -> None:
        if text == self._text:
            return
        self._text = text
        self._rows = segno.make(text, error="m", micro=False).matrix if text else ()
        self.textChanged.emit()
        self.update()

    text = Property(str, _get_text, _set_text, notify=textChanged)

    def paint(self, painter: QPainter) -> None:
        """Paint the code in the middle of the item."""
        if not self._rows:
            return
        modules = len(self._rows) + 2 * QUIET_MODULES
        side = min(self.width(), self.height())
        module = max(1, int(side) // modules)
        left = (int(self.width()) - module * modules) // 2
        top = (int(self.height()) - module * modules) // 2
        painter.fillRect(
            QRectF(left, top, module * modules, module * modules), Qt.GlobalColor.white
        )
        for row, line in enumerate(self._rows, start=QUIET_MODULES):
            for column, is_dark in enumerate(line, start=QUIET_MODULES):
                if is_dark:
                    x, y = left + column * module, top + row * module
                    painter.fillRect(x, y, module, module, Qt.GlobalColor.black)
