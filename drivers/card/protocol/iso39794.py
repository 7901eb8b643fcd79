"""The face image of ISO/IEC 39794-5:2019, as eMRTDs carry it from 2026 on.

ASN.1 in DER, walked as nested objects by their tags; what we do not need is passed over,
as the standard's extension marks ask. Nothing here goes deeper than the nine levels of
the path to the image.
Source: ISO/IEC 39794-5 application profile for eMRTDs (FaceImageDataBlock [APPLICATION 5]);
ICAO Doc 9303-10, 4.7.2 (tag 7F2E).
"""

from drivers.card.protocol import tlv
from drivers.card.protocol.errors import CardUnreadable
from drivers.card.protocol.portrait import JPEG, JPEG_2000, Portrait, checked

STANDARD, TAG, FORMAT = "ISO 39794-5", 0x7F2E, b"\x00\x2c"
_WRAPPER, _BLOCK, _SEQUENCE = 0xA1, 0x65, 0x30
_VERSION, _REPRESENTATIONS = 0xA0, 0xA1
_IMAGE_REPRESENTATION, _BASE, _TWO_DIMENSIONS = 0xA1, 0xA0, 0xA0
_DATA, _INFORMATION = 0x80, 0xA1
_FORMAT, _SIZE = 0xA0, 0xA7
_GENERATION = 3
_KINDS = {2: JPEG, 3: JPEG_2000, 4: JPEG_2000}
"""ImageDataFormatCode: jpeg, jpeg2000Lossy, jpeg2000Lossless."""


def _number(fields: dict[int, bytes], tag: int) -> int:
    value = tlv.need(fields, tag)
    if not 1 <= len(value) <= 4 or value[0] & 0x80:
        raise CardUnreadable("a number of another form than agreed")
    return int.from_bytes(value, "big")


def _inside(fields: dict[int, bytes], *path: int) -> dict[int, bytes]:
    """Go down a path of constructed objects."""
    for tag in path:
        fields = tlv.fields(tlv.need(fields, tag))
    return fields


def parse(record: bytes) -> Portrait:
    """Read a data block of one representation.

    Raises:
        CardUnreadable: malformed, several faces, or an image of another kind than said.
    """
    block = tlv.fields(tlv.only(tlv.only(record, _WRAPPER), _BLOCK))
    if _number(_inside(block, _VERSION), 0x80) != _GENERATION:
        raise CardUnreadable("a face image of another generation than agreed")
    representation = tlv.fields(tlv.only(tlv.need(block, _REPRESENTATIONS), _SEQUENCE))
    image = _inside(representation, _IMAGE_REPRESENTATION, _BASE, _TWO_DIMENSIONS)
    information = _inside(image, _INFORMATION)
    size = _inside(information, _SIZE) if _SIZE in information else {}
    return checked(
        _KINDS.get(_number(_inside(information, _FORMAT), 0x80), -1),
        tlv.need(image, _DATA),
        standard=STANDARD,
        width=_number(size, 0x80) if size else 0,
        height=_number(size, 0x81) if size else 0,
    )


def _integer(tag: int, value: int) -> bytes:
    return tlv.build(tag, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def build(image: bytes, *, kind: int, width: int, height: int) -> bytes:
    """Write a data block around an encoded image."""
    code = next(code for code, of in _KINDS.items() if of == kind)
    size = tlv.build(_SIZE, _integer(0x80, width) + _integer(0x81, height))
    information = tlv.build(_INFORMATION, tlv.build(_FORMAT, _integer(0x80, code)) + size)
    flat = tlv.build(_TWO_DIMENSIONS, tlv.build(_DATA, image) + information)
    whole = tlv.build(_IMAGE_REPRESENTATION, tlv.build(_BASE, flat))
    representation = tlv.build(_SEQUENCE, _integer(0x80, 0) + whole)
    version = tlv.build(_VERSION, _integer(0x80, _GENERATION) + _integer(0x81, 2019))
    block = version + tlv.build(_REPRESENTATIONS, representation)
    return tlv.build(_WRAPPER, tlv.build(_BLOCK, block))
