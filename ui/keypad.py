"""The tactile keypad: four arrows, enter and help do everything that a finger can.

Rule 1: right and left go through all that can be pressed, in the order it is read, round
and round: with these two keys and enter alone, everything is reached.
Rule 2: down and up go to the next row.
Rule 3: the first key on a screen presses nothing: it shows where the keypad is.
Rule 4: what an overlay covers is not reached.

Source: EN 301 549, 5.1 (closed functionality) and 2.1.1 (keyboard); our own key layout.
"""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtQuick import QQuickItem, QQuickWindow

from ui.pressables import is_button, place, rows
from ui.shown import Kiosk

_LINE: Final = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
_ROW: Final = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_HELP: Final = Qt.Key.Key_F1
_TAKEN: Final = frozenset({*_LINE, *_ROW, *_ENTER, _HELP})
_TOUCHES: Final = (QEvent.Type.TouchBegin, QEvent.Type.MouseButtonPress)


Rows = list[list[QQuickItem]]


class Keypad(QObject):
    """Moves the focus of one window by keys."""

    def __init__(self, window: QQuickWindow, kiosk: Kiosk) -> None:
        super().__init__(window)
        self._window = window
        self._kiosk = kiosk
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """Take keys before the items do; leave everything else alone."""
        if event.type() in _TOUCHES:
            self._leave()
        elif event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._pressed(Qt.Key(event.key()), is_repeated=event.isAutoRepeat())
        return False

    def _pressed(self, key: Qt.Key, *, is_repeated: bool) -> bool:
        """Say whether the key was taken; enter on something that has the focus is its own."""
        if key not in _TAKEN:
            return False
        reached = rows(self._window)
        here = _here(self._window, reached)
        if key in _ENTER:
            if here is None and not is_repeated:
                _begin(reached)
            return here is None or is_repeated
        if key == _HELP:
            self._help(reached, is_repeated=is_repeated)
        elif here is None:
            _enter(reached, _LINE.get(key) or _ROW[key])
        elif key in _LINE:
            line = [item for row in reached for item in row]
            _focus(line[(line.index(here) + _LINE[key]) % len(line)])
        else:
            _across(reached, here, _ROW[key])
        return True

    def _help(self, reached: Rows, *, is_repeated: bool) -> None:
        names = {item.objectName() for row in reached for item in row}
        if "action:help" in names and not is_repeated:
            self._kiosk.send("help")

    def _leave(self) -> None:
        """A finger has taken over: the ring goes."""
        item = self._window.activeFocusItem()
        if is_button(item) and item is not None:
            item.setFocus(False)


def _here(window: QQuickWindow, reached: Rows) -> QQuickItem | None:
    """Return what has the focus, if it can be pressed now."""
    item = window.activeFocusItem()
    return item if any(item is one for row in reached for one in row) else None


def _begin(reached: Rows) -> None:
    """Go to the primary button, else to the first thing that can be pressed."""
    line = [item for row in reached for item in row]
    mains = [item for item in line if item.property("look") == "main"]
    for item in (mains or line)[:1]:
        _focus(item)


def _enter(reached: Rows, step: int) -> None:
    """Come in from the beginning or from the end."""
    line = [item for row in reached for item in row]
    for item in line[:1] if step > 0 else line[-1:]:
        _focus(item)


def _across(reached: Rows, here: QQuickItem, step: int) -> None:
    """Go to what stands nearest in the next row."""
    at = next(index for index, row in enumerate(reached) if here in row)
    row = reached[(at + step) % len(reached)]
    middle = place(here).center().x()
    _focus(min(row, key=lambda one: abs(place(one).center().x() - middle)))


def _focus(item: QQuickItem) -> None:
    item.forceActiveFocus(Qt.FocusReason.TabFocusReason)
