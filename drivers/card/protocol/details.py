"""DG11 and DG12: more about the holder, more about the document.

Rule: the tag list says what stands in the group, and nothing else may. What we do not
take, addresses and images among it, is passed over unread.
Source: ICAO Doc 9303-10, 4.7.11 (DG11), 4.7.12 (DG12).
"""

import re
from dataclasses import dataclass

from drivers.card.protocol import tlv
from drivers.card.protocol.errors import CardUnreadable

_HOLDER, _DOCUMENT, _TAG_LIST = 0x6B, 0x6C, 0x5C
_NAME, _OTHER_NAMES, _OTHER_NAME, _COUNT = 0x5F0E, 0xA0, 0x5F0F, 0x02
_PERSONAL_NUMBER, _BIRTH, _BIRTH_PLACE = 0x5F10, 0x5F2B, 0x5F11
_AUTHORITY, _ISSUED = 0x5F19, 0x5F26
_DAY = re.compile(r"[0-9]{8}")
_MOST_NAMES = 16
_LONGEST_TEXT = 200


@dataclass(frozen=True, slots=True, repr=False, kw_only=True)
class HolderDetails:
    """What DG11 says; empty where it does not say."""

    name: str = ""
    """``SURNAME<<GIVEN NAMES`` in the state's own characters."""
    other_names: tuple[str, ...] = ()
    personal_number: str = ""
    birth: str = ""
    """``YYYYMMDD``."""
    birth_place: str = ""


@dataclass(frozen=True, slots=True, repr=False, kw_only=True)
class DocumentDetails:
    """What DG12 says; empty where it does not say."""

    authority: str = ""
    issued: str = ""
    """``YYYYMMDD``."""


def _listed(file: bytes, group: int) -> dict[int, bytes]:
    """Return the objects of a group that agree with its tag list."""
    objects = tlv.fields(tlv.only(file, group))
    listed = tlv.tags(tlv.need(objects, _TAG_LIST))
    if objects.keys() - {_TAG_LIST} != set(listed):
        raise CardUnreadable("a tag list that does not say what is there")
    return objects


def _text(objects: dict[int, bytes], tag: int) -> str:
    try:
        text = objects.get(tag, b"").decode()
    except UnicodeDecodeError:
        raise CardUnreadable("a text that is not UTF-8") from None
    if len(text) > _LONGEST_TEXT:
        raise CardUnreadable("a text that is too long")
    return text


def _day(objects: dict[int, bytes], tag: int) -> str:
    """Return a day, in text or in the packed digits of older cards."""
    value = objects.get(tag, b"")
    if not value:
        return ""
    text = value.hex() if len(value) == 4 else _text(objects, tag)
    if not _DAY.fullmatch(text):
        raise CardUnreadable("a day of another form than agreed")
    return text


def _other_names(objects: dict[int, bytes]) -> tuple[str, ...]:
    if _OTHER_NAMES not in objects:
        return ()
    entries = list(tlv.walk(objects[_OTHER_NAMES]))
    names = tuple(_text({tag: value}, tag) for tag, value in entries[1:])
    count = entries[0][1] if entries and entries[0][0] == _COUNT else b""
    if count != bytes((len(names),)) or len(names) > _MOST_NAMES:
        raise CardUnreadable("another number of names than said")
    if any(tag != _OTHER_NAME for tag, _ in entries[1:]):
        raise CardUnreadable("something else among the names")
    return names


def parse_dg11(file: bytes) -> HolderDetails:
    """Read DG11.

    Raises:
        CardUnreadable: malformed; what it says is not repeated.
    """
    objects = _listed(file, _HOLDER)
    return HolderDetails(
        name=_text(objects, _NAME),
        other_names=_other_names(objects),
        personal_number=_text(objects, _PERSONAL_NUMBER),
        birth=_day(objects, _BIRTH),
        birth_place=_text(objects, _BIRTH_PLACE),
    )


def parse_dg12(file: bytes) -> DocumentDetails:
    """Read DG12.

    Raises:
        CardUnreadable: malformed; what it says is not repeated.
    """
    objects = _listed(file, _DOCUMENT)
    return DocumentDetails(authority=_text(objects, _AUTHORITY), issued=_day(objects, _ISSUED))


def _build(group: int, objects: dict[int, bytes]) -> bytes:
    present = {tag: value for tag, value in objects.items() if value}
    body = b"".join(tlv.build(tag, value) for tag, value in present.items())
    return tlv.build(group, tlv.build(_TAG_LIST, tlv.build_tags(present)) + body)


def build_dg11(details: HolderDetails) -> bytes:
    """Write DG11."""
    names = b"".join(tlv.build(_OTHER_NAME, name.encode()) for name in details.other_names)
    count = tlv.build(_COUNT, bytes((len(details.other_names),)))
    return _build(
        _HOLDER,
        {
            _NAME: details.name.encode(),
            _OTHER_NAMES: count + names if names else b"",
            _PERSONAL_NUMBER: details.personal_number.encode(),
            _BIRTH: details.birth.encode(),
            _BIRTH_PLACE: details.birth_place.encode(),
        },
    )


def build_dg12(details: DocumentDetails) -> bytes:
    """Write DG12."""
    objects = {_AUTHORITY: details.authority.encode(), _ISSUED: details.issued.encode()}
    return _build(_DOCUMENT, objects)
