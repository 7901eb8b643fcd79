"""Typing the print."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.document.typed import DELETE, Field, Wrong, as_date, is_old_form, is_whole, judge, press

TODAY = date(2026, 11, 23)


def typed(field: Field, keys: str) -> str:
    text = ""
    for key in keys:
        text = press(field, text, key)
    return text


@pytest.mark.parametrize(
    ("field", "keys"),
    [
        (Field.NUMBER, "A1234563"),
        (Field.NUMBER, "AB9876543"),
        (Field.NUMBER, "G123456A"),
        (Field.BIRTH, "12041968"),
        (Field.ISSUED, "261118"),
    ],
)
def test_a_field_is_whole_after_its_last_key_and_not_before(field: Field, keys: str) -> None:
    assert not is_whole(field, typed(field, keys[:-1]))
    assert is_whole(field, typed(field, keys))
    assert judge(field, typed(field, keys), today=TODAY) is Wrong.NOTHING


@pytest.mark.parametrize(
    ("field", "before", "key"),
    [
        (Field.NUMBER, "", "1"),
        (Field.NUMBER, "AB", "C"),
        (Field.NUMBER, "A12", "B"),
        (Field.NUMBER, "A1234563", "1"),
        (Field.BIRTH, "", "A"),
        (Field.BIRTH, "12041968", "1"),
        (Field.ISSUED, "261118", "1"),
        (Field.ISSUED, "", "enter"),
    ],
)
def test_a_key_that_does_not_fit_changes_nothing(field: Field, before: str, key: str) -> None:
    assert press(field, before, key) == before


def test_delete_takes_the_last_character_back() -> None:
    assert press(Field.NUMBER, "A1", DELETE) == "A"
    assert press(Field.NUMBER, "", DELETE) == ""


@given(st.sampled_from(Field), st.text(max_size=4), st.text(max_size=3))
def test_any_key_gives_a_text_no_longer_than_one_more(field: Field, before: str, key: str) -> None:
    assert len(press(field, before, key)) <= len(before) + 1


def test_a_wrong_check_character_is_said() -> None:
    assert judge(Field.NUMBER, "A1234564", today=TODAY) is Wrong.CHECK_DIGIT


@pytest.mark.parametrize("text", ["31021968", "00011968", "12041899", "24112026"])
def test_a_day_that_cannot_be_is_said(text: str) -> None:
    assert judge(Field.BIRTH, text, today=TODAY) is Wrong.DATE


def test_an_issue_year_is_of_this_century() -> None:
    assert as_date(Field.ISSUED, "010203") == date(2003, 2, 1)
    assert as_date(Field.BIRTH, "01021903") == date(1903, 2, 1)


def test_no_error_message_repeats_the_date() -> None:
    with pytest.raises(ValueError, match="no such day") as caught:
        as_date(Field.BIRTH, "31021968")
    assert caught.value.__cause__ is None


def test_cards_before_the_first_2018_form_are_old() -> None:
    assert is_old_form(date(2018, 11, 25))
    assert not is_old_form(date(2018, 11, 26))
