"""A finger that touches a window as a citizen does (not shipped)."""

from PySide6.QtCore import QPoint
from PySide6.QtQuick import QQuickWindow
from PySide6.QtTest import QTest


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
