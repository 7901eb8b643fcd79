"""The real screens with both of their neighbours: the engine's end and a citizen's finger."""

from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtQml import QJSValue
from PySide6.QtQuick import QQuickItem
from pytestqt.qtbot import QtBot

from tests.support.engine_end import EngineEnd
from ui.app import Screens
from ui.pressables import buttons, place
from ui.touchable import Finger
from wire.screen import Facts, Hello, Language, Painted, Screen, Show


@dataclass
class Clock:
    """A clock that a test sets."""

    now: float = 1_000.0

    def __call__(self) -> float:
        """Return the time it was set to."""
        return self.now


@dataclass
class Stage:
    """The screens and both of their neighbours: engine and citizen."""

    screens: Screens
    engine: EngineEnd
    clock: Clock
    qtbot: QtBot
    finger: Finger
    sequence: int = 0

    def show(
        self,
        screen: Screen,
        language: Language = Language.EN,
        *,
        timeout_s: int = 0,
        warn_s: int = 0,
        **facts: str | int | bool | list[str],
    ) -> None:
        """Let the engine show a screen, and wait until it is painted."""
        self.show_facts(screen, language, facts, timeout_s=timeout_s, warn_s=warn_s)

    def show_facts(
        self,
        screen: Screen,
        language: Language,
        facts: Facts,
        *,
        timeout_s: int = 0,
        warn_s: int = 0,
    ) -> None:
        """Let the engine show a screen with `facts`, and wait until it is painted."""
        self.sequence += 1
        show = Show(
            sequence=self.sequence,
            screen=screen,
            language=language,
            facts=facts,
            timeout_s=timeout_s,
            warn_s=warn_s,
        )
        self.engine.send(show)
        painted = Painted(sequence=self.sequence)
        self.qtbot.waitUntil(lambda: self.engine.heard(painted))

    def meet(self) -> None:
        """Wait until the screens have found the engine."""
        self.qtbot.waitUntil(self.engine.meets)
        self.qtbot.waitUntil(lambda: self.engine.heard_kind(Hello))

    def tap(self, name: str) -> None:
        """Tap the button `name`."""
        # What has just appeared gets its place with the next frame.
        self.screens.glass.window.grabWindow()
        (button,) = [item for item in self.buttons() if item.objectName() == name]
        self.finger.tap(place(button).center().toPoint())

    def buttons(self) -> list[QQuickItem]:
        """Return what can be tapped."""
        return buttons(self.screens.glass.window)


def everything_in(root: QObject) -> str:
    """Return all that any property of `root`, or of anything in it, holds."""
    seen: dict[int, QObject] = {}
    waiting = [root]
    while waiting:
        thing = waiting.pop()
        if id(thing) not in seen:
            # Kept alive until the end: an id may be given again to another object.
            seen[id(thing)] = thing
            waiting += thing.children()
            # The delegates of a repeater are nobody's children but an item's.
            waiting += thing.childItems() if isinstance(thing, QQuickItem) else []
    return " ".join(_properties(thing) for thing in seen.values())


def _properties(thing: QObject) -> str:
    meta = thing.metaObject()
    names = [str(meta.property(index).name()) for index in range(meta.propertyCount())]
    names += [bytes(name.data()).decode() for name in thing.dynamicPropertyNames()]
    # A QML type's meta object dies with its item: PySide would take what is put in its place
    # for a meta object still.
    shiboken6.invalidate(meta)
    return " ".join(_value(thing, name) for name in names)


def _value(thing: QObject, name: str) -> str:
    try:
        value = thing.property(name)
    except RuntimeError:
        # Groups and lists that Python cannot read; what is in them is walked by itself.
        return ""
    return repr(value.toVariant() if isinstance(value, QJSValue) else value)
