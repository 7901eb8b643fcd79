"""The machine-readable zone of a card.

Known answers: ICAO Doc 9303-3, app. A to part 3 (check digits); the examples of 9303-4 (TD3),
9303-5 (TD1) and 9303-6 (TD2), each with a short and, where it may be, a long number.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.card.protocol.errors import CardUnreadable
from drivers.card.protocol.mrz import (
    Form,
    Mrz,
    build,
    check_digit,
    document_number,
    parse,
)
from drivers.errors import LocalProtocolError

EXAMPLE = (
    "I<UTOD231458907<<<<<<<<<<<<<<<7408122F1204159UTO<<<<<<<<<<<6ERIKSSON<<ANNA<MARIA<<<<<<<<<<"
)
LONG = "I<UTOD23145890<7349<<<<<<<<<<<3407127M9507122UTO<<<<<<<<<<<2STEVENSON<<PETER<JOHN<<<<<<<<<"
TD2 = "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<D231458907UTO7408122F1204159<<<<<<<6"
TD2_LONG = "I<UTOSTEVENSON<<PETER<JOHN<<<<<<<<<<D23145890<UTO3407127M95071227349<<<8"
TD3 = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L898902C36UTO7408122F1204159ZE184226B<<<<<10"
upper = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=12)
digits = st.text("0123456789", min_size=6, max_size=6)


@pytest.mark.parametrize(
    ("field", "digit"),
    [("520727", "3"), ("AB2134<<<", "5"), ("D23145890", "7"), ("740812", "2"), ("<<<<<<", "0")],
)
def test_check_digits_are_those_of_the_standard(field: str, digit: str) -> None:
    assert check_digit(field) == digit


def test_the_example_of_the_standard_is_read() -> None:
    mrz = parse(EXAMPLE)
    assert (mrz.issuer, mrz.number, mrz.birth, mrz.sex) == ("UTO", "D23145890", "740812", "F")
    assert mrz.name == "ERIKSSON, ANNA MARIA"


@pytest.mark.parametrize(
    ("text", "form", "number", "expiry"),
    [
        (EXAMPLE, Form.TD1, "D23145890", "120415"),
        (LONG, Form.TD1, "D23145890734", "950712"),
        (TD2, Form.TD2, "D23145890", "120415"),
        (TD2_LONG, Form.TD2, "D23145890734", "950712"),
        (TD3, Form.TD3, "L898902C3", "120415"),
    ],
)
def test_the_examples_of_each_form_are_read(
    text: str, form: Form, number: str, expiry: str
) -> None:
    mrz = parse(text)
    assert (mrz.form, mrz.number, mrz.expiry) == (form, number, expiry)
    # The optional data of a passport are the issuer's: they are not kept.
    assert (build(mrz) == text) is (form is not Form.TD3)


@given(
    form=st.sampled_from(Form),
    number=st.from_regex(r"[A-Z]{1,2}[0-9]{7}", fullmatch=True),
    rest=st.from_regex(r"[0-9]{0,4}", fullmatch=True),
    birth=digits,
    sex=st.sampled_from("FMX"),
    surname=upper,
    given_names=st.just("") | upper,
    expiry=st.just("") | digits,
)
def test_what_is_built_is_read_back(form: Form, number: str, rest: str, **fields: str) -> None:
    whole = number if form is Form.TD3 else number.ljust(9, "0") + rest
    code = "P" if form is Form.TD3 else "I"
    fields["given"] = fields.pop("given_names")
    mrz = Mrz(issuer="UTO", number=whole, form=form, code=code, **fields)
    assert parse(build(mrz)) == mrz


@pytest.mark.parametrize(
    ("form", "number"), [(Form.TD3, "D23145890734"), (Form.TD1, "D" * 24), (Form.TD2, "D" * 16)]
)
def test_a_number_that_its_form_has_no_room_for_is_our_own_bug(form: Form, number: str) -> None:
    with pytest.raises(LocalProtocolError):
        build(Mrz("UTO", number, "680412", "M", "LAM", "", form=form))


@pytest.mark.parametrize("text", [LONG.replace("7349", "7348"), LONG.replace("7349", "<<<<")])
def test_a_long_number_with_another_check_digit_is_refused(text: str) -> None:
    with pytest.raises(CardUnreadable):
        parse(text)


@pytest.mark.parametrize(("text", "place"), [(TD2, 45), (TD3, 53), (TD3, 86), (TD3, 87)])
def test_one_changed_check_digit_of_the_other_forms_is_refused(text: str, place: int) -> None:
    changed = "2" if text[place] != "2" else "3"
    with pytest.raises(CardUnreadable):
        parse(text[:place] + changed + text[place + 1 :])


def test_another_nationality_than_the_issuer_is_kept() -> None:
    mrz = Mrz("UTO", "A1234563", "680412", "M", "LAM", "", nationality="FRA")
    assert parse(build(mrz)).nationality == "FRA"


def test_our_cards_carry_no_expiry_date() -> None:
    text = build(Mrz("UTO", "A1234563", "680412", "M", "LAM", "SIU MING"))
    assert text == (
        "I<UTOA1234563<4<<<<<<<<<<<<<<<6804129M<<<<<<0UTO<<<<<<<<<<<2LAM<<SIU<MING<<<<<<<<<<<<<<<<<"
    )


def test_a_name_without_given_names_has_no_comma() -> None:
    assert Mrz("UTO", "A1234563", "680412", "M", "LAM", "").name == "LAM"


def test_a_name_that_is_too_long_is_cut() -> None:
    assert parse(build(Mrz("UTO", "A1", "680412", "M", "A" * 40, "B"))).name == "A" * 30


@pytest.mark.parametrize("position", [5, 8, 14, 30, 36, 38, 44, 59])
def test_one_changed_character_breaks_a_check_digit(position: int) -> None:
    changed = "1" if EXAMPLE[position] != "1" else "2"
    with pytest.raises(CardUnreadable):
        parse(EXAMPLE[:position] + changed + EXAMPLE[position + 1 :])


@pytest.mark.parametrize(
    "text",
    [
        EXAMPLE[:-1],
        f"{EXAMPLE}<",
        EXAMPLE.lower(),
        f"V{EXAMPLE[1:]}",
        EXAMPLE.replace("122F", "122Q"),
        f"{EXAMPLE[:60]}{'<' * 30}",
    ],
    ids=["too short", "too long", "lower case", "a visa", "another sex", "no name"],
)
def test_another_form_is_refused(text: str) -> None:
    with pytest.raises(CardUnreadable):
        parse(text)


@pytest.mark.parametrize("birth", ["74<<<<", "7408<<", "<<<<<<"])
def test_a_date_of_birth_may_be_unknown_in_part_or_whole(birth: str) -> None:
    assert parse(build(Mrz("UTO", "A1234563", birth, "F", "LAM", ""))).birth == birth


@pytest.mark.parametrize("birth", ["7<<<<<", "7A0812"])
def test_half_a_number_is_no_date(birth: str) -> None:
    with pytest.raises(CardUnreadable):
        parse(build(Mrz("UTO", "A1234563", birth, "F", "LAM", "")))


@given(st.text(max_size=100) | st.text("ABC019<", min_size=88, max_size=90))
def test_any_text_is_read_or_refused_by_our_own_error(text: str) -> None:
    try:
        parse(text)
    except CardUnreadable:
        return


def test_a_refusal_does_not_repeat_what_the_zone_says() -> None:
    with pytest.raises(CardUnreadable) as caught:
        parse(EXAMPLE.replace("D231", "D232"))
    assert "D232" not in str(caught.value)
    assert "ERIKSSON" not in str(caught.value)


def test_a_document_number_that_is_too_long_is_our_own_bug() -> None:
    with pytest.raises(LocalProtocolError) as caught:
        document_number("A123456789")
    assert "A123456789" not in str(caught.value)


def test_no_repr_shows_what_the_zone_says() -> None:
    assert "ERIKSSON" not in repr(parse(EXAMPLE))
