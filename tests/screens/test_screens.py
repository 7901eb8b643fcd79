"""Every flow state has a screen that can be read, reached and pressed."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QGuiApplication

from tests.support.stage import everything_in
from ui import glass
from ui.easel import MODES, PANELS, Easel
from ui.inspection import faults
from ui.pressables import buttons
from ui.samples import SAMPLES
from ui.words import Words
from wire.screen import Action, Language, Screen, SetupScreen

pytestmark = pytest.mark.screen

SCREENS = glass.MAIN.parent.parent / "screens"
OWN = {"text_size", "contrast", "seated", "speak"}
"""What the screens do by themselves; everything else is the engine's."""


DAILY = {("portrait", Language.ZH_HK), ("landscape", Language.EN)}


@pytest.fixture(scope="module", params=list(PANELS))
def easel(request: pytest.FixtureRequest, qapp: QGuiApplication, words: Words) -> Iterator[Easel]:
    easel = Easel(request.param, words)
    yield easel
    easel.close()


@pytest.mark.parametrize("mode", MODES)
def test_a_picture_of_the_warning_shows_it_in_each_mode(easel: Easel, mode: str) -> None:
    warning = next(sample for sample in SAMPLES if sample.is_warning)
    easel.sketch(warning, Language.EN, mode)
    assert easel.kiosk.is_warning()


def test_every_state_has_a_sample() -> None:
    assert {sample.screen for sample in SAMPLES} == set(Screen) | set(SetupScreen)


@pytest.mark.parametrize("screen", [*Screen, *SetupScreen])
def test_every_state_has_a_screen_and_a_title_in_each_language(
    screen: Screen | SetupScreen, words: Words
) -> None:
    assert (SCREENS / f"{screen}.qml").is_file()
    for language in Language:
        assert words.text(language, f"title_{screen}")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("easel", "language"),
    # The night draws each language both ways, and the gallery does.
    [
        pytest.param(panel, language, marks=() if (panel, language) in DAILY else pytest.mark.night)
        for panel in PANELS
        for language in Language
    ],
    indirect=["easel"],
)
def test_every_screen_can_be_read_and_every_button_is_known_to_the_engine(
    easel: Easel, words: Words, language: Language
) -> None:
    for sample in SAMPLES:
        picture = easel.sketch(sample, language)
        assert faults(easel.glass.window, easel.px_per_mm, picture) == [], sample.name
        actions = {one.objectName().split(":")[1] for one in buttons(easel.glass.window)}
        assert actions <= set(Action) | OWN, sample.name
    assert words.missing == set()


def test_the_first_words_are_those_of_the_first_screen(qapp: QGuiApplication, words: Words) -> None:
    words.spoken = Language.EN
    easel = Easel("portrait", words)
    seen = everything_in(easel.glass.window)
    easel.close()
    assert words.text(Language.ZH_HK, "more_time_head") in seen
    assert words.text(Language.EN, "more_time_head") not in seen


def test_a_glass_that_is_put_away_takes_no_words_from_another(
    qapp: QGuiApplication, words: Words
) -> None:
    stays, goes = Easel("portrait", words), Easel("portrait", words)
    goes.close()
    attract = next(sample for sample in SAMPLES if sample.screen is Screen.ATTRACT)
    stays.show(attract, Language.EN)
    seen = everything_in(stays.glass.window)
    stays.close()
    assert words.text(Language.EN, "title_ATTRACT") in seen
