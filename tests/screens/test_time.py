"""The time a citizen has, as the screens count it."""

import pytest

from tests.support.stage import Stage
from wire.screen import Action, Screen, Touched

pytestmark = pytest.mark.screen


def names(stage: Stage) -> set[str]:
    return {button.objectName() for button in stage.buttons()}


def test_the_warning_offers_more_time_and_a_touch_takes_it_away(stage: Stage) -> None:
    stage.show(Screen.SERVICE, timeout_s=60, warn_s=20)
    assert "action:more_time" not in names(stage)
    stage.clock.now += 41
    stage.screens.kiosk.tick()
    assert stage.screens.kiosk.property("secondsLeft") == 19
    assert "action:more_time" in names(stage)
    stage.tap("action:more_time")
    stage.qtbot.waitUntil(lambda: stage.engine.heard(Touched(sequence=1, action=Action.MORE_TIME)))
    assert stage.screens.kiosk.property("secondsLeft") == 60
    assert not stage.screens.kiosk.property("warning")


def test_long_work_of_the_terminal_never_warns(stage: Stage) -> None:
    stage.show(Screen.READING_CARD, timeout_s=60, warn_s=0)
    stage.clock.now += 61
    stage.screens.kiosk.tick()
    assert not stage.screens.kiosk.property("warning")


def test_a_screen_without_an_end_counts_nothing(stage: Stage) -> None:
    stage.show(Screen.ATTRACT, timeout_s=0, warn_s=20, receipt_on_screen=False)
    stage.clock.now += 10_000
    stage.screens.kiosk.tick()
    assert stage.screens.kiosk.property("secondsLeft") == 0
    assert not stage.screens.kiosk.property("warning")
