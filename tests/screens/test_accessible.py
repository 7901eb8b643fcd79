"""The accessibility tree of every screen: what a screen reader meets is what the eye sees."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtQuick import QQuickItem

from ui.easel import Easel
from ui.inspection import accessible_tree, texts
from ui.pressables import items, topmost
from ui.sample import Sample
from ui.samples import SAMPLES
from ui.words import Words
from wire.screen import Language, Screen, SetupScreen

pytestmark = pytest.mark.screen

EACH = list({sample.screen: sample for sample in SAMPLES if not sample.is_warning}.values())
PRESSED = {QAccessible.Role.Button, QAccessible.Role.Switch, QAccessible.Role.CheckBox}
DRAWN: dict[Screen | SetupScreen, set[str]] = {
    Screen.TYPE_DETAILS: {"DD-MM-YYYY", "DD-MM-YY", "A123456(3)"},
}
"""Part of a picture, not words."""
SIGNS = {"A+", "On", "Off"}
"""Of a button that says what it does, of a switch that says how it stands."""
FOR_STAFF = {Screen.REFERRAL}
"""The code in the corner is for staff; a citizen hears the words instead."""


@pytest.fixture(scope="module")
def easel(qapp: QGuiApplication, words: Words) -> Iterator[Easel]:
    easel = Easel("portrait", words)
    yield easel
    easel.close()


def names(easel: Easel) -> str:
    root = QAccessible.queryAccessibleInterface(easel.glass.window)
    return " ".join(
        one.text(QAccessible.Text.Name)
        for one in accessible_tree(root)
        if not one.state().invisible
    )


def is_silent(text: QQuickItem, sample: Sample) -> bool:
    shown = str(text.property("text"))
    return shown in DRAWN.get(sample.screen, SIGNS) | SIGNS or (
        sample.screen in FOR_STAFF and shown == sample.facts.get("code")
    )


@pytest.mark.parametrize("sample", EACH, ids=lambda sample: sample.screen.value)
def test_every_word_that_is_seen_can_be_heard(easel: Easel, sample: Sample) -> None:
    easel.sketch(sample, Language.EN)
    spoken = names(easel)
    for text in texts(topmost(easel.glass.window)):
        shown = str(text.property("text"))
        if len(shown) > 1 and not is_silent(text, sample):
            assert shown in spoken, f"{sample.name}: {shown}"


@pytest.mark.parametrize("sample", EACH, ids=lambda sample: sample.screen.value)
def test_everything_that_is_pressed_says_what_it_is_and_takes_the_focus(
    easel: Easel, sample: Sample
) -> None:
    easel.sketch(sample, Language.EN)
    root = QAccessible.queryAccessibleInterface(easel.glass.window)
    pressed = [
        one for one in accessible_tree(root) if one.role() in PRESSED and not one.state().invisible
    ]
    assert pressed
    for one in pressed:
        assert one.text(QAccessible.Text.Name), sample.name
        assert one.state().focusable or one.state().disabled, one.text(QAccessible.Text.Name)
        assert "Press" in one.actionInterface().actionNames()


def test_pictures_are_not_read_aloud(easel: Easel) -> None:
    for sample in EACH:
        easel.sketch(sample, Language.EN)
        for item in items(easel.glass.window.contentItem()):
            if item.inherits("QQuickImage") and item.isVisible():
                assert QAccessible.queryAccessibleInterface(item) is None or not (
                    QAccessible.queryAccessibleInterface(item).text(QAccessible.Text.Name)
                )
