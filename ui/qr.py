"""QR codes on the screen, sharp: modules are whole pixels.

A provider of pictures, not an item: PySide keeps the Python half of every item that QML makes,
and a link with it.

Source: ISO/IEC 18004, quiet zone of four modules; encoding by segno.
"""

from typing import Final

import segno
from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QImage, QPainter
from PySide6.QtQuick import QQuickImageProvider

NAME: Final = "qr"
"""In QML: ``image://qr/`` and the percent-encoded text."""
QUIET_MODULES: Final = 4


class QrPictures(QQuickImageProvider):
    """Draws a text as a QR code, black on white; an empty text as nothing."""

    def __init__(self) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)

    def requestImage(self, name: str, size: QSize, wanted: QSize) -> QImage:  # noqa: N802  (Qt's)
        """Return the code in the middle of a picture of the wanted size."""
        picture = drawn(QUrl.fromPercentEncoding(name.encode()), wanted)
        size.setWidth(picture.width())
        size.setHeight(picture.height())
        return picture


def drawn(text: str, size: QSize) -> QImage:
    """Return the code of `text` in the middle of a clear picture."""
    picture = QImage(size.expandedTo(QSize(1, 1)), QImage.Format.Format_ARGB32_Premultiplied)
    picture.fill(Qt.GlobalColor.transparent)
    if not text:
        return picture
    rows = segno.make(text, error="m", micro=False).matrix
    modules = len(rows) + 2 * QUIET_MODULES
    module = max(1, min(size.width(), size.height()) // modules)
    left, top = ((side - module * modules) // 2 for side in (size.width(), size.height()))
    painter = QPainter(picture)
    painter.fillRect(left, top, module * modules, module * modules, Qt.GlobalColor.white)
    for row, line in enumerate(rows, start=QUIET_MODULES):
        for column, is_dark in enumerate(line, start=QUIET_MODULES):
            if is_dark:
                x, y = left + column * module, top + row * module
                painter.fillRect(x, y, module, module, Qt.GlobalColor.black)
    painter.end()
    return picture
