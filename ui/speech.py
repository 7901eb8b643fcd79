"""Speech mode: every screen is spoken, and whatever the keypad reaches.

Rule 1: it is switched on by the headphones and off without them: nothing is said aloud to a
queue.
Rule 2: any key or touch interrupts; what comes next is said at once.
Rule 3: only texts of `ui/texts` are spoken, by their id: what a citizen's data says never
leaves the screens.
Rule 4: when the session ends, speech falls silent, and volume and curtain go back.

Keys: F2 says the screen again, F3 pauses and goes on, F4 draws the curtain, F5 headphones in,
F6 headphones out, volume up and down.
"""

from collections.abc import Callable, Iterator
from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtQuick import QQuickItem, QQuickWindow

from ui.pressables import is_button, place, topmost
from ui.shown import Kiosk
from ui.words import Words

Send = Callable[[dict[str, Any]], None]

START_PERCENT: Final = 70
_STEP_PERCENT: Final = 10
_SPOKEN: Final = frozenset(
    {
        QAccessible.Role.Heading,
        QAccessible.Role.StaticText,
        QAccessible.Role.AlertMessage,
    }
)
_VOLUME: Final = {
    Qt.Key.Key_VolumeUp: _STEP_PERCENT,
    Qt.Key.Key_VolumeDown: -_STEP_PERCENT,
}


class Speech(QObject):
    """Says what a window shows, once it is switched on."""

    def __init__(self, window: QQuickWindow, kiosk: Kiosk, words: Words, send: Send) -> None:
        super().__init__(window)
        self._window = window
        self._kiosk = kiosk
        self._words = words
        self._send = send
        self._paused = False
        self._percent = START_PERCENT
        # Words are said once the screen stands: its items get theirs with the next turn.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._say_screen)
        window.installEventFilter(self)
        kiosk.changed.connect(self._changed)
        kiosk.spoken.connect(self._switched)
        window.activeFocusItemChanged.connect(self._moved)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """Take the keys of speech; everything else only interrupts."""
        if event.type() is QEvent.Type.TouchBegin and self._kiosk.is_spoken:
            self._send({"do": "stop"})
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._pressed(Qt.Key(event.key()))
        return False

    def _pressed(self, key: Qt.Key) -> bool:
        if key in {Qt.Key.Key_F5, Qt.Key.Key_F6}:
            self._kiosk.setSpeech(key is Qt.Key.Key_F5)
        elif not self._kiosk.is_spoken:
            return False
        elif key is Qt.Key.Key_F2:
            self._say_screen()
        elif key is Qt.Key.Key_F3:
            self._paused = not self._paused
            self._send({"do": "pause" if self._paused else "resume"})
        elif key is Qt.Key.Key_F4:
            self._kiosk.setCurtain(not self._kiosk.is_curtained)
        elif key in _VOLUME:
            self._percent = min(max(self._percent + _VOLUME[key], 10), 100)
            self._send({"do": "volume", "percent": self._percent})
        else:
            return False
        return True

    def _switched(self) -> None:
        self._percent, self._paused = START_PERCENT, False
        if self._kiosk.is_spoken:
            self._send({"do": "volume", "percent": self._percent})
            self._soon.start(0)
        else:
            self._soon.stop()
            self._send({"do": "stop"})

    def _changed(self) -> None:
        if self._kiosk.is_spoken:
            self._soon.start(0)

    def _moved(self) -> None:
        item = self._window.activeFocusItem()
        if self._kiosk.is_spoken and item is not None and is_button(item):
            self._say([str(item.property("spoken") or "")])

    def _say_screen(self) -> None:
        self._say(heard(self._window))

    def _say(self, texts: list[str]) -> None:
        language = self._kiosk.shown.language
        ids = [one for text in texts for one in self._words.ids_of(language, text)]
        self._paused = False
        self._send({"do": "say", "language": language.value, "ids": ids})


def heard(window: QQuickWindow) -> list[str]:
    """Return what a screen says by itself, as it is read: the heading, then the rest."""
    found = list(_told(topmost(window)))
    return [text for _, _, text in sorted(found, key=lambda one: one[:2])]


def _told(item: QQuickItem) -> Iterator[tuple[bool, float, str]]:
    if not item.isVisible() or is_button(item):
        return
    interface = QAccessible.queryAccessibleInterface(item)
    if interface is not None and interface.role() in _SPOKEN:
        text = interface.text(QAccessible.Text.Name)
        if text:
            yield interface.role() is not QAccessible.Role.Heading, place(item).y(), text
    for child in item.childItems():
        yield from _told(child)
