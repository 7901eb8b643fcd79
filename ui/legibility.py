"""Whether letters stand out from what lies behind them, measured on the picture (not shipped).

A text names its own colour; what lies behind it is whatever else fills its place in the
picture. The worst of those colours counts.

Source: WCAG 2.2, 1.4.3 (contrast of text, level AA) and "relative luminance"; what is not
enabled is exempt.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage
from PySide6.QtQuick import QQuickItem

LOWEST: Final = 4.5
_BEHIND_SHARE: Final = 0.08
"""A colour that fills less of a text's place is the soft edge of letters, or a line beside them."""
_SAME: Final = 40
"""Summed over red, green and blue: closer to the text's own colour is the text itself."""
_EVERY: Final = 2
"""Each second pixel of each second row is enough."""

Colours = npt.NDArray[np.int64]


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast of two colours, 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: QColor) -> float:
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


class Pixels:
    """The picture of a window, to look behind texts in it."""

    def __init__(self, picture: QImage) -> None:
        plain = picture.convertToFormat(QImage.Format.Format_RGB32)
        words = np.frombuffer(plain.constBits(), np.uint32)
        self._rows = words.reshape(plain.height(), plain.bytesPerLine() // 4)

    def weakest(self, text: QQuickItem, box: QRectF) -> float:
        """Return the lowest contrast of `text`, whose letters stand in `box`."""
        own = QColor(text.property("color"))
        opacity = _opacity(text) * own.alphaF()
        found = [contrast(_over(own, ground, opacity), ground) for ground in self._behind(own, box)]
        return min(found, default=1.0)

    def _behind(self, own: QColor, box: QRectF) -> Iterator[QColor]:
        left, top = max(0, int(box.left())), max(0, int(box.top()))
        place = self._rows[top : int(box.bottom()) : _EVERY, left : int(box.right()) : _EVERY]
        colours, counts = np.unique(place & 0xFFFFFF, return_counts=True)
        for value in colours[counts >= _BEHIND_SHARE * max(1, place.size)]:
            ground = QColor.fromRgb(int(value))
            if _distance(own, ground) > _SAME:
                yield ground


def _opacity(item: QQuickItem) -> float:
    opacity = 1.0
    here: QQuickItem | None = item
    while here is not None:
        opacity *= here.opacity()
        here = here.parentItem()
    return opacity


def _over(colour: QColor, ground: QColor, opacity: float) -> QColor:
    pairs = (
        (colour.red(), ground.red()),
        (colour.green(), ground.green()),
        (colour.blue(), ground.blue()),
    )
    return QColor(*(round(one * opacity + other * (1 - opacity)) for one, other in pairs))


def _distance(one: QColor, other: QColor) -> int:
    apart = (one.red() - other.red(), one.green() - other.green(), one.blue() - other.blue())
    return sum(abs(part) for part in apart)
