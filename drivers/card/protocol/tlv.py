"""Tag-length-value, strictly: definite and bounded lengths, nothing left over.

Rule: nothing here looks inside a value, so no nesting of a card's can go deeper than
its reader asks for.

Source: ISO/IEC 7816-4, BER-TLV data objects; ISO/IEC 8825-1, definite form.
"""

from collections.abc import Iterable, Iterator

from drivers.card.protocol.errors import CardUnreadable

LONGEST_VALUE = 1 << 20
"""No file of ours comes near; a card that claims more is lying."""
_LONGEST_HEADER = 7
"""Two bytes of tag, one and four of length."""
_LONG_TAG = 0x1F
_TAG_GOES_ON = 0x80


def build(tag: int, value: bytes) -> bytes:
    """Encode one object."""
    length = len(value)
    if length < 0x80:
        encoded = bytes((length,))
    else:
        width = (length.bit_length() + 7) // 8
        encoded = bytes((0x80 | width,)) + length.to_bytes(width, "big")
    return tag.to_bytes((tag.bit_length() + 7) // 8 or 1, "big") + encoded + value


def header(encoded: bytes) -> tuple[int, int, int]:
    """Return tag, length of the value, and length of this header.

    Raises:
        CardUnreadable: cut short, indefinite, not minimal, or too long.
    """
    tag_end = 2 if encoded[:1] and encoded[0] & _LONG_TAG == _LONG_TAG else 1
    if len(encoded) <= tag_end:
        raise CardUnreadable("a tag or its length is missing")
    if tag_end == 2 and encoded[1] & _TAG_GOES_ON:
        raise CardUnreadable("a tag of more than two bytes")
    tag = int.from_bytes(encoded[:tag_end], "big")
    first = encoded[tag_end]
    if first < 0x80:
        return tag, first, tag_end + 1
    width = first & 0x7F
    length_bytes = encoded[tag_end + 1 : tag_end + 1 + width]
    length = int.from_bytes(length_bytes, "big")
    if not 1 <= width <= 4 or len(length_bytes) != width:
        raise CardUnreadable("an indefinite, endless or cut length")
    if length < 0x80 or length.bit_length() <= 8 * (width - 1) or length > LONGEST_VALUE:
        raise CardUnreadable("a length that is not minimal or too large")
    return tag, length, tag_end + 1 + width


def walk(encoded: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield each object of a sequence of objects.

    Raises:
        CardUnreadable: malformed, or bytes are left over.
    """
    at = 0
    while at < len(encoded):
        tag, length, width = header(encoded[at : at + _LONGEST_HEADER])
        at += width
        value = encoded[at : at + length]
        if len(value) != length:
            raise CardUnreadable("a value cut short")
        yield tag, value
        at += length


def only(encoded: bytes, tag: int) -> bytes:
    """Return the value of the one object there is, which must have `tag`.

    Raises:
        CardUnreadable: another tag, none, or more than one object.
    """
    objects = list(walk(encoded))
    if len(objects) != 1 or objects[0][0] != tag:
        raise CardUnreadable(f"expected one object {tag:X} and nothing else")
    return objects[0][1]


def fields(encoded: bytes) -> dict[int, bytes]:
    """Return the objects by tag.

    Raises:
        CardUnreadable: malformed, or a tag comes twice.
    """
    found: dict[int, bytes] = {}
    for tag, value in walk(encoded):
        if tag in found:
            raise CardUnreadable(f"object {tag:X} comes twice")
        found[tag] = value
    return found


def need(objects: dict[int, bytes], tag: int) -> bytes:
    """Return the value under `tag`.

    Raises:
        CardUnreadable: there is none.
    """
    if tag not in objects:
        raise CardUnreadable(f"object {tag:X} is missing")
    return objects[tag]


def tags(listed: bytes) -> list[int]:
    """Return the tags of a tag list, one or two bytes each.

    Raises:
        CardUnreadable: cut short, or a tag comes twice.
    """
    found: list[int] = []
    while listed:
        width = 2 if listed[0] & _LONG_TAG == _LONG_TAG else 1
        tag = int.from_bytes(listed[:width], "big")
        if len(listed) < width or tag in found:
            raise CardUnreadable("a tag list that is cut short or names a tag twice")
        found.append(tag)
        listed = listed[width:]
    return found


def build_tags(listed: Iterable[int]) -> bytes:
    """Encode a tag list."""
    return b"".join(tag.to_bytes((tag.bit_length() + 7) // 8, "big") for tag in listed)
