"""Each field by its own pattern; what does not fit is not read."""

from datetime import date

import pytest

from kiosk.document import fields
from tests.support.printed import line
from wire.document import PrintedField


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("A123456(3)", "A1234563"),
        ("G123456(A)", "G123456A"),
        ("AB987654(3)", "AB9876543"),
        ("A12345G(3)", "A1234563"),
        ("A123456(4)", None),
        ("A12345(3)", None),
        ("A1234563", None),
        ("", None),
    ],
)
def test_a_number_is_read_when_its_check_character_holds(printed: str, number: str | None) -> None:
    assert fields.number(line(printed)) == number


def test_the_check_character_decides_between_digits() -> None:
    assert fields.number(line("A123458(3)", at_6=("6", 0.4))) == "A1234563"


def test_letters_that_the_check_character_cannot_tell_apart_are_not_guessed() -> None:
    """A and L differ by eleven: both fit; docs/hkid.md, "Number and check character"."""
    assert fields.number(line("L123456(3)", at_0=("A", 0.9))) is None
    assert fields.number(line("L123456(3)", at_0=("A", 0.1))) == "L1234563"


@pytest.mark.parametrize(
    ("printed", "digits", "day"),
    [
        ("12-04-1968", 4, date(1968, 4, 12)),
        ("29-02-2023", 4, None),
        ("15-03-19", 2, date(2019, 3, 15)),
        ("15/03/19", 2, None),
        ("1503-19", 2, None),
    ],
)
def test_a_day_is_read_when_there_is_one(printed: str, digits: int, day: date | None) -> None:
    assert fields.day(line(printed), digits_of_year=digits) == day


def test_two_days_that_fit_as_well_are_neither() -> None:
    assert fields.day(line("11-04-1968", at_1=("7", 0.9)), digits_of_year=4) is None


@pytest.mark.parametrize(
    ("printed", "month"),
    [
        ("(06-08)", "200806"),
        ("(07-83)", "198307"),
        ("(01-49)", "194901"),
        ("(13-08)", None),
        ("(00-08)", None),
        ("06-08", None),
    ],
)
def test_the_century_of_the_first_registration_follows(printed: str, month: str | None) -> None:
    assert fields.first_registration(line(printed)) == month


@pytest.mark.parametrize(
    ("printed", "sex"),
    [("女F", "F"), ("男M", "M"), ("F", "F"), ("女", "F"), ("女M", None), ("X", None), ("", None)],
)
def test_word_and_letter_must_agree_on_the_sex(printed: str, sex: str | None) -> None:
    assert fields.sex(line(printed)) == sex


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("LAM, Siu Mui", "LAM, Siu Mui"),
        ("LlM, Siu", "LIM, Siu"),
        ("KONG, lan AIice", "KONG, Ian Alice"),
        ("O'BRIEN, Liam", "O'BRIEN, Liam"),
        ("DE SOUZA, Maria", "DE SOUZA, Maria"),
        ("MADONNA", "MADONNA"),
        ("lam, Siu", None),
        (", Siu", None),
        ("", None),
    ],
)
def test_the_case_tells_a_capital_i_from_a_small_l(printed: str, name: str | None) -> None:
    assert fields.name(line(printed)) == name


def test_codes_come_in_fours() -> None:
    assert fields.codes(line("2651 1420")) == 2
    assert fields.codes(line("2651 142")) is None
    assert fields.codes(line("")) == 0


def test_what_has_no_pattern_fits_anything() -> None:
    assert fields.fits(PrintedField.CHINESE, line("?"))
    assert fields.fits(PrintedField.NUMBER, line("A123456(3)"))
    assert not fields.fits(PrintedField.NUMBER, line("A123456(4)"))
