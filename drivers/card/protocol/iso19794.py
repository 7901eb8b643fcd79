"""The facial record of ISO/IEC 19794-5:2005, 5: header 14 bytes, face 20, image 12."""

import struct

from drivers.card.protocol.errors import CardUnreadable
from drivers.card.protocol.portrait import Portrait, checked

STANDARD, TAG, FORMAT = "ISO 19794-5", 0x5F2E, b"\x00\x08"
_RECORD_HEADER = struct.Struct(">4s4sIH")
_FACE_HEADER = struct.Struct(">IH14s")
_IMAGE_HEADER = struct.Struct(">BBHHBBHH")
_FEATURE_POINT_BYTES = 8
_MAGIC = (b"FAC\0", b"010\0")


def parse(record: bytes) -> Portrait:
    """Read a record of one face.

    Raises:
        CardUnreadable: malformed, several faces, or an image of another kind than said.
    """
    try:
        magic, version, length, faces = _RECORD_HEADER.unpack_from(record)
        block, points, _ = _FACE_HEADER.unpack_from(record, _RECORD_HEADER.size)
        image_at = _RECORD_HEADER.size + _FACE_HEADER.size + points * _FEATURE_POINT_BYTES
        _, kind, width, height, *_ = _IMAGE_HEADER.unpack_from(record, image_at)
    except struct.error:
        raise CardUnreadable("a facial record cut short") from None
    if (magic, version) != _MAGIC or faces != 1 or length != len(record):
        raise CardUnreadable("no facial record of one face")
    if block != length - _RECORD_HEADER.size:
        raise CardUnreadable("a facial record whose sizes do not fit")
    image = record[image_at + _IMAGE_HEADER.size :]
    return checked(kind, image, standard=STANDARD, width=width, height=height)


def build(image: bytes, *, kind: int, width: int, height: int) -> bytes:
    """Write a record around an encoded image."""
    image_header = _IMAGE_HEADER.pack(1, kind, width, height, 1, 0, 0, 0)
    block = _FACE_HEADER.size + _IMAGE_HEADER.size + len(image)
    face = _FACE_HEADER.pack(block, 0, bytes(14)) + image_header + image
    return _RECORD_HEADER.pack(*_MAGIC, _RECORD_HEADER.size + block, 1) + face
