"""The whole print, and dates held against each other."""

from datetime import date

import pytest

from drivers.card.personalise.person import SPECIMEN
from kiosk.document.reading import read
from tests.support.printed import line, lines, reading
from wire.document import Form, PrintedField, PrintRead

TODAY = date(2026, 11, 23)
TABLE = {"2651": "林", "1420": "小", "2734": "梅"}


def said(changed: dict[str, str] | None = None, form: Form = Form.FORM_2018) -> PrintRead:
    changes = {PrintedField(of): line(text) for of, text in (changed or {}).items()}
    return read(form, lines() | changes, TABLE, today=TODAY)


def test_a_front_that_was_read_well_is_read_whole() -> None:
    assert said() == reading(SPECIMEN)
    assert said().opens_chip


@pytest.mark.parametrize("of", sorted(set(PrintedField) - {PrintedField.TITLE}))
def test_a_field_that_cannot_be_read_is_named(of: PrintedField) -> None:
    together = {PrintedField.CHINESE, PrintedField.CODES}
    unread = said({of: "265" if of in together else "?"}).unread
    expected = {PrintedField.CHINESE: frozenset(), PrintedField.CODES: frozenset(together)}
    assert unread == expected.get(of, frozenset({of}))


def test_a_window_that_was_not_looked_at_is_empty() -> None:
    nothing = read(Form.FORM_2018, {}, TABLE, today=TODAY)
    assert not nothing.opens_chip
    assert nothing.unread >= {PrintedField.NUMBER, PrintedField.NAME, PrintedField.SEX}


@pytest.mark.parametrize(
    ("changed", "unread"),
    [
        ({"birth": "15-03-2019"}, {PrintedField.BIRTH, PrintedField.ISSUED, PrintedField.FIRST}),
        ({"birth": "24-11-2026"}, {PrintedField.BIRTH}),
        ({"birth": "31-12-1899"}, {PrintedField.BIRTH}),
        ({"issued": "24-11-26"}, {PrintedField.ISSUED}),
        ({"issued": "25-11-18"}, {PrintedField.ISSUED}),
        ({"first": "(03-68)"}, {PrintedField.FIRST}),
        ({"first": "(04-19)"}, {PrintedField.FIRST}),
    ],
)
def test_dates_that_cannot_be_are_not_read(
    changed: dict[str, str], unread: set[PrintedField]
) -> None:
    assert said(changed).unread - {PrintedField.FIRST} == unread - {PrintedField.FIRST}
    assert unread <= said(changed).unread | {PrintedField.FIRST}


def test_the_first_registration_may_be_in_the_month_of_birth_or_of_issue() -> None:
    assert said({"first": "(04-68)"}).first == "196804"
    assert said({"first": "(03-19)"}).first == "201903"


def test_the_older_form_was_issued_earlier() -> None:
    assert said({"issued": "12-07-05"}, Form.FORM_2003).issued == "20050712"
    assert said({"issued": "22-06-03"}, Form.FORM_2003).issued == ""


def test_the_title_names_a_consular_card() -> None:
    assert said({"title": "CONSULAR CORPS IDENTITY CARD"}).consular
    assert not said().consular


def test_doubts_are_counted() -> None:
    doubtful = lines() | {PrintedField.NAME: line("LAM, Siu Mui", at_1=("R", 0.5))}
    assert read(Form.FORM_2018, doubtful, TABLE, today=TODAY).unsure == {PrintedField.NAME: 1}


def test_a_code_is_as_sure_as_its_character() -> None:
    assert said({"chinese": "林木梅"}).unsure == {PrintedField.CHINESE: 1, PrintedField.CODES: 4}
    assert said({"codes": "265"}).unsure == {}
