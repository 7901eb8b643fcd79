"""DG1 and DG2."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.card.protocol import tlv
from drivers.card.protocol.data_groups import (
    JPEG,
    JPEG_2000,
    build_dg1,
    build_dg2,
    parse_dg1,
    parse_dg2,
)
from drivers.card.protocol.errors import CardUnreadable
from drivers.card.protocol.mrz import Mrz, build_td1

PHOTO = b"\xff\xd8\xff\xe0 not much of a picture"
DG2 = build_dg2(PHOTO, kind=JPEG, width=300, height=400)
RECORD = tlv.fields(tlv.fields(tlv.only(tlv.only(DG2, 0x75), 0x7F61))[0x7F60])[0x5F2E]


def _dg2(record: bytes, *, count: bytes = b"\x01", templates: int = 1, tag: int = 0x5F2E) -> bytes:
    template = tlv.build(0x7F60, tlv.build(0xA1, b"") + tlv.build(tag, record))
    return tlv.build(0x75, tlv.build(0x7F61, tlv.build(0x02, count) + template * templates))


def test_dg1_is_an_mrz() -> None:
    mrz = Mrz("UTO", "A1234563", "680412", "M", "LAM", "SIU MING")
    assert parse_dg1(build_dg1(build_td1(mrz))) == mrz


@pytest.mark.parametrize(
    "file",
    [
        b"",
        tlv.build(0x60, b""),
        tlv.build(0x61, b""),
        tlv.build(0x61, tlv.build(0x5F1F, b"I<UTO")),
        tlv.build(0x61, tlv.build(0x5F1F, b"\xff" * 90)),
        build_dg1(build_td1(Mrz("UTO", "A1", "680412", "M", "LAM", ""))) + b"\0",
    ],
    ids=["nothing", "another file", "empty", "too short", "no ASCII", "a byte left over"],
)
def test_a_malformed_dg1_is_refused(file: bytes) -> None:
    with pytest.raises(CardUnreadable):
        parse_dg1(file)


@pytest.mark.parametrize(
    ("kind", "image"),
    [
        (JPEG, PHOTO),
        (JPEG_2000, b"\0\0\0\x0cjP  \r\n\x87\n"),
        (JPEG_2000, b"\xff\x4f\xff\x51 a bare codestream"),
    ],
    ids=["JPEG", "JPEG 2000 file", "JPEG 2000 codestream"],
)
def test_the_portrait_comes_out_as_it_went_in(kind: int, image: bytes) -> None:
    portrait = parse_dg2(build_dg2(image, kind=kind, width=300, height=400))
    assert (portrait.kind, portrait.image) == (kind, image)


def test_feature_points_before_the_image_are_stepped_over() -> None:
    block = len(RECORD) - 14 + 16
    with_points = (
        RECORD[:8]
        + struct.pack(">IHIH", len(RECORD) + 16, 1, block, 2)
        + RECORD[20:34]
        + bytes(16)
        + RECORD[34:]
    )
    assert parse_dg2(_dg2(with_points)).image == PHOTO


def _patched(position: int, replacement: bytes) -> bytes:
    return RECORD[:position] + replacement + RECORD[position + len(replacement) :]


@pytest.mark.parametrize(
    "file",
    [
        _dg2(RECORD, count=b"\x02", templates=1),
        _dg2(RECORD, count=b"\x02", templates=2),
        _dg2(RECORD, tag=0x7F2E),
        _dg2(b""),
        _dg2(RECORD[:45]),
        _dg2(RECORD[:-1]),
        _dg2(_patched(0, b"FIR\0")),
        _dg2(_patched(4, b"030\0")),
        _dg2(_patched(8, struct.pack(">I", 0xFFFFFFFF))),
        _dg2(_patched(12, b"\0\2")),
        _dg2(_patched(14, struct.pack(">I", 7))),
        _dg2(_patched(18, b"\xff\xff")),
        _dg2(_patched(35, b"\1")),
        _dg2(_patched(35, b"\2")),
        _dg2(_patched(36, b"\xff\xff")),
        _dg2(_patched(46, b"\x89PNG")),
    ],
    ids=[
        "two said, one there",
        "two portraits",
        "an encrypted record",
        "an empty record",
        "a record without an image header",
        "a record cut short",
        "another kind of record",
        "another version",
        "four gigabytes",
        "two faces",
        "a block of another length",
        "more feature points than bytes",
        "JPEG said to be JPEG 2000",
        "a kind that does not exist",
        "65,535 pixels wide",
        "PNG said to be JPEG",
    ],
)
def test_a_malformed_dg2_is_refused(file: bytes) -> None:
    with pytest.raises(CardUnreadable):
        parse_dg2(file)


@given(st.binary(max_size=200))
def test_any_record_is_read_or_refused_by_our_own_error(record: bytes) -> None:
    try:
        parse_dg2(_dg2(record))
    except CardUnreadable:
        return


@given(st.integers(0, len(DG2) - 1), st.integers(0, 7))
def test_a_flipped_bit_is_read_or_refused_by_our_own_error(position: int, bit: int) -> None:
    changed = bytearray(DG2)
    changed[position] ^= 1 << bit
    try:
        parse_dg2(bytes(changed))
    except CardUnreadable:
        return


def test_no_repr_shows_the_portrait() -> None:
    assert "picture" not in repr(parse_dg2(DG2))
