"""DG11 and DG12."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.card.protocol import tlv
from drivers.card.protocol.details import (
    DocumentDetails,
    HolderDetails,
    build_dg11,
    build_dg12,
    parse_dg11,
    parse_dg12,
)
from drivers.card.protocol.errors import CardUnreadable

words = st.text(max_size=20)
days = st.just("") | st.from_regex(r"[0-9]{8}", fullmatch=True)


@given(
    st.builds(
        HolderDetails,
        name=words,
        other_names=st.lists(words, max_size=3).map(tuple),
        personal_number=words,
        birth=days,
        birth_place=words,
    )
)
def test_what_is_said_of_a_holder_is_read_back(details: HolderDetails) -> None:
    assert parse_dg11(build_dg11(details)) == details


@given(st.builds(DocumentDetails, authority=words, issued=days))
def test_what_is_said_of_a_document_is_read_back(details: DocumentDetails) -> None:
    assert parse_dg12(build_dg12(details)) == details


def _group(tags: str, body: str) -> bytes:
    listed = tlv.build(0x5C, bytes.fromhex(tags))
    return tlv.build(0x6B, listed + bytes.fromhex(body))


def test_a_day_in_packed_digits_is_read() -> None:
    assert parse_dg11(_group("5F2B", "5F2B 04 19680412")).birth == "19680412"


def test_what_we_do_not_take_is_passed_over() -> None:
    details = parse_dg11(_group("5F42 5F0E", "5F42 04 48 4B 3C 3C 5F0E 03 4C 41 4D"))
    assert details == HolderDetails(name="LAM")


@pytest.mark.parametrize(
    "file",
    [
        b"",
        b"\x6b\x00",
        _group("5F0E", ""),
        _group("", "5F0E 03 4C 41 4D"),
        _group("5F0E 5F0E", "5F0E 03 4C 41 4D"),
        _group("5F", "5F0E 03 4C 41 4D"),
        _group("5F0E", "5F0E 02 FF FE"),
        _group("5F2B", "5F2B 03 19 68 04"),
        _group("5F2B", "5F2B 04 19 68 04 1A"),
        _group("A0", "A0 03 02 01 01"),
        _group("A0", "A0 00"),
        _group("A0", "A0 09 02 01 02 5F0F 03 4C 41 4D"),
        _group("A0", "A0 09 02 01 01 5F10 03 4C 41 4D"),
    ],
    ids=[
        "nothing",
        "no tag list",
        "listed and not there",
        "there and not listed",
        "listed twice",
        "half a tag",
        "no UTF-8",
        "a short day",
        "a day that is none",
        "fewer names than said",
        "no number of names",
        "more names than said",
        "something else among the names",
    ],
)
def test_a_malformed_group_is_refused_and_not_repeated(file: bytes) -> None:
    with pytest.raises(CardUnreadable) as caught:
        parse_dg11(file)
    assert "LAM" not in str(caught.value)


def test_a_text_that_is_too_long_is_refused() -> None:
    with pytest.raises(CardUnreadable, match="long"):
        parse_dg11(build_dg11(HolderDetails(name="A" * 201)))
    with pytest.raises(CardUnreadable, match="names"):
        parse_dg11(build_dg11(HolderDetails(other_names=("A",) * 17)))


GOOD = build_dg11(HolderDetails(name="LAM", other_names=("LIN",), birth="19680412"))


@given(st.integers(0, len(GOOD) - 1), st.binary(max_size=4), st.integers(0, 4))
def test_whatever_comes_only_our_own_errors_leave(position: int, put: bytes, taken: int) -> None:
    changed = GOOD[:position] + put + GOOD[position + taken :]
    for parse in (parse_dg11, parse_dg12):
        try:
            parse(changed)
        except CardUnreadable:
            continue


def test_no_repr_shows_who_the_holder_is() -> None:
    assert "LAM" not in repr(HolderDetails(name="LAM"))
