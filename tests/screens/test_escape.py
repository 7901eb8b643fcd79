"""No key and no gesture leads out of the screens: there is nothing behind them to reach."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.support.stage import Stage
from wire.screen import Screen, Touched

pytestmark = pytest.mark.screen

NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
META = Qt.KeyboardModifier.MetaModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
KEYS = [
    (Qt.Key.Key_F4, ALT),
    (Qt.Key.Key_Tab, ALT),
    (Qt.Key.Key_Q, CTRL),
    (Qt.Key.Key_W, CTRL),
    (Qt.Key.Key_C, CTRL),
    (Qt.Key.Key_P, CTRL),
    (Qt.Key.Key_O, CTRL),
    (Qt.Key.Key_T, CTRL | ALT),
    (Qt.Key.Key_Delete, CTRL | ALT),
    (Qt.Key.Key_Backspace, CTRL | ALT),
    (Qt.Key.Key_Escape, CTRL | SHIFT),
    (Qt.Key.Key_I, CTRL | SHIFT),
    (Qt.Key.Key_D, META),
    (Qt.Key.Key_Meta, NONE),
    (Qt.Key.Key_Menu, NONE),
    (Qt.Key.Key_Escape, NONE),
    (Qt.Key.Key_Back, NONE),
    (Qt.Key.Key_HomePage, NONE),
    (Qt.Key.Key_Print, NONE),
    (Qt.Key.Key_SysReq, ALT),
    *((key, CTRL | ALT) for key in (Qt.Key.Key_F2, Qt.Key.Key_F7)),
    *((key, NONE) for key in (Qt.Key.Key_F5, Qt.Key.Key_F11, Qt.Key.Key_F12)),
]
"""Without the tactile keypad's own (arrows, enter, F1 for help), see test_keypad.py."""
FINGERS = 5
SIDES = ["left", "right", "top", "bottom"]


def unmoved(stage: Stage) -> None:
    """Return if the screens are there as before, have told nothing, and still obey the engine."""
    window = stage.screens.glass.window
    assert window.isVisible()
    assert (window.width(), window.height()) == (1080, 1920)
    assert not stage.engine.heard_kind(Touched)
    stage.show(Screen.SERVICE)


def test_no_key_of_an_evil_keyboard_closes_the_screens_or_presses_anything(stage: Stage) -> None:
    stage.show(Screen.LANGUAGE)
    for key, modifiers in KEYS:
        QTest.keyClick(stage.screens.glass.window, key, modifiers)
    unmoved(stage)


@pytest.mark.parametrize("side", SIDES)
def test_no_sweep_of_five_fingers_from_an_edge_opens_anything(stage: Stage, side: str) -> None:
    stage.show(Screen.LANGUAGE)
    window = stage.screens.glass.window
    device = QTest.createTouchDevice()
    at = QPoint()
    for far in (1, 200, 500, 900):
        event = QTest.touchEvent(window, device)
        for finger in range(FINGERS):
            along = 300 + 100 * finger
            at = {
                "left": QPoint(far, along),
                "right": QPoint(window.width() - far, along),
                "top": QPoint(along, far),
                "bottom": QPoint(along, window.height() - far),
            }[side]
            (event.press if far == 1 else event.move)(finger, at, window)
        event.commit()
    event = QTest.touchEvent(window, device)
    for finger in range(FINGERS):
        event.release(finger, at, window)
    event.commit()
    unmoved(stage)
