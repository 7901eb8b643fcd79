"""A finger for robots: what can be tapped, taps by touch, pictures (not shipped).

JSON lines over a local socket, one answer per question, in order:

- ``{"do": "state"}``: screen, sequence, painted, language, seconds_left, warning,
  connected, focus, buttons (name, label, px and mm as [x, y, width, height]).
- ``{"do": "tap", "name": "action:continue"}``: press and release in the middle of that
  button, after the guard against second taps has passed.
- ``{"do": "key", "name": "Right"}``: press and release a key of the tactile keypad; enter
  waits for the guard as a tap does.
- ``{"do": "grab", "path": "…png"}``: a picture, as soon as two in a row are equal.

Answers carry ``"ok"``, and ``"error"`` when that is false.
"""

import json
from collections import deque
from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtQuick import QQuickItem

from ui.app import Screens
from ui.pressables import PREFIX, buttons, place
from ui.touchable import Finger
from wire.screen import Action

_KEYS: Final = {
    "Left": Qt.Key.Key_Left,
    "Right": Qt.Key.Key_Right,
    "Up": Qt.Key.Key_Up,
    "Down": Qt.Key.Key_Down,
    "Return": Qt.Key.Key_Return,
    "Help": Qt.Key.Key_F1,
}
"""The tactile keypad, by the names of its keys."""
_LOOK_AGAIN_MS: Final = 60
_MOST_LOOKS: Final = 10
"""A screen that still moves after so many looks is meant to, and is taken as it is."""

Answer = Callable[[dict[str, Any]], None]


class Robot(QObject):
    """Answers questions about the screens, and taps them."""

    def __init__(self, screens: Screens, path: str, px_per_mm: float) -> None:
        """Listen on the local socket `path`, replacing a stale one.

        Raises:
            OSError: nothing can listen there.
        """
        super().__init__()
        self._screens = screens
        self._window = screens.glass.window
        self._px_per_mm = px_per_mm
        self._finger = Finger(self._window)
        self._asking: set[Asked] = set()
        QLocalServer.removeServer(path)
        self._server = QLocalServer(self)
        self._server.newConnection.connect(self._meet)
        if not self._server.listen(path):
            raise OSError(self._server.errorString())

    def close(self) -> None:
        """Stop listening, and hang up."""
        self._server.close()
        for asked in set(self._asking):
            asked.close()

    def _meet(self) -> None:
        connection = self._server.nextPendingConnection()
        self._asking.add(Asked(connection, self._do, on_end=self._asking.discard))

    def _do(self, question: dict[str, Any], answer: Answer) -> None:
        match question:
            case {"do": "state"}:
                answer({"ok": True, **self._state()})
            case {"do": "tap", "name": str(name)}:
                self._tap_after_guard(name, answer)
            case {"do": "key", "name": str(name)} if name in _KEYS:
                self._press_after_guard(name, answer)
            case {"do": "grab", "path": str(path)}:
                self._grab(path, QImage(), _MOST_LOOKS, answer)
            case _:
                answer({"ok": False, "error": "no such question"})

    def _state(self) -> dict[str, Any]:
        shown = self._screens.kiosk.shown
        return {
            "screen": shown.screen.value,
            "sequence": shown.sequence,
            "painted": self._screens.painted_sequence,
            "language": shown.language.value,
            "hint": self._screens.kiosk.property("hint"),
            "challenge": self._screens.kiosk.property("challenge"),
            "colour": self._screens.kiosk.property("colour").getRgbF()[:3]
            if self._screens.kiosk.property("shining")
            else None,
            "seconds_left": self._screens.kiosk.property("secondsLeft"),
            "warning": self._screens.kiosk.is_warning(),
            "connected": self._screens.kiosk.property("connected"),
            "focus": self._focus(),
            "buttons": [self._described(item) for item in buttons(self._window)],
        }

    def _focus(self) -> str:
        """Return the name of what the keypad's ring is on."""
        item = self._window.activeFocusItem()
        return item.objectName() if item is not None else ""

    def _press_after_guard(self, name: str, answer: Answer) -> None:
        """Press a key; enter as slowly as a citizen's finger."""
        left_s = self._guard_left_s(self._focus()) if name == "Return" else 0.0
        if left_s > 0:
            again = lambda: self._press_after_guard(name, answer)  # noqa: E731
            QTimer.singleShot(int(left_s * 1_000) + 1, self, again)
            return
        # What has just appeared gets its place with the next frame.
        self._window.grabWindow()
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, _KEYS[name], Qt.KeyboardModifier.NoModifier)
            QCoreApplication.sendEvent(self._window, event)
        answer({"ok": True, "focus": self._focus()})

    def _guard_left_s(self, name: str) -> float:
        action, _, argument = name.removeprefix(PREFIX).partition(":")
        is_ours = action in set(Action)
        return self._screens.kiosk.guard_left_s(action, argument) if is_ours else 0.0

    def _described(self, item: QQuickItem) -> dict[str, Any]:
        where = place(item)
        px = [where.x(), where.y(), where.width(), where.height()]
        return {
            "name": item.objectName(),
            "label": item.property("label"),
            "px": [round(length) for length in px],
            "mm": [round(length / self._px_per_mm, 1) for length in px],
        }

    def _tap_after_guard(self, name: str, answer: Answer) -> None:
        """Wait as a citizen's slower finger does; Qt's timers may be early, so look again."""
        left_s = self._guard_left_s(name)
        if left_s > 0:
            QTimer.singleShot(
                int(left_s * 1_000) + 1, self, lambda: self._tap_after_guard(name, answer)
            )
        else:
            self._tap(name, answer)

    def _tap(self, name: str, answer: Answer) -> None:
        # What has just appeared gets its place with the next frame.
        self._window.grabWindow()
        named = [item for item in buttons(self._window) if item.objectName() == name]
        if not named:
            answer({"ok": False, "error": "no such button"})
            return
        # An overlay is declared after what it covers: the last one is on top.
        self._finger.tap(place(named[-1]).center().toPoint())
        answer({"ok": True})

    def _grab(self, path: str, before: QImage, looks_left: int, answer: Answer) -> None:
        now = self._window.grabWindow()
        if now == before or not looks_left:
            answer({"ok": now.save(path)})
            return
        QTimer.singleShot(
            _LOOK_AGAIN_MS, self, lambda: self._grab(path, now, looks_left - 1, answer)
        )


class Asked:
    """One connection: questions are answered one after the other."""

    def __init__(
        self,
        connection: QLocalSocket,
        do: Callable[[dict[str, Any], Answer], None],
        *,
        on_end: Callable[["Asked"], None],
    ) -> None:
        self._connection = connection
        self._do = do
        self._on_end = on_end
        self._waiting: deque[bytes] = deque()
        self._is_busy = False
        connection.readyRead.connect(self._read)
        connection.disconnected.connect(self._ended)

    def close(self) -> None:
        """Hang up."""
        self._connection.abort()

    def _ended(self) -> None:
        self._on_end(self)
        self._connection.deleteLater()

    def _read(self) -> None:
        while self._connection.canReadLine():
            self._waiting.append(bytes(self._connection.readLine().data()))
        self._next()

    def _next(self) -> None:
        if self._is_busy or not self._waiting:
            return
        self._is_busy = True
        try:
            question = json.loads(self._waiting.popleft())
        except ValueError:
            question = None
        self._do(question, self._answer)

    def _answer(self, answer: dict[str, Any]) -> None:
        self._is_busy = False
        if self._connection.state() == QLocalSocket.LocalSocketState.ConnectedState:
            self._connection.write(json.dumps(answer).encode() + b"\n")
            self._connection.flush()
            self._next()
