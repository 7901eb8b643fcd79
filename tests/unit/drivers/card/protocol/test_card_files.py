"""EF.ATR/INFO: how long answers may be. EF.COM: what is on the card."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.card.protocol import tlv
from drivers.card.protocol.card_files import (
    CardLimits,
    CommonData,
    build_atr_info,
    build_com,
    parse_atr_info,
    parse_com,
)
from drivers.card.protocol.errors import CardUnreadable


@given(command=st.integers(256, 65_536), answer=st.integers(256, 65_536))
def test_what_was_written_is_read(command: int, answer: int) -> None:
    assert parse_atr_info(build_atr_info(command, answer)) == CardLimits(command, answer)


def test_other_objects_are_passed_over() -> None:
    file = bytes.fromhex("43 01 B8 47 03 94 01 80") + build_atr_info(1_000, 2_000)
    assert parse_atr_info(file) == CardLimits(1_000, 2_000)
    assert parse_atr_info(bytes.fromhex("43 01 B8")) is None
    assert parse_atr_info(b"") is None


@pytest.mark.parametrize(
    "lengths",
    [(1_000,), (1_000, 1_000, 1_000), (0, 1_000), (1_000, 255), (1_000, 65_537), ()],
)
def test_lengths_that_cannot_be_are_refused(lengths: tuple[int, ...]) -> None:
    numbers = b"".join(tlv.build(0x02, length.to_bytes(4, "big")) for length in lengths)
    with pytest.raises(CardUnreadable):
        parse_atr_info(tlv.build(0x7F66, numbers))


@given(st.binary(max_size=40))
def test_any_bytes_are_read_or_refused_by_our_own_error(file: bytes) -> None:
    for parse in (parse_atr_info, parse_com):
        try:
            parse(file)
        except CardUnreadable:
            continue


def test_the_common_data_of_the_standards_example_are_read() -> None:
    file = bytes.fromhex("60145F0104303130365F36063034303030305C026175")
    assert parse_com(file) == CommonData("0106", "040000", frozenset({1, 2}))


@given(st.frozensets(st.integers(1, 16)))
def test_the_groups_that_were_written_are_read(groups: frozenset[int]) -> None:
    assert parse_com(build_com(groups)).groups == groups


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("5C026175", "5C026162"),
        ("5C026175", "5C026161"),
        ("30313036", "3031303A"),
        ("5F01", "5F02"),
    ],
    ids=["no such group", "a group twice", "no version", "a version missing"],
)
def test_malformed_common_data_are_refused(old: str, new: str) -> None:
    text = "60145F0104303130365F36063034303030305C026175"
    with pytest.raises(CardUnreadable):
        parse_com(bytes.fromhex(text.replace(old, new)))
