"""The screens and a socket in the engine's place."""

import pytest
from PySide6.QtCore import QPoint

from tests.support.stage import Stage, everything_in
from ui.pressables import place
from ui.words import Words
from wire.screen import (
    Action,
    Forget,
    Forgot,
    Language,
    Painted,
    PaintReceipt,
    ReceiptPainted,
    Screen,
    ShowHint,
    ShowProgress,
    Touched,
)
from wire.vision import FaceHint

pytestmark = pytest.mark.screen

CANARY = "CANARY-7QX"


def touches(stage: Stage) -> list[Touched]:
    stage.engine.listen()
    return [message for message in stage.engine.said if isinstance(message, Touched)]


def test_a_screen_is_painted_before_the_engine_hears_so(stage: Stage) -> None:
    stage.show(Screen.SERVICE)
    assert stage.engine.said[-1] == Painted(sequence=1)


def test_a_tap_reports_once_though_tapped_twice(stage: Stage) -> None:
    stage.show(Screen.SERVICE)
    stage.tap("action:register")
    stage.clock.now += 0.39
    stage.tap("action:register")
    stage.qtbot.waitUntil(lambda: bool(touches(stage)))
    assert touches(stage) == [Touched(sequence=1, action=Action.REGISTER)]
    stage.clock.now += 0.02
    stage.tap("action:register")
    stage.qtbot.waitUntil(lambda: len(touches(stage)) == 2)


def test_a_button_acts_when_the_finger_lifts_from_it(stage: Stage) -> None:
    stage.show(Screen.SERVICE)
    button = next(one for one in stage.buttons() if one.objectName() == "action:register")
    middle = place(button).center().toPoint()
    stage.finger.press(middle)
    stage.finger.slide(QPoint(middle.x(), 5))
    stage.finger.release(QPoint(middle.x(), 5))
    stage.show(Screen.SERVICE)
    assert touches(stage) == []


def test_another_key_may_follow_at_once(stage: Stage) -> None:
    stage.show(Screen.TYPE_DETAILS, field="birth", typed="", complete=False, wrong="", reason="")
    stage.tap("action:key:1")
    stage.tap("action:key:1")
    stage.tap("action:key:2")
    stage.qtbot.waitUntil(lambda: len(touches(stage)) == 2)
    assert [touch.argument for touch in touches(stage)] == ["1", "2"]


def test_a_change_of_language_keeps_the_screen_and_changes_every_word(
    stage: Stage, words: Words
) -> None:
    stage.show(Screen.ELIGIBILITY, Language.ZH_HK)
    stage.show(Screen.ELIGIBILITY, Language.EN)
    assert stage.screens.kiosk.property("screenName") == "ELIGIBILITY"
    assert stage.screens.kiosk.property("fontFamily") == "Noto Sans"
    seen = everything_in(stage.screens.glass.window)
    for text_id in ("title_ELIGIBILITY", "eligible_yes", "cancel", "more_time_head"):
        assert words.text(Language.EN, text_id) in seen
        assert words.text(Language.ZH_HK, text_id) not in seen


def test_hint_and_progress_of_an_earlier_screen_mean_nothing(stage: Stage) -> None:
    stage.show(Screen.TAKING_PHOTO, attempt=1, attempts=3)
    kiosk = stage.screens.kiosk
    stage.engine.send(ShowHint(sequence=1, hint=FaceHint.NEARER))
    stage.engine.send(ShowProgress(sequence=1, share=7.0))
    stage.qtbot.waitUntil(lambda: kiosk.property("hint") == "nearer")
    stage.qtbot.waitUntil(lambda: kiosk.property("progress") == 1.0)
    stage.engine.send(ShowHint(sequence=0, hint=FaceHint.BACK))
    stage.engine.send(ShowProgress(sequence=1, share=0.5))
    stage.qtbot.waitUntil(lambda: kiosk.property("progress") == 0.5)
    assert kiosk.property("hint") == "nearer"
    stage.show(Screen.COMPARING)
    assert (kiosk.property("hint"), kiosk.property("progress")) == ("", 0.0)


@pytest.mark.parametrize("screen", [Screen.CHECK_DETAILS, Screen.WIPING])
def test_forget_leaves_nothing(stage: Stage, screen: Screen) -> None:
    stage.show(Screen.CHECK_DETAILS, name=CANARY, number=CANARY, birth=CANARY, sex="F")
    assert CANARY in everything_in(stage.screens.glass.window)
    if screen is Screen.WIPING:
        stage.show(Screen.WIPING, outcome="done")
    stage.screens.kiosk.setZoom(2.0)
    stage.screens.kiosk.setContrast(True)
    stage.engine.send(Forget())
    stage.qtbot.waitUntil(lambda: stage.engine.heard(Forgot()))
    kiosk = stage.screens.kiosk
    assert kiosk.property("facts") == {}
    assert kiosk.property("zoom") == 1.0
    assert not kiosk.property("contrast")
    assert CANARY not in everything_in(stage.screens.glass.window)
    assert CANARY not in everything_in(stage.screens.glass.engine)


def test_what_was_shown_is_off_the_glass_before_forgot_is_answered(stage: Stage) -> None:
    stage.show(Screen.CHECK_DETAILS, name=CANARY, number="A12••••(•)", birth="", sex="F")
    window = stage.screens.glass.window
    with_name = window.grabWindow()
    answered_before_frame: list[bool] = []
    window.beforeSynchronizing.connect(
        lambda: answered_before_frame.append(stage.engine.heard(Forgot()))
    )
    stage.engine.send(Forget())
    stage.qtbot.waitUntil(lambda: stage.engine.heard(Forgot()))
    assert not answered_before_frame[0]
    assert window.grabWindow() != with_name


def test_a_receipt_is_answered(stage: Stage) -> None:
    stage.engine.send(
        PaintReceipt(
            language=Language.ZH_HK,
            reference="7KQF-3M2X",
            link="https://phone.example/a/x",
            printed_at="2026-01-02T10:30",
            sent=True,
        )
    )
    stage.qtbot.waitUntil(lambda: stage.engine.heard_kind(ReceiptPainted), timeout=5_000)
    (receipt,) = [said for said in stage.engine.said if isinstance(said, ReceiptPainted)]
    assert receipt.width_px == 576
    assert len(receipt.rows) % (576 // 8) == 0
    assert any(receipt.rows)


@pytest.mark.parametrize(
    "garbage",
    [b"\xff\xff\xff\xff", b"\0\0\0\x03abc", b"\0\0\0\0", b"\0\0\0\x01\xc1"],
    ids=["too long", "no message", "empty", "no msgpack"],
)
def test_garbage_ends_the_connection_and_the_screens_come_back(
    stage: Stage, garbage: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    stage.show(Screen.CHECK_DETAILS, name=CANARY, number="", birth="", sex="F")
    stage.engine.send_bytes(garbage)
    stage.qtbot.waitUntil(lambda: not stage.engine.is_connected())
    assert stage.screens.kiosk.property("screenName") == "STARTING"
    assert not stage.screens.kiosk.property("connected")
    assert "link.bad_message" in capfd.readouterr().err
    stage.meet()
    stage.show(Screen.ATTRACT, receipt_on_screen=False)
    assert CANARY not in everything_in(stage.screens.glass.window)


def test_the_engine_may_go_and_come_back(stage: Stage) -> None:
    stage.show(Screen.CHECK_DETAILS, name=CANARY, number="", birth="", sex="F")
    stage.engine.hang_up()
    stage.qtbot.waitUntil(lambda: not stage.screens.kiosk.property("connected"))
    assert CANARY not in everything_in(stage.screens.glass.window)
    stage.meet()
    assert stage.screens.kiosk.property("connected")
    stage.show(Screen.ATTRACT, receipt_on_screen=False)


def test_nothing_is_reported_while_the_engine_is_away(stage: Stage) -> None:
    stage.show(Screen.SERVICE)
    stage.engine.hang_up()
    stage.qtbot.waitUntil(lambda: not stage.screens.kiosk.property("connected"))
    stage.screens.kiosk.send("register")
    stage.meet()
    assert touches(stage) == []


def test_a_touch_brings_everything_lower_and_the_end_of_the_session_back(stage: Stage) -> None:
    stage.show(Screen.SERVICE)
    stage.tap("action:seated")
    assert stage.screens.kiosk.property("seated") is True
    stage.show(Screen.ELIGIBILITY)
    assert stage.screens.kiosk.property("seated") is True
    stage.screens.kiosk.forget()
    assert stage.screens.kiosk.property("seated") is False
