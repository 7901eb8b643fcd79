"""What a line may say: alternatives, lookalikes, and an order among them."""

from kiosk.document.glyphs import Glyph, spellings, text, unsure
from tests.support.printed import line

DIGITS = "0123456789"


def test_words_are_told_apart() -> None:
    assert text(line("LAM, Siu Mui")) == "LAM, Siu Mui"


def test_the_best_reading_comes_first() -> None:
    ways = spellings(line("12", at_1=("7", 0.6)), [DIGITS] * 2)
    assert [way.text for way in ways] == ["12", "17"]
    assert ways[0].confidence > ways[1].confidence


def test_only_what_may_stand_there_is_read() -> None:
    assert [way.text for way in spellings(line("1A"), [DIGITS, "A"])] == ["1A"]
    assert spellings(line("AA"), [DIGITS, "A"]) == []


def test_a_lookalike_is_read_where_only_that_may_stand() -> None:
    assert [way.text for way in spellings(line("O8"), [DIGITS, "BX"])] == ["0B"]


def test_another_length_has_no_reading() -> None:
    assert spellings(line("123"), [DIGITS] * 2) == []


def test_no_more_readings_are_kept_than_anybody_needs() -> None:
    doubtful = [Glyph((("1", 0.5), ("7", 0.5)))] * 20
    assert len(spellings(doubtful, [DIGITS] * 20)) == 64


def test_a_character_is_sure_when_nothing_else_comes_near() -> None:
    assert unsure(line("1234")) == 0
    assert unsure(line("1234", at_1=("7", 0.31))) == 1
    assert unsure([Glyph((("1", 0.7),))]) == 1
