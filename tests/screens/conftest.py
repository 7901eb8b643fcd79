"""The real screens, offscreen, with a plain socket where the engine would be."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QAccessible, QGuiApplication
from pytestqt.qtbot import QtBot

from ui import environment

environment.prepare()
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.support.engine_end import EngineEnd  # noqa: E402  (Qt reads its environment)
from tests.support.stage import Clock, Stage  # noqa: E402
from ui import glass  # noqa: E402
from ui.app import Screens  # noqa: E402
from ui.shown import Look  # noqa: E402
from ui.touchable import Finger  # noqa: E402
from ui.words import Words  # noqa: E402

SIZE = QSize(1080, 1920)
PX_PER_MM = SIZE.width() / 268


@pytest.fixture(scope="session")
def qapp_cls() -> type[QGuiApplication]:
    return QGuiApplication


@pytest.fixture(scope="session", autouse=True)
def _prepared(qapp: QGuiApplication) -> None:
    QAccessible.setActive(True)
    glass.prepare_application()
    glass.register_native_types()


@pytest.fixture(scope="session")
def words() -> Words:
    return Words()


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path, words: Words, qapp: QGuiApplication) -> Iterator[Stage]:
    engine = EngineEnd(tmp_path / "engine.sock")
    clock = Clock()
    look = Look(px_per_mm=PX_PER_MM, still=True)
    screens = Screens(tmp_path / "engine.sock", look, words, size=SIZE, clock=clock)
    screens.glass.window.show()
    stage = Stage(screens, engine, clock, qtbot, Finger(screens.glass.window))
    stage.meet()
    yield stage
    screens.close()
    engine.close()
    words.missing.clear()
