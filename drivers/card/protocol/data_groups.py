"""Data groups: DG1 (the MRZ) and DG2 (the portrait).

Source: ICAO Doc 9303-10, 4.7.1 (DG1), 4.7.2 (DG2, with ISO/IEC 19794-5 or 39794-5).
"""

from drivers.card.protocol import iso19794, iso39794, tlv
from drivers.card.protocol.errors import CardUnreadable
from drivers.card.protocol.mrz import Mrz, parse
from drivers.card.protocol.portrait import JPEG, JPEG_2000, Portrait

__all__ = ["JPEG", "JPEG_2000", "Portrait", "build_dg1", "build_dg2", "parse_dg1", "parse_dg2"]

_BUILDERS = {iso19794.STANDARD: iso19794, iso39794.STANDARD: iso39794}


def parse_dg1(file: bytes) -> Mrz:
    """Read DG1.

    Raises:
        CardUnreadable: malformed.
    """
    text = tlv.only(tlv.only(file, 0x61), 0x5F1F)
    try:
        return parse(text.decode("ascii"))
    except UnicodeDecodeError:
        raise CardUnreadable("an MRZ that is not ASCII") from None


def build_dg1(mrz_text: str) -> bytes:
    """Write DG1 around an MRZ."""
    return tlv.build(0x61, tlv.build(0x5F1F, mrz_text.encode("ascii")))


def parse_dg2(file: bytes) -> Portrait:
    """Read the one portrait of DG2, in the record of either standard.

    Raises:
        CardUnreadable: malformed, several faces, or an image of another kind than said.
    """
    group = tlv.fields(tlv.only(tlv.only(file, 0x75), 0x7F61))
    if tlv.need(group, 0x02) != b"\x01":
        raise CardUnreadable("DG2 with another number of portraits than one")
    template = tlv.fields(tlv.need(group, 0x7F60))
    if iso39794.TAG in template:
        return iso39794.parse(template[iso39794.TAG])
    return iso19794.parse(tlv.need(template, iso19794.TAG))


def build_dg2(
    image: bytes, *, kind: int, width: int, height: int, standard: str = iso19794.STANDARD
) -> bytes:
    """Write DG2 around an encoded image, as our virtual cards carry it."""
    of = _BUILDERS[standard]
    biometric_header = tlv.build(0x87, b"\x01\x01") + tlv.build(0x88, of.FORMAT)
    record = tlv.build(of.TAG, of.build(image, kind=kind, width=width, height=height))
    template = tlv.build(0xA1, biometric_header) + record
    group = tlv.build(0x02, b"\x01") + tlv.build(0x7F60, template)
    return tlv.build(0x75, tlv.build(0x7F61, group))
