"""What a word is, what a search means, and what is marked in a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fleet.search.words import FAULTS, LONGEST, BadQuery, Term, marked, parsed, words_of

NAMES = frozenset({"terminal-7", "terminal-8"})


def holds(query: str, text: str) -> bool:
    return parsed(query).holds(words_of(text))


def test_a_word_is_letters_and_digits_and_each_chinese_character() -> None:
    assert words_of("Card.FAILED attempts=2") == ["card", "failed", "attempts", "2"]
    assert words_of("讀卡器壞了 x") == ["讀", "卡", "器", "壞", "了", "x"]
    assert words_of("_-_ <*> …") == []


def test_words_are_joined_by_and() -> None:
    assert holds("mute failed", "card.failed failure=card.mute")
    assert not holds("mute absent", "card.failed failure=card.mute")


def test_what_is_written_together_or_quoted_stands_together() -> None:
    assert holds("card.mute", "card.failed failure=card.mute")
    assert not holds("failed.mute", "card.failed failure=card.mute")
    assert holds('"failed failure"', "card.failed failure=card.mute")
    assert not holds('"mute failed"', "card.failed failure=card.mute")
    assert holds("卡器", "讀卡器壞了")
    assert not holds("器卡", "讀卡器壞了")


def test_a_star_stands_for_any_ending_and_minus_for_not() -> None:
    assert holds("fail*", "card.failed")
    assert not holds("fail", "card.failed")
    assert holds("card.f*", "card.failed")
    assert holds("failed -mute", "card.failed failure=card.removed")
    assert not holds("failed -card.mute", "card.failed failure=card.mute")
    assert holds('failed -"mute card"', "card.failed failure=card.mute")


def test_labels_say_which_terminals_and_names_are_words_and_terminals() -> None:
    query = parsed("dust district:sha_tin -State:well TERMINAL-7", NAMES)
    assert query.selection == "district:sha_tin -State:well"
    assert query.names == ("terminal-7",)
    assert query.wanted == (Term(("dust",)), Term(("terminal", "7")))
    assert parsed('"district:sha_tin"').selection == "", "what is quoted is words"
    assert parsed("failure:card").selection == "", "no label of ours: words that stand together"


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        ("x" * (LONGEST + 1), "too_long"),
        ("a " * 13, "too_many"),
        ('dust "and', "open_quotation"),
        ("dust &&", "no_word"),
        ("*", "no_word"),
        ('""', "no_word"),
        ("-dust", "only_not"),
    ],
)
def test_what_cannot_be_understood_says_why(query: str, fault: str) -> None:
    with pytest.raises(BadQuery) as caught:
        parsed(query)
    assert str(caught.value) == fault
    assert fault in FAULTS
    assert caught.value.code == "search.malformed"


def test_nothing_means_everything() -> None:
    assert holds("", "anything")
    assert parsed("").rank(["anything"]) == 0


def test_more_often_and_side_by_side_is_better() -> None:
    query = parsed("card mute")
    beside, apart = "card mute now", "mute now card"
    assert query.rank(words_of(beside)) > query.rank(words_of(apart))
    assert parsed("card").rank(words_of("card card")) > parsed("card").rank(words_of("card"))


def test_what_was_searched_for_is_marked_and_nothing_else() -> None:
    text = "Card.Failed: card.mute <b>MUTE</b>"
    pieces = marked(text, parsed("card.mute"))
    assert [piece for piece, is_hit in pieces if is_hit] == ["card.mute"]
    pieces = marked(text, parsed("mut*"))
    assert [piece for piece, is_hit in pieces if is_hit] == ["mute", "MUTE"]
    assert marked("", parsed("x")) == []


@given(st.text(max_size=80), st.text(alphabet='ab -*"讀卡:.', max_size=30))
def test_marking_loses_no_letter_whatever_is_searched_for(text: str, query: str) -> None:
    try:
        meant = parsed(query)
    except BadQuery:
        return
    pieces = marked(text, meant)
    assert "".join(piece for piece, _ in pieces) == text
    words = words_of(text)
    if meant.wanted and meant.holds(words):
        assert any(is_hit for _, is_hit in pieces)
        assert meant.rank(words) > 0
