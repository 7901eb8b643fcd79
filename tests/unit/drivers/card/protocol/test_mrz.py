"""The machine-readable zone of a card.

Known answers: ICAO Doc 9303-3, app. A to part 3 (check digits), 9303-5, app. B (TD1).
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.card.protocol.errors import CardUnreadable
from drivers.card.protocol.mrz import (
    Mrz,
    build_td1,
    check_digit,
    document_number,
    parse_td1,
    with_check,
)
from drivers.errors import LocalProtocolError

EXAMPLE = (
    "I<UTOD231458907<<<<<<<<<<<<<<<7408122F1204159UTO<<<<<<<<<<<6ERIKSSON<<ANNA<MARIA<<<<<<<<<<"
)
upper = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=12)
digits = st.text("0123456789", min_size=6, max_size=6)


@pytest.mark.parametrize(
    ("field", "digit"),
    [("520727", "3"), ("AB2134<<<", "5"), ("D23145890", "7"), ("740812", "2"), ("<<<<<<", "0")],
)
def test_check_digits_are_those_of_the_standard(field: str, digit: str) -> None:
    assert check_digit(field) == digit


def test_the_example_of_the_standard_is_read() -> None:
    mrz = parse_td1(EXAMPLE)
    assert (mrz.issuer, mrz.number, mrz.birth, mrz.sex) == ("UTO", "D23145890", "740812", "F")
    assert mrz.name == "ERIKSSON, ANNA MARIA"


@given(
    number=st.from_regex(r"[A-Z]{1,2}[0-9]{7}", fullmatch=True),
    birth=digits,
    sex=st.sampled_from("FMX"),
    surname=upper,
    given_names=st.lists(upper, max_size=1),
)
def test_what_is_built_is_read_back(
    number: str, birth: str, sex: str, surname: str, given_names: list[str]
) -> None:
    mrz = Mrz("UTO", number, birth, sex, surname, " ".join(given_names))
    text = build_td1(mrz)
    assert len(text) == 90
    assert parse_td1(text) == mrz


def test_our_cards_carry_no_expiry_date() -> None:
    text = build_td1(Mrz("UTO", "A1234563", "680412", "M", "LAM", "SIU MING"))
    assert text == (
        "I<UTOA1234563<4<<<<<<<<<<<<<<<6804129M<<<<<<0UTO<<<<<<<<<<<2LAM<<SIU<MING<<<<<<<<<<<<<<<<<"
    )


def test_a_name_without_given_names_has_no_comma() -> None:
    assert Mrz("UTO", "A1234563", "680412", "M", "LAM", "").name == "LAM"


def test_a_name_that_is_too_long_is_cut() -> None:
    assert parse_td1(build_td1(Mrz("UTO", "A1", "680412", "M", "A" * 40, "B"))).name == "A" * 30


@pytest.mark.parametrize("position", [5, 8, 14, 30, 36, 38, 44, 59])
def test_one_changed_character_breaks_a_check_digit(position: int) -> None:
    changed = "1" if EXAMPLE[position] != "1" else "2"
    with pytest.raises(CardUnreadable):
        parse_td1(EXAMPLE[:position] + changed + EXAMPLE[position + 1 :])


@pytest.mark.parametrize(
    "text",
    [
        EXAMPLE[:-1],
        f"{EXAMPLE}<",
        EXAMPLE.lower(),
        f"P{EXAMPLE[1:]}",
        EXAMPLE.replace("122F", "122Q"),
        f"{EXAMPLE[:60]}{'<' * 30}",
    ],
    ids=["too short", "too long", "lower case", "a passport", "another sex", "no name"],
)
def test_another_form_is_refused(text: str) -> None:
    with pytest.raises(CardUnreadable):
        parse_td1(text)


def test_an_unknown_date_of_birth_is_refused() -> None:
    fields = with_check("74<<<<")
    text = build_td1(Mrz("UTO", "A1234563", "740812", "F", "LAM", ""))
    first, second, third = text[:30], fields + text[37:59], text[60:]
    composite = check_digit(first[5:30] + second[0:7] + second[8:15] + second[18:29])
    with pytest.raises(CardUnreadable, match="date of birth"):
        parse_td1(first + second + composite + third)


@given(st.text(max_size=100) | st.text("ABC019<", min_size=90, max_size=90))
def test_any_text_is_read_or_refused_by_our_own_error(text: str) -> None:
    try:
        parse_td1(text)
    except CardUnreadable:
        return


def test_a_refusal_does_not_repeat_what_the_zone_says() -> None:
    with pytest.raises(CardUnreadable) as caught:
        parse_td1(EXAMPLE.replace("D231", "D232"))
    assert "D232" not in str(caught.value)
    assert "ERIKSSON" not in str(caught.value)


def test_a_document_number_that_is_too_long_is_our_own_bug() -> None:
    with pytest.raises(LocalProtocolError) as caught:
        document_number("A123456789")
    assert "A123456789" not in str(caught.value)


def test_no_repr_shows_what_the_zone_says() -> None:
    assert "ERIKSSON" not in repr(parse_td1(EXAMPLE))
