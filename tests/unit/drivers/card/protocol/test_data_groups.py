"""DG1 and DG2."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.card.protocol import iso19794, iso39794, tlv
from drivers.card.protocol.data_groups import (
    JPEG,
    JPEG_2000,
    build_dg1,
    build_dg2,
    parse_dg1,
    parse_dg2,
)
from drivers.card.protocol.errors import CardUnreadable
from drivers.card.protocol.mrz import Mrz, build

PHOTO = b"\xff\xd8\xff\xe0 not much of a picture"
DG2 = build_dg2(PHOTO, kind=JPEG, width=300, height=400)
RECORD = tlv.fields(tlv.fields(tlv.only(tlv.only(DG2, 0x75), 0x7F61))[0x7F60])[0x5F2E]


def _dg2(record: bytes, *, count: bytes = b"\x01", templates: int = 1, tag: int = 0x5F2E) -> bytes:
    template = tlv.build(0x7F60, tlv.build(0xA1, b"") + tlv.build(tag, record))
    return tlv.build(0x75, tlv.build(0x7F61, tlv.build(0x02, count) + template * templates))


def test_dg1_is_an_mrz() -> None:
    mrz = Mrz("UTO", "A1234563", "680412", "M", "LAM", "SIU MING")
    assert parse_dg1(build_dg1(build(mrz))) == mrz


@pytest.mark.parametrize(
    "file",
    [
        b"",
        tlv.build(0x60, b""),
        tlv.build(0x61, b""),
        tlv.build(0x61, tlv.build(0x5F1F, b"I<UTO")),
        tlv.build(0x61, tlv.build(0x5F1F, b"\xff" * 90)),
        build_dg1(build(Mrz("UTO", "A1", "680412", "M", "LAM", ""))) + b"\0",
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


STANDARDS = [iso19794.STANDARD, iso39794.STANDARD]
JP2 = b"\0\0\0\x0cjP not much of a picture"


@pytest.mark.parametrize("standard", STANDARDS)
@pytest.mark.parametrize(("kind", "image"), [(JPEG, PHOTO), (JPEG_2000, JP2)])
def test_both_standards_carry_both_kinds(standard: str, kind: int, image: bytes) -> None:
    portrait = parse_dg2(build_dg2(image, kind=kind, width=300, height=400, standard=standard))
    assert (portrait.kind, portrait.image, portrait.standard) == (kind, image, standard)
    assert (portrait.width, portrait.height) == (300, 400)


NEW = iso39794.build(PHOTO, kind=JPEG, width=300, height=400)


def _changed(old: str, new: str) -> bytes:
    assert bytes.fromhex(old) in NEW
    return NEW.replace(bytes.fromhex(old), bytes.fromhex(new), 1)


@pytest.mark.parametrize(
    "record",
    [
        b"",
        NEW[:-1],
        NEW + b"\0",
        _changed("80 01 03", "80 01 04"),
        _changed("80 01 03", "81 01 03"),
        _changed("80 01 03", "80 01 83"),
        _changed("A0 03 80 01 02", "A0 03 80 01 05"),
        _changed("A0 03 80 01 02", "A0 03 80 01 03"),
        _changed("80 02 01 2C", "80 02 7F FF"),
        _changed("A7 08", "A8 08"),
        NEW.replace(PHOTO, b"\x89PNG" + PHOTO[4:]),
        b"\x30" + NEW[1:],
    ],
    ids=[
        "nothing",
        "cut short",
        "left over",
        "another generation",
        "no generation",
        "a negative generation",
        "a kind that we do not take",
        "a kind that it is not",
        "too wide",
        "no size",
        "another image than said",
        "another wrapper",
    ],
)
def test_a_malformed_face_image_is_refused_or_has_no_size(record: bytes) -> None:
    file = _dg2(record, tag=0x7F2E)
    if b"\xa8\x08" in record:
        assert parse_dg2(file).width == 0
        return
    with pytest.raises(CardUnreadable):
        parse_dg2(file)


def test_two_faces_in_one_block_are_refused() -> None:
    inner = tlv.only(tlv.only(NEW, 0xA1), 0x65)
    objects = tlv.fields(inner)
    twice = tlv.build(0xA0, objects[0xA0]) + tlv.build(0xA1, objects[0xA1] * 2)
    with pytest.raises(CardUnreadable):
        parse_dg2(_dg2(tlv.build(0xA1, tlv.build(0x65, twice)), tag=0x7F2E))


def test_a_bomb_of_nested_objects_is_not_followed() -> None:
    bomb = b""
    for _ in range(5_000):
        bomb = tlv.build(0xA0, bomb)
    with pytest.raises(CardUnreadable):
        parse_dg2(_dg2(tlv.build(0xA1, tlv.build(0x65, bomb)), tag=0x7F2E))


def test_a_claim_of_four_gigabytes_is_refused() -> None:
    with pytest.raises(CardUnreadable):
        parse_dg2(bytes.fromhex("75 84 FF FF FF FF"))
