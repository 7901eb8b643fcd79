"""The robot's finger: what it sees can be tapped, and its taps are touches."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage
from PySide6.QtNetwork import QLocalSocket

from tests.support.stage import Stage
from ui.robot import Robot
from wire.screen import Action, Screen, Touched

pytestmark = pytest.mark.screen


class Asking:
    """A robot's end of the socket."""

    def __init__(self, stage: Stage, path: str) -> None:
        self._stage = stage
        self._socket = QLocalSocket()
        self._socket.connectToServer(path)
        assert self._socket.waitForConnected()

    def ask(self, **question: str) -> dict[str, Any]:
        self._socket.write(json.dumps(question).encode() + b"\n")
        self._stage.qtbot.waitUntil(self._socket.canReadLine)
        answer: dict[str, Any] = json.loads(bytes(self._socket.readLine().data()))
        return answer

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def robot(stage: Stage, tmp_path: Path) -> Iterator[Asking]:
    path = str(tmp_path / "robot")
    served = Robot(stage.screens, path, px_per_mm=4.0)
    asking = Asking(stage, path)
    yield asking
    asking.close()
    served.close()


def test_state_names_the_screen_and_what_can_be_tapped(stage: Stage, robot: Asking) -> None:
    stage.show(Screen.SERVICE)
    state = robot.ask(do="state")
    assert (state["ok"], state["screen"], state["painted"]) == (True, "SERVICE", 1)
    (button,) = [one for one in state["buttons"] if one["name"] == "action:register"]
    assert button["mm"] == [pytest.approx(px / 4.0, abs=0.2) for px in button["px"]]


def test_a_tap_reaches_the_engine_even_right_after_another(stage: Stage, robot: Asking) -> None:
    stage.show(Screen.SERVICE)
    assert robot.ask(do="tap", name="action:register")["ok"]
    QTimer.singleShot(200, lambda: setattr(stage.clock, "now", stage.clock.now + 1))
    assert robot.ask(do="tap", name="action:register")["ok"]
    touched = Touched(sequence=1, action=Action.REGISTER)
    stage.qtbot.waitUntil(lambda: stage.engine.heard(touched))
    stage.engine.listen()
    assert stage.engine.said.count(touched) == 2


def test_a_picture_is_the_whole_window(stage: Stage, robot: Asking, tmp_path: Path) -> None:
    stage.show(Screen.SERVICE)
    path = str(tmp_path / "service.png")
    assert robot.ask(do="grab", path=path)["ok"]
    assert QImage(path).size() == stage.screens.glass.window.size()


def test_what_cannot_be_done_is_said(robot: Asking) -> None:
    assert not robot.ask(do="tap", name="action:no-such-thing")["ok"]
    assert not robot.ask(do="dance")["ok"]


def test_the_keypad_moves_the_ring_and_presses_what_it_is_on(stage: Stage, robot: Asking) -> None:
    stage.show(Screen.SERVICE)
    assert robot.ask(do="key", name="Right")["focus"] == "action:register"
    assert robot.ask(do="key", name="Return")["ok"]
    touched = Touched(sequence=1, action=Action.REGISTER)
    stage.qtbot.waitUntil(lambda: stage.engine.heard(touched))
    assert robot.ask(do="state")["focus"] == "action:register"
    assert not robot.ask(do="key", name="Escape")["ok"]
