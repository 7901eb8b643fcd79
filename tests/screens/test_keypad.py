"""Four arrows, enter and help: everything on every screen without touching the glass."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from tests.support.stage import Stage
from ui.easel import PANELS, Easel
from ui.pressables import rows
from ui.samples import SAMPLES
from ui.words import Words
from wire.screen import Action, Language, Screen, Touched

pytestmark = pytest.mark.screen


@pytest.fixture(scope="module", params=list(PANELS))
def easel(request: pytest.FixtureRequest, qapp: QGuiApplication, words: Words) -> Iterator[Easel]:
    easel = Easel(request.param, words)
    yield easel
    easel.close()


def focused(easel: Easel) -> str:
    item = easel.glass.window.activeFocusItem()
    return item.objectName() if item is not None else ""


def press(stage: Stage, *keys: Qt.Key) -> None:
    for key in keys:
        stage.clock.now += 1
        QTest.keyClick(stage.screens.glass.window, key)


def focus_of(stage: Stage) -> str:
    item = stage.screens.glass.window.activeFocusItem()
    return item.objectName() if item is not None else ""


def said(stage: Stage) -> list[tuple[Action, str]]:
    stage.engine.listen()
    return [(m.action, m.argument) for m in stage.engine.said if isinstance(m, Touched)]


def test_one_arrow_visits_everything_once_on_every_screen(easel: Easel) -> None:
    for sample in {one.screen: one for one in SAMPLES if not one.focus}.values():
        easel.sketch(sample, Language.EN)
        window = easel.glass.window
        wanted = [item.objectName() for row in rows(window) for item in row]
        assert wanted, sample.name
        visited = []
        for _ in wanted:
            QTest.keyClick(window, Qt.Key.Key_Right)
            visited.append(focused(easel))
        assert visited == wanted, sample.name
        QTest.keyClick(window, Qt.Key.Key_Right)
        assert focused(easel) == wanted[0], sample.name
        QTest.keyClick(window, Qt.Key.Key_Left)
        assert focused(easel) == wanted[-1], sample.name


def test_down_and_up_go_to_the_next_row(stage: Stage) -> None:
    stage.show(Screen.SERVICE)
    press(stage, Qt.Key.Key_Down)
    assert focus_of(stage) == "action:register"
    press(stage, Qt.Key.Key_Down)
    assert focus_of(stage) == "action:browse"
    press(stage, Qt.Key.Key_Down)
    assert focus_of(stage) in {"action:leave", "action:help"}
    press(stage, Qt.Key.Key_Up, Qt.Key.Key_Up)
    assert focus_of(stage) == "action:register"


def test_enter_presses_what_has_the_ring_and_nothing_before(stage: Stage) -> None:
    stage.show(Screen.CARD_PROBLEM, code="card.mute", may_retry=True)
    press(stage, Qt.Key.Key_Return)
    assert (said(stage), focus_of(stage)) == ([], "action:retry")
    press(stage, Qt.Key.Key_Return)
    stage.qtbot.waitUntil(lambda: said(stage) == [(Action.RETRY, "")])


def test_a_key_that_is_held_presses_once(stage: Stage) -> None:
    stage.show(Screen.CARD_PROBLEM, code="card.mute", may_retry=True)
    press(stage, Qt.Key.Key_Return, Qt.Key.Key_Return)
    QTest.keyPress(stage.screens.glass.window, Qt.Key.Key_Return)
    stage.qtbot.waitUntil(lambda: len(said(stage)) == 1)


def test_help_is_one_key_away_wherever_it_is_offered(stage: Stage) -> None:
    stage.show(Screen.SERVICE)
    press(stage, Qt.Key.Key_F1)
    stage.qtbot.waitUntil(lambda: said(stage) == [(Action.HELP, "")])
    stage.show(Screen.WIPING, outcome="done")
    press(stage, Qt.Key.Key_F1)
    assert said(stage) == [(Action.HELP, "")]


def test_only_the_question_about_time_is_reached_while_it_is_asked(stage: Stage) -> None:
    stage.show(Screen.SERVICE, timeout_s=60, warn_s=20)
    press(stage, Qt.Key.Key_Right)
    stage.clock.now += 45
    stage.screens.kiosk.tick()
    press(stage, Qt.Key.Key_Right)
    assert focus_of(stage) == "action:more_time"
    press(stage, Qt.Key.Key_Return)
    stage.qtbot.waitUntil(lambda: said(stage) == [(Action.MORE_TIME, "")])


def test_a_finger_takes_the_ring_away(stage: Stage) -> None:
    stage.show(Screen.SERVICE)
    press(stage, Qt.Key.Key_Right)
    stage.tap("action:browse")
    assert focus_of(stage) == ""


def test_switches_and_own_keys_answer_enter_too(stage: Stage) -> None:
    stage.show(Screen.PRIVACY_NOTICE, statement="2026-01", keep_template=False)
    press(stage, Qt.Key.Key_Right)
    assert focus_of(stage) == "action:keep_template:on"
    press(stage, Qt.Key.Key_Space)
    stage.qtbot.waitUntil(lambda: said(stage) == [(Action.KEEP_TEMPLATE, "on")])
    press(stage, Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Left)
    assert focus_of(stage) == "action:text_size"
    press(stage, Qt.Key.Key_Return)
    assert stage.screens.kiosk.property("zoom") > 1


def test_a_citizen_registers_with_keys_alone_as_far_as_the_card(stage: Stage) -> None:
    walk = [
        (Screen.ATTRACT, (Action.TOUCH, "")),
        (Screen.LANGUAGE, (Action.SET_LANGUAGE, "zh_HK")),
        (Screen.SERVICE, (Action.REGISTER, "")),
        (Screen.ELIGIBILITY, (Action.CONTINUE, "")),
        (Screen.PRIVACY_NOTICE, (Action.AGREE, "")),
    ]
    for step, (screen, wanted) in enumerate(walk, start=1):
        stage.show(screen)
        name = "action:" + ":".join(filter(None, wanted))
        for _ in range(20):
            press(stage, Qt.Key.Key_Right)
            if focus_of(stage) == name:
                break
        press(stage, Qt.Key.Key_Return)
        stage.qtbot.waitUntil(lambda step=step: len(said(stage)) == step)  # type: ignore[misc]
        assert said(stage)[-1] == wanted
