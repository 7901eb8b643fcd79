"""Data groups: DG1 (the MRZ) and DG2 (the portrait).

Source: ICAO Doc 9303-10, 4.7.1 (DG1), 4.7.2 (DG2); ISO/IEC 19794-5:2005, 5 (the
facial record: header 14 bytes, facial information 20, image information 12).
"""

import struct
from dataclasses import dataclass

from drivers.card.protocol import tlv
from drivers.card.protocol.errors import CardUnreadable
from drivers.card.protocol.mrz import Mrz, parse_td1

_RECORD_HEADER = struct.Struct(">4s4sIH")
_FACE_HEADER = struct.Struct(">IH14s")
_IMAGE_HEADER = struct.Struct(">BBHHBBHH")
_FEATURE_POINT_BYTES = 8
_MAGIC = (b"FAC\0", b"010\0")
LARGEST_SIDE_PX = 4096
JPEG, JPEG_2000 = 0, 1
_SIGNATURES = {JPEG: (b"\xff\xd8\xff",), JPEG_2000: (b"\0\0\0\x0cjP", b"\xff\x4f\xff\x51")}


@dataclass(frozen=True, slots=True, repr=False)
class Portrait:
    """The image of DG2, still encoded."""

    kind: int
    """JPEG or JPEG_2000."""
    image: bytes


def parse_dg1(file: bytes) -> Mrz:
    """Read DG1.

    Raises:
        CardUnreadable: malformed.
    """
    text = tlv.only(tlv.only(file, 0x61), 0x5F1F)
    try:
        return parse_td1(text.decode("ascii"))
    except UnicodeDecodeError:
        raise CardUnreadable("an MRZ that is not ASCII") from None


def build_dg1(mrz_text: str) -> bytes:
    """Write DG1 around an MRZ."""
    return tlv.build(0x61, tlv.build(0x5F1F, mrz_text.encode("ascii")))


def parse_dg2(file: bytes) -> Portrait:
    """Read the one portrait of DG2.

    Raises:
        CardUnreadable: malformed, several faces, or an image of another kind than said.
    """
    group = tlv.fields(tlv.only(tlv.only(file, 0x75), 0x7F61))
    if tlv.need(group, 0x02) != b"\x01":
        raise CardUnreadable("DG2 with another number of portraits than one")
    template = tlv.fields(tlv.need(group, 0x7F60))
    return _facial_record(tlv.need(template, 0x5F2E))


def _facial_record(record: bytes) -> Portrait:
    try:
        magic, version, length, faces = _RECORD_HEADER.unpack_from(record)
        block, points, _ = _FACE_HEADER.unpack_from(record, _RECORD_HEADER.size)
        image_at = _RECORD_HEADER.size + _FACE_HEADER.size + points * _FEATURE_POINT_BYTES
        _, kind, width, height, *_ = _IMAGE_HEADER.unpack_from(record, image_at)
    except struct.error:
        raise CardUnreadable("a facial record cut short") from None
    if (magic, version) != _MAGIC or faces != 1 or length != len(record):
        raise CardUnreadable("no facial record of one face")
    if block != length - _RECORD_HEADER.size or max(width, height) > LARGEST_SIDE_PX:
        raise CardUnreadable("a facial record whose sizes do not fit")
    image = record[image_at + _IMAGE_HEADER.size :]
    if kind not in _SIGNATURES or not image.startswith(_SIGNATURES[kind]):
        raise CardUnreadable("an image of another kind than said")
    return Portrait(kind, image)


def build_dg2(image: bytes, *, kind: int, width: int, height: int) -> bytes:
    """Write DG2 around an encoded image, as our virtual cards carry it."""
    image_header = _IMAGE_HEADER.pack(1, kind, width, height, 1, 0, 0, 0)
    block = _FACE_HEADER.size + _IMAGE_HEADER.size + len(image)
    face = _FACE_HEADER.pack(block, 0, bytes(14)) + image_header + image
    record = _RECORD_HEADER.pack(*_MAGIC, _RECORD_HEADER.size + block, 1) + face
    biometric_header = tlv.build(0x87, b"\x01\x01") + tlv.build(0x88, b"\x00\x08")
    template = tlv.build(0xA1, biometric_header) + tlv.build(0x5F2E, record)
    group = tlv.build(0x02, b"\x01") + tlv.build(0x7F60, template)
    return tlv.build(0x75, tlv.build(0x7F61, group))
