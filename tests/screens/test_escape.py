"""No key and no gesture leads out of the screens: there is nothing behind them to reach."""

import pytest
from PySide6.QtCore import QCoreApplication, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QCloseEvent,
    QContextMenuEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QWheelEvent,
)
from PySide6.QtTest import QTest

from tests.support.stage import Stage
from ui.pressables import place
from wire.screen import Facts, Language, Screen, Touched

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
    assert [one for one in QGuiApplication.topLevelWindows() if one.isVisible()] == [window]
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


def middle_of_a_button(stage: Stage) -> QPoint:
    """Return where somebody would touch what is offered."""
    stage.screens.glass.window.grabWindow()
    return place(stage.buttons()[0]).center().toPoint()


@pytest.mark.parametrize("button", [Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton])
def test_no_other_button_of_a_mouse_opens_a_menu_or_presses_anything(
    stage: Stage, button: Qt.MouseButton
) -> None:
    stage.show(Screen.LANGUAGE)
    window, at = stage.screens.glass.window, middle_of_a_button(stage)
    QTest.mouseClick(window, button, NONE, at)
    QTest.mouseDClick(window, button, NONE, at)
    menu = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, at)
    QCoreApplication.sendEvent(window, menu)
    assert not menu.isAccepted()
    unmoved(stage)


def test_no_turn_of_a_wheel_makes_anything_larger(stage: Stage) -> None:
    stage.show(Screen.LANGUAGE)
    at = QPointF(middle_of_a_button(stage))
    turn, phase = QPoint(0, 1200), Qt.ScrollPhase.NoScrollPhase
    still = QPoint()
    for modifiers in (NONE, CTRL):
        event = QWheelEvent(
            at, at, still, turn, Qt.MouseButton.NoButton, modifiers, phase, False
        )  # fmt: skip
        QCoreApplication.sendEvent(stage.screens.glass.window, event)
    unmoved(stage)


def test_a_finger_that_stays_down_opens_no_menu_and_selects_nothing(stage: Stage) -> None:
    stage.show(Screen.LANGUAGE)
    window, hints = stage.screens.glass.window, QGuiApplication.styleHints()
    usual = hints.mousePressAndHoldInterval()
    hints.setMousePressAndHoldInterval(1)
    try:
        stage.finger.press(middle_of_a_button(stage))
        window.grabWindow()
        QCoreApplication.processEvents()
        # Lifted elsewhere: only what is pressed and let go in one place is meant.
        stage.finger.slide(QPoint(2, 2))
        stage.finger.release(QPoint(2, 2))
    finally:
        hints.setMousePressAndHoldInterval(usual)
    unmoved(stage)


@pytest.mark.parametrize("apart", [(40, 400), (400, 40)], ids=["spread", "pinch"])
def test_two_fingers_that_part_or_meet_zoom_nothing(stage: Stage, apart: tuple[int, int]) -> None:
    stage.show(Screen.LANGUAGE)
    window, device = stage.screens.glass.window, QTest.createTouchDevice()
    window.grabWindow()
    before = [place(one) for one in stage.buttons()]
    middle = QPoint(540, 700)
    at = [middle, middle]
    for step in range(4):
        reach = apart[0] + (apart[1] - apart[0]) * step // 3
        at = [middle - QPoint(reach, reach), middle + QPoint(reach, reach)]
        event = QTest.touchEvent(window, device)
        for finger, where in enumerate(at):
            (event.move if step else event.press)(finger, where, window)
        event.commit()
    event = QTest.touchEvent(window, device)
    for finger, where in enumerate(at):
        event.release(finger, where, window)
    event.commit()
    assert [place(one) for one in stage.buttons()] == before
    unmoved(stage)


def test_nothing_can_be_dropped_on_the_screens(stage: Stage) -> None:
    stage.show(Screen.LANGUAGE)
    window, at = stage.screens.glass.window, middle_of_a_button(stage)
    carried = QMimeData()
    carried.setUrls([QUrl("https://example.com/"), QUrl("file:///etc/passwd")])
    carried.setText("carried")
    how = (Qt.DropAction.CopyAction, carried, Qt.MouseButton.LeftButton, NONE)
    over, drop = QDragEnterEvent(at, *how), QDropEvent(QPointF(at), *how)
    for event in (over, drop):
        event.ignore()
        QCoreApplication.sendEvent(window, event)
        assert not event.isAccepted()
    unmoved(stage)


@pytest.mark.parametrize("screen", [Screen.TYPE_DETAILS, Screen.CHECK_DETAILS, Screen.SEARCH])
def test_nothing_comes_from_the_clipboard_and_nothing_goes_there(
    stage: Stage, screen: Screen
) -> None:
    facts: Facts = {"name": "CHAN TAI MAN", "chinese": "陳大文", "number": "A••••••(3)"}
    stage.show_facts(screen, Language.EN, facts, warn_s=0)
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("A1234563")
    try:
        for key, modifiers in (
            (Qt.Key.Key_V, CTRL),
            (Qt.Key.Key_Insert, SHIFT),
            (Qt.Key.Key_A, CTRL),
            (Qt.Key.Key_C, CTRL),
            (Qt.Key.Key_X, CTRL),
            (Qt.Key.Key_Insert, CTRL),
        ):
            QTest.keyClick(stage.screens.glass.window, key, modifiers)
        assert clipboard.text() == "A1234563"
    finally:
        clipboard.clear()
    unmoved(stage)


def test_no_wish_to_close_the_window_is_granted(stage: Stage) -> None:
    stage.show(Screen.LANGUAGE)
    wish = QCloseEvent()
    QCoreApplication.sendEvent(stage.screens.glass.window, wish)
    assert not wish.isAccepted()
    assert not stage.screens.glass.window.close()
    unmoved(stage)
