"""Speech mode: what is seen is said, by id, and nothing of the citizen's data ever is."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from tests.support.stage import Stage
from ui.easel import Easel
from ui.samples import SAMPLES
from ui.shown import LARGE
from ui.speech import START_PERCENT, Speech, heard
from ui.words import Words
from wire.screen import Action, Language, Screen, Touched

pytestmark = pytest.mark.screen

CANARY = "CANARY"
FOR_STAFF = ("STAFF_", "SETUP_")
OF_DATA = {Screen.CHECK_DETAILS, Screen.TYPE_DETAILS, Screen.INFORMATION, Screen.ONE_SERVICE}


class Ear:
    """Hears what is sent to the audio helper."""

    def __init__(self, stage: Stage, words: Words) -> None:
        self.orders: list[dict[str, Any]] = []
        self._stage = stage
        screens = stage.screens
        Speech(screens.glass.window, screens.kiosk, words, self.orders.append)

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            self._stage.clock.now += 1
            QTest.keyClick(self._stage.screens.glass.window, key)

    def said(self) -> list[list[str]]:
        return [order["ids"] for order in self.orders if order["do"] == "say"]

    def says(self, *ids: str) -> None:
        """Wait until exactly that is said last."""
        self._stage.qtbot.waitUntil(lambda: bool(self.said()) and self.said()[-1] == list(ids))


@pytest.fixture
def ear(stage: Stage, words: Words) -> Ear:
    return Ear(stage, words)


def test_nothing_is_said_without_headphones(stage: Stage, ear: Ear) -> None:
    stage.show(Screen.SERVICE)
    ear.press(Qt.Key.Key_Right, Qt.Key.Key_F2)
    assert ear.orders == []


def test_a_screen_says_its_heading_first_and_the_keypad_what_it_reaches(
    stage: Stage, ear: Ear
) -> None:
    stage.show(Screen.READING_CARD)
    ear.press(Qt.Key.Key_F5)
    stage.qtbot.waitUntil(lambda: bool(ear.said()))
    assert ear.said()[-1][:2] == ["title_READING_CARD", "wordmark"]
    assert "body_READING_CARD" in ear.said()[-1]
    ear.press(Qt.Key.Key_Right)
    ear.says("cancel")
    stage.show(Screen.SERVICE)
    stage.qtbot.waitUntil(lambda: ear.said()[-1][0] == "title_SERVICE")
    ear.press(Qt.Key.Key_Right)
    ear.says("service_register", "service_register_more")


def test_it_is_said_again_paused_and_turned_up(stage: Stage, ear: Ear) -> None:
    stage.show(Screen.SERVICE)
    ear.press(Qt.Key.Key_F5)
    stage.qtbot.waitUntil(lambda: len(ear.said()) == 1)
    ear.press(Qt.Key.Key_F2)
    assert ear.said()[0] == ear.said()[1]
    ear.orders.clear()
    ear.press(Qt.Key.Key_F3, Qt.Key.Key_F3, Qt.Key.Key_VolumeUp, *[Qt.Key.Key_VolumeDown] * 9)
    assert [order["do"] for order in ear.orders[:2]] == ["pause", "resume"]
    assert ear.orders[2]["percent"] == START_PERCENT + 10
    assert ear.orders[-1]["percent"] == 10


def test_a_touch_and_pulled_headphones_fall_silent(stage: Stage, ear: Ear) -> None:
    stage.show(Screen.SERVICE)
    ear.press(Qt.Key.Key_F5)
    stage.qtbot.waitUntil(lambda: len(ear.said()) == 1)
    stage.tap("action:browse")
    assert ear.orders[-1] == {"do": "stop"}
    ear.orders.clear()
    ear.press(Qt.Key.Key_F6)
    assert ear.orders == [{"do": "stop"}]


def test_the_curtain_hides_the_screen_only_from_who_listens(stage: Stage, ear: Ear) -> None:
    stage.show(Screen.SERVICE)
    ear.press(Qt.Key.Key_F4)
    assert not stage.screens.kiosk.property("curtain")
    ear.press(Qt.Key.Key_F5, Qt.Key.Key_F4)
    assert stage.screens.kiosk.property("curtain")
    picture = stage.screens.glass.window.grabWindow()
    assert picture.pixelColor(picture.width() // 2, picture.height() - 60).lightness() == 0
    ear.press(Qt.Key.Key_F6)
    assert not stage.screens.kiosk.property("curtain")


def test_everything_is_back_to_normal_when_the_session_ends(stage: Stage, ear: Ear) -> None:
    stage.show(Screen.WIPING, outcome="done")
    kiosk = stage.screens.kiosk
    ear.press(Qt.Key.Key_F5, Qt.Key.Key_F4)
    kiosk.setZoom(LARGE)
    kiosk.setContrast(True)
    kiosk.forget()
    assert (kiosk.property("zoom"), kiosk.property("contrast")) == (1.0, False)
    assert (kiosk.property("speech"), kiosk.property("curtain")) == (False, False)
    assert ear.orders[-1] == {"do": "stop"}


@pytest.mark.parametrize("language", Language)
def test_nothing_of_the_citizen_is_sent_to_be_said(
    stage: Stage, ear: Ear, language: Language
) -> None:
    stage.show_facts(
        Screen.CHECK_DETAILS,
        language,
        {"name": CANARY, "chinese": CANARY, "number": CANARY, "birth": CANARY, "sex": "F"},
    )
    ear.press(Qt.Key.Key_F5, Qt.Key.Key_Right)
    stage.qtbot.waitUntil(lambda: bool(ear.said()))
    assert "title_CHECK_DETAILS" in ear.said()[0]
    assert CANARY not in str(ear.orders)


@pytest.mark.parametrize("language", Language)
def test_every_text_on_every_screen_has_a_clip_to_be_named(
    qapp: QGuiApplication, words: Words, language: Language
) -> None:
    easel = Easel("portrait", words)
    for sample in {sample.screen: sample for sample in SAMPLES}.values():
        easel.sketch(sample, language)
        texts = heard(easel.glass.window)
        assert texts, sample.name
        # Staff and field staff see codes, numbers, a log: read by them, spoken to nobody.
        if sample.screen not in OF_DATA and not sample.screen.name.startswith(FOR_STAFF):
            silent = [text for text in texts if not words.ids_of(language, text)]
            assert all(_is_data(text, sample.facts_in(language)) for text in silent), silent
    easel.close()


def _is_data(text: str, facts: dict[str, Any]) -> bool:
    """Say whether a text is what the engine told, or the name of another language."""
    told = " ".join(str(value) for value in facts.values())
    dots = set(text) <= {"\u2022", "\u25cf"}  # of a PIN only the length is shown
    return dots or text in told or any(part in told for part in text.split(" \u00b7 "))


@pytest.mark.parametrize(
    ("shown", "ids"),
    [
        ("This kiosk opens at 09:30.", ["body_CLOSED", "digit_0", "digit_9", "digit_3", "digit_0"]),
        ("Try 2 of 3", ["attempt", "digit_2", "digit_3"]),
        ("CHAN Tai Man", []),
    ],
)
def test_a_number_is_said_after_its_text(words: Words, shown: str, ids: list[str]) -> None:
    assert words.ids_of(Language.EN, shown) == ids


@pytest.mark.parametrize("helped", ["large", "speech", ""])
def test_large_letters_and_speech_have_twice_the_time(stage: Stage, helped: str) -> None:
    kiosk = stage.screens.kiosk
    stage.show(Screen.SERVICE, timeout_s=60, warn_s=20)
    if helped == "large":
        kiosk.setZoom(LARGE)
    elif helped == "speech":
        kiosk.setSpeech(True)
    stage.clock.now += 41
    kiosk.tick()
    assert kiosk.is_warning() is (not helped)
    more = Touched(sequence=1, action=Action.MORE_TIME)
    assert stage.engine.heard(more) is bool(helped)
    stage.clock.now += 41
    kiosk.tick()
    assert kiosk.is_warning()
