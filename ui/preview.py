"""The camera preview: shared memory, mirrored, cropped to fill, on the glass.

Rule 1: no pixel is copied in Python; Qt scales straight out of the shared memory.
Rule 2: nothing is shown while the memory announces no frame, and nothing between
`forget` and the next screen.

A frame that the writer overtakes while it is painted is torn for one frame only:
the count has moved, so the next look paints it anew.
"""

import mmap
import os
from typing import Final

from PySide6.QtCore import Property, QObject, QRectF, QTimer, Signal
from PySide6.QtGui import QImage, QPainter
from PySide6.QtQml import qmlEngine
from PySide6.QtQuick import QQuickItem, QQuickPaintedItem

from ui.notify import note
from wire.failures import Failure
from wire.preview import BYTES_PER_PIXEL, BadPreview, PreviewHeader

_LOOK_MS: Final = 33
"""Look for a new frame about thirty times a second."""


class PreviewMemory(QObject):
    """Reads the preview memory that vision writes."""

    changed = Signal()
    """Frames may be seen from now on, or no longer."""

    def __init__(self) -> None:
        """Hold no memory yet."""
        super().__init__()
        self._memory: mmap.mmap | None = None
        self._is_open = False

    def adopt(self, descriptor: int) -> None:
        """Map the memory behind `descriptor`, and close the descriptor."""
        self.drop()
        try:
            self._memory = mmap.mmap(descriptor, 0, prot=mmap.PROT_READ)
        except (OSError, ValueError):
            note(Failure.PREVIEW_BAD_MEMORY)
        finally:
            os.close(descriptor)

    def drop(self) -> None:
        """Let the memory go."""
        self._memory = None
        self.forget()

    def open(self) -> None:
        """Let frames be seen."""
        self._is_open = True
        self.changed.emit()

    def forget(self) -> None:
        """Show no frame until `open`."""
        self._is_open = False
        self.changed.emit()

    def header(self) -> PreviewHeader | None:
        """Return what the memory says now; None when there is nothing to show."""
        if self._memory is None or not self._is_open:
            return None
        try:
            header = PreviewHeader.unpack(memoryview(self._memory))
        except BadPreview:
            note(Failure.PREVIEW_BAD_MEMORY)
            self.drop()
            return None
        return header if header.count else None

    def image(self, header: PreviewHeader) -> QImage:
        """Wrap the newest slot; the pixels belong to the shared memory."""
        slot = header.newest
        if self._memory is None or slot is None:
            return QImage()
        start = header.slot_offset(slot)
        pixels = memoryview(self._memory)[start : start + header.frame_bytes]
        return QImage(
            pixels,
            header.width,
            header.height,
            header.width * BYTES_PER_PIXEL,
            QImage.Format.Format_RGB32,
        )


def crop_to_fill(width: float, height: float, *, into: QRectF) -> QRectF:
    """Return the middle part of a picture that has the shape of `into`."""
    scale = max(into.width() / width, into.height() / height)
    seen_width, seen_height = into.width() / scale, into.height() / scale
    return QRectF((width - seen_width) / 2, (height - seen_height) / 2, seen_width, seen_height)


class PreviewItem(QQuickPaintedItem):
    """Shows the preview while it is visible; finds its memory at the QML engine."""

    def __init__(self, parent: QQuickItem | None = None) -> None:
        super().__init__(parent)
        self._painted_count = 0
        self._plain = False
        self._looking = QTimer(self)
        self._looking.setInterval(_LOOK_MS)
        self._looking.timeout.connect(self._look)
        self._looking.start()

    def componentComplete(self) -> None:  # noqa: N802  (Qt's name)
        """Follow the memory as soon as QML has placed the item."""
        super().componentComplete()
        memory = self._memory()
        if memory is not None:
            memory.changed.connect(self.update)

    def _memory(self) -> PreviewMemory | None:
        return getattr(qmlEngine(self), "preview", None)

    def _look(self) -> None:
        memory = self._memory()
        seen = memory is not None and self.window() is not None and self.isVisible()
        header = memory.header() if memory is not None and seen else None
        count = header.count if header is not None else 0
        if count != self._painted_count:
            self.update()

    def _set_plain(self, plain: bool) -> None:  # noqa: FBT001
        self._plain = plain
        self.update()

    plain = Property(bool, lambda self: self._plain, _set_plain)
    """Not mirrored: for who looks at a card, not at themselves."""

    def paint(self, painter: QPainter) -> None:
        """Paint the newest frame, or nothing."""
        memory = self._memory()
        header = memory.header() if memory is not None else None
        self._painted_count = header.count if header is not None else 0
        if memory is None or header is None:
            return
        into = self.boundingRect()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if not self._plain:
            painter.translate(into.width(), 0)
            painter.scale(-1, 1)
        crop = crop_to_fill(header.width, header.height, into=into)
        painter.drawImage(into, memory.image(header), crop)
