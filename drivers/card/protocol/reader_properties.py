"""What a reader says of itself through PC/SC: whether it carries extended length.

Source: PC/SC Workgroup, Interoperability Specification, Part 10, 2.2 (feature request)
and 2.6.14 (GET_TLV_PROPERTIES; property 0A is dwMaxAPDUDataSize, little-endian).
"""

from collections.abc import Iterator

from drivers.card.protocol.apdu import EXTENDED_EXPECTED, SHORT_EXPECTED

FEATURE_REQUEST = 3400
"""The function number of CM_IOCTL_GET_FEATURE_REQUEST."""
_TLV_PROPERTIES, _LARGEST_DATA = 0x12, 0x0A


def _entries(encoded: bytes) -> Iterator[tuple[int, bytes]]:
    while len(encoded) >= 2:
        yield encoded[0], encoded[2 : 2 + encoded[1]]
        encoded = encoded[2 + encoded[1] :]


def properties_code(features: bytes) -> int | None:
    """Return the control code that asks for the properties; None if the reader has none."""
    code = dict(_entries(features)).get(_TLV_PROPERTIES)
    return int.from_bytes(code, "big") if code else None


def longest_answer(properties: bytes) -> int:
    """Return how many bytes an answer may hold; a reader that does not say carries all."""
    largest = dict(_entries(properties)).get(_LARGEST_DATA)
    if largest is None:
        return EXTENDED_EXPECTED
    return EXTENDED_EXPECTED if int.from_bytes(largest, "little") else SHORT_EXPECTED
