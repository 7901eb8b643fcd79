"""What the preview measures: how often a picture comes, how bright and how sharp it is.

For staff at the camera view. Numbers only; no picture leaves this module.

Source: our own measures. Brightness is the mean grey level in per cent; sharpness is the
mean step between neighbouring grey levels of a small picture, in per cent of the whole
range: about 1 for a wall, 3 and more for a face that is in focus.
"""

import itertools
from typing import Final

from PySide6.QtCore import Property, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtQml import qmlEngine

from ui.preview import PreviewMemory

_LOOK_MS: Final = 500
_SMALL: Final = (64, 36)
_WHITE: Final = 255


def brightness(grey: QImage) -> float:
    """Return how bright a grey picture is, 0 to 100."""
    levels = [level for row in _rows(grey) for level in row]
    return 100 * sum(levels) / len(levels) / _WHITE


def sharpness(grey: QImage) -> float:
    """Return how large the steps between neighbours are, 0 to 100."""
    rows = _rows(grey)
    steps = [abs(a - b) for row in rows for a, b in itertools.pairwise(row)]
    steps += [
        abs(a - b)
        for above, below in itertools.pairwise(rows)
        for a, b in zip(above, below, strict=True)
    ]
    return 100 * sum(steps) / len(steps) / _WHITE


def _rows(grey: QImage) -> list[bytes]:
    return [
        bytes(grey.constScanLine(row))[: grey.width()]  # type: ignore[call-overload]
        for row in range(grey.height())
    ]


def small(picture: QImage) -> QImage:
    """Return a small grey copy, a new one: it is measured at leisure and dropped."""
    smooth = Qt.TransformationMode.SmoothTransformation
    scaled = picture.scaled(*_SMALL, mode=smooth)
    return scaled.convertToFormat(QImage.Format.Format_Grayscale8)


class PreviewMeasures(QObject):
    """Looks at the preview twice a second while it is on the screen."""

    measured = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seen: tuple[int, int] | None = None
        self._values: tuple[float, float, float, str] = (0.0, 0.0, 0.0, "")
        self._looking = QTimer(self)
        self._looking.setInterval(_LOOK_MS)
        self._looking.timeout.connect(self._look)
        self._looking.start()

    def _look(self) -> None:
        memory: PreviewMemory | None = getattr(qmlEngine(self), "preview", None)
        header = memory.header() if memory is not None else None
        if memory is None or header is None:
            self._seen, self._values = None, (0.0, 0.0, 0.0, "")
        else:
            grey = small(memory.image(header))
            rate = self._rate(header.count, header.captured_ns)
            size = f"{header.width} x {header.height}"
            self._values = (rate, brightness(grey), sharpness(grey), size)
        self.measured.emit()

    def _rate(self, count: int, captured_ns: int) -> float:
        before, self._seen = self._seen, (count, captured_ns)
        if before is None or captured_ns <= before[1]:
            return 0.0
        return (count - before[0]) * 1e9 / (captured_ns - before[1])

    rate = Property(float, lambda self: self._values[0], notify=measured)
    brightness = Property(float, lambda self: self._values[1], notify=measured)
    sharpness = Property(float, lambda self: self._values[2], notify=measured)
    size = Property(str, lambda self: self._values[3], notify=measured)
