"""The tokens: sizes that are read by old eyes, colours that stand apart, in both palettes."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtQml import QQmlComponent

from ui import glass
from ui.easel import Easel
from ui.legibility import contrast
from ui.shown import LARGE
from ui.words import Words

pytestmark = pytest.mark.screen

SOURCE = b'import QtQuick; import "tokens"; QtObject { property var tok: Tok }'
TEXT = [
    ("ink", "paper"),
    ("ink", "card"),
    ("ink", "tint"),
    ("muted", "paper"),
    ("muted", "card"),
    ("muted", "tint"),
    ("accent", "paper"),
    ("accentText", "accent"),
    ("accentText", "accentDown"),
    ("attentionInk", "attention"),
]
PARTS = [("edge", "paper"), ("edge", "card"), ("accent", "card"), ("good", "dark")]
NORMAL_ONLY = [
    *(("ink", ground) for ground in ("sage", "sand", "dusk")),
    *(("muted", ground) for ground in ("sage", "sand", "dusk")),
    *(("accent", ground) for ground in ("sage", "sand", "dusk")),
]
"""In contrast colours the pictures have no ground of their own."""
RING = (QColor("#F2B01E"), QColor("#102422"))


class Tokens:
    """The singleton, as the screens read it."""

    def __init__(self, words: Words) -> None:
        self.easel = Easel("portrait", words)
        # Kept: Qt deletes what a component made together with it.
        self._component = component = QQmlComponent(self.easel.glass.engine)
        component.setData(SOURCE, QUrl.fromLocalFile(str(glass.MAIN.parents[1]) + "/tokens.qml"))
        self._holder = component.create()
        assert self._holder is not None, component.errorString()

    def colour(self, name: str) -> QColor:
        return QColor(self._holder.property("tok").property(name))

    def mm(self, name: str) -> float:
        return float(self._holder.property("tok").property(name)) / self.easel.px_per_mm


@pytest.fixture
def tokens(qapp: QGuiApplication, words: Words) -> Iterator[Tokens]:
    tokens = Tokens(words)
    yield tokens
    tokens.easel.close()


@pytest.mark.parametrize("strong", [False, True], ids=["normal", "contrast"])
def test_words_stand_out_at_4_5_and_parts_at_3(tokens: Tokens, *, strong: bool) -> None:
    tokens.easel.kiosk.setContrast(strong)
    for words, ground in TEXT + ([] if strong else NORMAL_ONLY):
        apart = contrast(tokens.colour(words), tokens.colour(ground))
        assert apart >= 4.5, f"{words} on {ground}: {apart:.1f}"
    for part, ground in PARTS:
        apart = contrast(tokens.colour(part), tokens.colour(ground))
        assert apart >= 3.0, f"{part} on {ground}: {apart:.1f}"


@pytest.mark.parametrize("strong", [False, True], ids=["normal", "contrast"])
def test_one_tone_of_the_focus_ring_stands_out_on_every_ground(
    tokens: Tokens, *, strong: bool
) -> None:
    tokens.easel.kiosk.setContrast(strong)
    assert contrast(*RING) >= 3.0
    for ground in ("paper", "card", "tint", "accent", "sage", "sand", "dusk", "dark"):
        best = max(contrast(tone, tokens.colour(ground)) for tone in RING)
        assert best >= 3.0, f"{ground}: {best:.1f}"


def test_letters_are_read_from_600_mm(tokens: Tokens) -> None:
    assert tokens.mm("body") >= 10.3
    assert tokens.mm("tiny") >= 7.0
    assert tokens.mm("target") >= 26
    assert tokens.mm("utility") >= 20


def test_larger_letters_are_a_third_larger(tokens: Tokens) -> None:
    before = tokens.mm("body")
    tokens.easel.kiosk.setZoom(LARGE)
    assert tokens.mm("body") / before == pytest.approx(1.35)


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21)
    assert contrast(QColor("#777777"), QColor("white")) == pytest.approx(4.48, abs=0.01)
