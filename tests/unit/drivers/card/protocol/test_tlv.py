"""Tag-length-value, strictly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.card.protocol import tlv
from drivers.card.protocol.errors import CardUnreadable

one_byte_tags = st.integers(0, 255).filter(lambda tag: tag & 0x1F != 0x1F)
two_byte_tags = st.builds(
    lambda first, second: (first | 0x1F) << 8 | second, st.integers(0, 255), st.integers(0, 0x7F)
)
tags = one_byte_tags | two_byte_tags


@given(tags, st.binary(max_size=70_000))
def test_what_is_built_is_read_back(tag: int, value: bytes) -> None:
    assert tlv.only(tlv.build(tag, value), tag) == value


@given(st.lists(st.tuples(tags, st.binary(max_size=300)), max_size=5))
def test_a_sequence_is_walked_in_its_order(objects: list[tuple[int, bytes]]) -> None:
    assert list(tlv.walk(b"".join(tlv.build(*pair) for pair in objects))) == objects


@given(st.binary(max_size=300))
def test_bytes_that_are_no_objects_are_refused_by_our_own_error(encoded: bytes) -> None:
    try:
        found = list(tlv.walk(encoded))
    except CardUnreadable:
        return
    assert b"".join(tlv.build(*pair) for pair in found) == encoded


@pytest.mark.parametrize(
    "encoded",
    [
        "",
        "61",
        "5F",
        "5F1F",
        "61 02 00",
        "61 01 00 00",
        "61 80 00 00",
        "61 81",
        f"61 81 7F {'00' * 127}",
        f"61 82 00 80 {'00' * 128}",
        "61 85 01 00 00 00 00",
        "61 84 7F FF FF FF",
        "61 83 10 00 01",
    ],
    ids=[
        "nothing",
        "no length",
        "half a tag",
        "tag without length",
        "value cut short",
        "a byte left over",
        "indefinite length",
        "length cut short",
        "length not minimal",
        "length with a leading zero",
        "length of five bytes",
        "two gigabytes",
        "one byte too long",
    ],
)
def test_a_malformed_object_is_refused(encoded: str) -> None:
    with pytest.raises(CardUnreadable):
        tlv.only(bytes.fromhex(encoded), 0x61)


def test_a_tag_of_three_bytes_is_refused() -> None:
    with pytest.raises(CardUnreadable, match="two bytes"):
        list(tlv.walk(bytes.fromhex("7F 81 01 00")))


def test_another_tag_or_a_second_object_is_refused() -> None:
    for encoded in ("62 00", "61 00 61 00"):
        with pytest.raises(CardUnreadable):
            tlv.only(bytes.fromhex(encoded), 0x61)


def test_fields_are_found_by_tag_and_come_once() -> None:
    objects = tlv.fields(bytes.fromhex("80 01 AA 81 01 BB"))
    assert objects == {0x80: b"\xaa", 0x81: b"\xbb"}
    assert tlv.need(objects, 0x81) == b"\xbb"
    with pytest.raises(CardUnreadable, match="82 is missing"):
        tlv.need(objects, 0x82)
    with pytest.raises(CardUnreadable, match="80 comes twice"):
        tlv.fields(bytes.fromhex("80 01 AA 80 01 BB"))
