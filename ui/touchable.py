"""What can be touched on a window, where it is, and a finger that touches it (not shipped)."""

from typing import Final

from PySide6.QtCore import QPoint, QRectF
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QTest

PREFIX: Final = "action:"
"""How the objectName of a button begins; the action and its argument follow."""


def buttons(window: QQuickWindow) -> list[QQuickItem]:
    """Return what can be tapped now: visible, enabled and named as an action."""
    return [
        item
        for item in items(window.contentItem())
        if item.objectName().startswith(PREFIX) and item.isVisible() and item.isEnabled()
    ]


def items(root: QQuickItem) -> list[QQuickItem]:
    """Return `root` and everything in it."""
    return [root, *(item for child in root.childItems() for item in items(child))]


def place(item: QQuickItem) -> QRectF:
    """Return where on the window `item` is, in pixels."""
    return item.mapRectToScene(QRectF(0, 0, item.width(), item.height()))


class Finger:
    """Touches a window as a citizen does."""

    def __init__(self, window: QQuickWindow) -> None:
        self._window = window
        self._device = QTest.createTouchDevice()

    def tap(self, at: QPoint) -> None:
        """Press and release at `at`."""
        self.press(at)
        self.release(at)

    def press(self, at: QPoint) -> None:
        """Lay the finger down."""
        QTest.touchEvent(self._window, self._device).press(1, at, self._window).commit()

    def slide(self, at: QPoint) -> None:
        """Move it without lifting it."""
        QTest.touchEvent(self._window, self._device).move(1, at, self._window).commit()

    def release(self, at: QPoint) -> None:
        """Lift it."""
        QTest.touchEvent(self._window, self._device).release(1, at, self._window).commit()
