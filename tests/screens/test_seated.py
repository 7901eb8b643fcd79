"""For who sits: everything lower, guidance in other words, gone with the session."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QGuiApplication

from ui.easel import Easel
from ui.inspection import texts
from ui.pressables import buttons, place
from ui.sample import Sample
from ui.samples import SAMPLES
from ui.words import Words
from wire.screen import Facts, Language, Screen
from wire.vision import FaceHint

pytestmark = pytest.mark.screen

PHOTO: Facts = {"attempt": 1, "attempts": 3}
OTHERWISE = [FaceHint.NEARER, FaceHint.BACK, FaceHint.UP, FaceHint.DOWN]
SHORT = [Screen.ATTRACT, Screen.SERVICE, Screen.PLACE_CARD, Screen.LINK_PHONE, Screen.TAKE_CARD]
"""Screens with room to spare above."""


@pytest.fixture(scope="module")
def easel(qapp: QGuiApplication, words: Words) -> Iterator[Easel]:
    easel = Easel("portrait", words)
    yield easel
    easel.close()


def first_line(easel: Easel, screen: Screen, mode: str) -> float:
    """Return how high the first text stands, in pixels from above."""
    sample = next(one for one in SAMPLES if one.screen is screen)
    easel.sketch(sample, Language.EN, mode)
    return min(place(text).top() for text in texts(easel.glass.window.contentItem()))


@pytest.mark.parametrize("screen", SHORT)
def test_what_is_read_and_scanned_comes_lower(easel: Easel, screen: Screen) -> None:
    lower = first_line(easel, screen, "seated") - first_line(easel, screen, "normal")
    assert lower > 0.05 * easel.glass.window.height()


def test_nothing_that_is_pressed_goes_up(easel: Easel) -> None:
    for sample in {one.screen: one for one in SAMPLES if not one.focus}.values():
        heights = []
        for mode in ("normal", "seated"):
            easel.sketch(sample, Language.EN, mode)
            found = buttons(easel.glass.window)
            heights.append({one.objectName(): place(one).center().y() for one in found})
        for name, normal in heights[0].items():
            assert heights[1][name] >= normal - 1, f"{sample.name}: {name}"


@pytest.mark.parametrize("hint", OTHERWISE)
def test_what_nobody_can_do_who_sits_is_said_in_other_words(
    easel: Easel, words: Words, hint: FaceHint
) -> None:
    sample = Sample(Screen.TAKING_PHOTO, "", PHOTO, hint=hint)
    easel.sketch(sample, Language.EN, "seated")
    shown = {str(text.property("text")) for text in texts(easel.glass.window.contentItem())}
    assert words.text(Language.EN, f"hint_seated_{hint}") in shown
    assert words.text(Language.EN, f"hint_{hint}") not in shown


@pytest.mark.parametrize("screen", Screen)
def test_it_can_be_switched_on_every_screen(easel: Easel, screen: Screen) -> None:
    sample = next(one for one in SAMPLES if one.screen is screen and one.connected)
    easel.sketch(sample, Language.EN)
    assert "action:seated" in {item.objectName() for item in buttons(easel.glass.window)}
