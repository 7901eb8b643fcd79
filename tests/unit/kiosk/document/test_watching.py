"""From stills to news: hints that hold, readings that agree, tries that end."""

from collections.abc import Sequence

import msgspec
import pytest

from kiosk.document.watching import HINT_AFTER_S, TRY_S, News, Watch
from tests.support.printed import reading
from wire.document import CardHint, Form, PrintRead, PrintUnreadable

LOOK_S = 0.15


def watched(stills: Sequence[CardHint | PrintRead]) -> list[News]:
    """Return all the news of a row of stills."""
    watch = Watch()
    return [news for n, still in enumerate(stills) for news in watch.see(still, n * LOOK_S)]


LONG = round(HINT_AFTER_S / LOOK_S) + 2
A_TRY = round(TRY_S / LOOK_S) + 2


def test_two_stills_that_agree_are_a_reading_and_it_is_told_once() -> None:
    assert watched([reading()] * 20) == [reading()]


def test_one_still_is_not_enough() -> None:
    assert watched([reading(), CardHint.BLURRED]) == []


@pytest.mark.parametrize("of", ["number", "birth", "issued"])
def test_two_readings_that_do_not_agree_are_none(of: str) -> None:
    other = msgspec.structs.replace(reading(), **{of: "x"})
    news = watched([reading(), other] * 2)
    assert not any(isinstance(one, PrintRead) for one in news)


def test_a_reading_that_opens_no_chip_is_no_news() -> None:
    half = msgspec.structs.replace(reading(), issued="")
    assert watched([half] * LONG) == [CardHint.READING]


def test_the_older_form_needs_no_key() -> None:
    old = msgspec.structs.replace(reading(form=Form.FORM_2003), number="", issued="")
    assert watched([old, old]) == [old]
    assert watched([reading(), reading(form=Form.FORM_2003)]) == []


def test_a_hint_is_told_when_it_has_held_a_while_and_once() -> None:
    assert watched([CardHint.GLARE] * (LONG + 5)) == [CardHint.GLARE]
    assert watched([CardHint.GLARE, CardHint.COVERED] * LONG) == []


def test_nothing_is_no_news_until_something_was_there() -> None:
    assert watched([CardHint.NOTHING] * 20) == []
    stills = [CardHint.GLARE] * LONG + [CardHint.NOTHING] * LONG
    assert watched(stills) == [CardHint.GLARE, CardHint.NOTHING]


def test_a_card_that_lies_unread_is_a_failed_try_after_a_while_and_again() -> None:
    news = watched([CardHint.GLARE] * (2 * A_TRY + LONG))
    assert news == [CardHint.GLARE, PrintUnreadable(), PrintUnreadable()]


def test_the_time_of_a_try_begins_with_the_card() -> None:
    stills = [CardHint.NOTHING] * A_TRY + [CardHint.BLURRED] * (A_TRY - 2)
    assert PrintUnreadable() not in watched(stills)


def test_another_card_is_read_anew_once_the_first_is_gone() -> None:
    other = msgspec.structs.replace(reading(), number="G123456A")
    between = [CardHint.NOTHING] * LONG
    assert watched([reading()] * LONG + between + [other] * 2) == [reading(), other]
    assert watched([reading()] * LONG + [CardHint.NOTHING] + [reading()] * 2) == [reading()]


def test_another_card_in_its_place_is_read_too() -> None:
    other = msgspec.structs.replace(reading(), number="G123456A")
    assert watched([reading()] * 3 + [other] * 3) == [reading(), other]


def test_once_read_no_hint_is_given() -> None:
    assert watched([reading()] * 2 + [CardHint.GLARE] * (A_TRY + LONG)) == [reading()]
