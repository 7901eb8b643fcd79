"""EF.ATR/INFO (how long commands and answers may be) and EF.COM (what is on the card).

Source: ISO/IEC 7816-4:2020, 12.7.1 (extended length information, 7F66); ICAO Doc
9303-10, 3.11.3 (EF.ATR/INFO), 4.6.1 (EF.COM).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from drivers.card.protocol import tlv
from drivers.card.protocol.apdu import EXTENDED_EXPECTED
from drivers.card.protocol.errors import CardUnreadable

_CAPABILITIES, _LENGTHS = 0x47, 0x7F66
_EXTENDED = b"\x00\x00\x40"
"""Third byte: extended length (ISO/IEC 7816-4, 12.2.2.8)."""
_COMMON, _LDS_VERSION, _UNICODE_VERSION, _TAG_LIST = 0x60, 0x5F01, 0x5F36, 0x5C
_GROUP_TAGS = bytes.fromhex("61 75 63 76 65 66 67 68 69 6A 6B 6C 6D 6E 6F 70")
"""Tags of DG1 to DG16, in this order."""


@dataclass(frozen=True, slots=True)
class CardLimits:
    """The longest command and the longest answer that a card takes, in bytes."""

    command_bytes: int
    answer_bytes: int


def parse_atr_info(file: bytes) -> CardLimits | None:
    """Read EF.ATR/INFO; None where it does not speak of lengths.

    Raises:
        CardUnreadable: malformed, or lengths that no card can have.
    """
    for tag, value in tlv.walk(file):
        if tag == _LENGTHS:
            numbers = [int.from_bytes(v, "big") for t, v in tlv.walk(value) if t == 0x02]
            if len(numbers) != 2 or not all(256 <= n <= EXTENDED_EXPECTED for n in numbers):
                raise CardUnreadable("EF.ATR/INFO with lengths that cannot be")
            return CardLimits(*numbers)
    return None


def build_atr_info(command_bytes: int, answer_bytes: int) -> bytes:
    """Write EF.ATR/INFO: what the card can do (47), then its lengths."""
    numbers = (n.to_bytes((n.bit_length() + 8) // 8, "big") for n in (command_bytes, answer_bytes))
    lengths = tlv.build(_LENGTHS, b"".join(tlv.build(0x02, n) for n in numbers))
    return tlv.build(_CAPABILITIES, _EXTENDED) + lengths


@dataclass(frozen=True, slots=True)
class CommonData:
    """EF.COM: versions, and which data groups the card says it has; nobody signed it."""

    lds_version: str
    unicode_version: str
    groups: frozenset[int]


def parse_com(file: bytes) -> CommonData:
    """Read EF.COM.

    Raises:
        CardUnreadable: malformed, or a group that does not exist.
    """
    objects = tlv.fields(tlv.only(file, _COMMON))
    listed = tlv.tags(tlv.need(objects, _TAG_LIST))
    versions = [tlv.need(objects, tag) for tag in (_LDS_VERSION, _UNICODE_VERSION)]
    if not set(listed) <= set(_GROUP_TAGS) or not all(v.isdigit() for v in versions):
        raise CardUnreadable("EF.COM with versions or data groups that do not exist")
    lds, unicode = (version.decode("ascii") for version in versions)
    return CommonData(lds, unicode, frozenset(_GROUP_TAGS.index(tag) + 1 for tag in listed))


def build_com(groups: Iterable[int]) -> bytes:
    """Write EF.COM of LDS version 1.7."""
    listed = tlv.build_tags(_GROUP_TAGS[number - 1] for number in sorted(groups))
    versions = tlv.build(_LDS_VERSION, b"0107") + tlv.build(_UNICODE_VERSION, b"040000")
    return tlv.build(_COMMON, versions + tlv.build(_TAG_LIST, listed))
