"""The whole print: every field that could be read, held against the others.

Residence and birth symbols are not read at all: registration does not need them
(docs/privacy.md).
"""

from collections.abc import Mapping
from datetime import date
from typing import Final

import msgspec

from kiosk.document import chinese_name, fields
from kiosk.document.glyphs import Line, text, unsure
from kiosk.document.typed import FIRST_2018_FORM
from wire.document import Form, PrintedField, PrintRead

FIRST_ISSUED: Final = {Form.FORM_2003: date(2003, 6, 23), Form.FORM_2018: FIRST_2018_FORM}
"""Source: docs/hkid.md, "Two generations"."""
OLDEST_BIRTH: Final = date(1900, 1, 1)
_CONSULAR: Final = "CONSULAR"
_NOTHING: Final[Line] = ()


def read(
    form: Form,
    lines: Mapping[PrintedField, Line],
    characters_by_code: Mapping[str, str],
    *,
    today: date,
) -> PrintRead:
    """Return what the lines of a card's front say.

    Args:
        form: where the lines were looked for.
        lines: what was read in each window; a missing one counts as empty.
        characters_by_code: `drivers.card.commercial_codes`.
        today: no card was issued later.
    """

    def line(of: PrintedField) -> Line:
        return lines.get(of, _NOTHING)

    name = chinese_name.read(
        line(PrintedField.CHINESE), line(PrintedField.CODES), characters_by_code
    )
    birth = fields.day(line(PrintedField.BIRTH), digits_of_year=4)
    issued = fields.day(line(PrintedField.ISSUED), digits_of_year=2)
    reading = PrintRead(
        form=form,
        consular=_CONSULAR in text(line(PrintedField.TITLE)),
        number=fields.number(line(PrintedField.NUMBER)) or "",
        name=fields.name(line(PrintedField.NAME)) or "",
        chinese=name.characters if name else "",
        codes=name.codes if name else (),
        birth=f"{birth:%Y%m%d}" if birth and OLDEST_BIRTH <= birth <= today else "",
        sex=fields.sex(line(PrintedField.SEX)) or "",
        first=fields.first_registration(line(PrintedField.FIRST)) or "",
        issued=f"{issued:%Y%m%d}" if issued and FIRST_ISSUED[form] <= issued <= today else "",
    )
    doubts: dict[PrintedField, int] = {
        of: unsure(line(of)) for of in PrintedField if of is not PrintedField.TITLE
    }
    # Each code that agrees with its character is as sure as both.
    doubts[PrintedField.CHINESE] = name.unsure if name else 0
    doubts[PrintedField.CODES] = 4 * doubts[PrintedField.CHINESE]
    return _judged(reading, name_read=name is not None, doubts=doubts)


def _judged(
    reading: PrintRead, *, name_read: bool, doubts: Mapping[PrintedField, int]
) -> PrintRead:
    """Hold the dates against each other, and say what is missing."""
    reading = msgspec.structs.replace(reading, **dict.fromkeys(_out_of_order(reading), ""))
    said = {
        PrintedField.NUMBER: reading.number,
        PrintedField.NAME: reading.name,
        PrintedField.BIRTH: reading.birth,
        PrintedField.SEX: reading.sex,
        PrintedField.FIRST: reading.first,
        PrintedField.ISSUED: reading.issued,
    }
    unread = {of for of, value in said.items() if not value}
    if not name_read:
        unread |= {PrintedField.CHINESE, PrintedField.CODES}
    return msgspec.structs.replace(
        reading,
        unread=frozenset(unread),
        unsure={of: count for of, count in doubts.items() if count},
    )


def _out_of_order(reading: PrintRead) -> set[str]:
    """Return the dates that cannot be right: birth comes first, then registration, then issue."""
    wrong: set[str] = set()
    born, first, issued = reading.birth, reading.first, reading.issued
    if born and issued and born >= issued:
        wrong |= {"birth", "issued"}
    if first and ((born and first < born[:6]) or (issued and first > issued[:6])):
        wrong |= {"first"}
    return wrong
