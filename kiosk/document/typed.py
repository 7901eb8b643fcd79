"""The typed print: which keys fit where, when a field is whole, and what it says.

Three fields, typed as the card prints them: the number, the date of birth
(DDMMYYYY) and the date of issue (DDMMYY). Nothing here keeps what was typed.
Source of the forms: docs/hkid.md, "Card face".
"""

import re
from datetime import date
from enum import StrEnum
from typing import Final

from kiosk.document.hkid_number import HkidNumber, NotAnHkidNumber

DELETE: Final = "delete"

FIRST_2018_FORM: Final = date(2018, 11, 26)
"""Cards issued before this day are of the 2003 form (some issued later are, too)."""

OLDEST_BIRTH_YEAR: Final = 1900


class Field(StrEnum):
    """The fields in the order they are typed."""

    NUMBER = "number"
    BIRTH = "birth"
    ISSUED = "issued"


class Wrong(StrEnum):
    """Why a whole field cannot be."""

    NOTHING = ""
    CHECK_DIGIT = "check_digit"
    DATE = "date"


_LENGTHS = {Field.BIRTH: 8, Field.ISSUED: 6}
_NUMBER_SO_FAR = re.compile(r"[A-Z]{1,2}([0-9]{1,5}|[0-9]{6}[0-9A]?)?")
_NUMBER_WHOLE = re.compile(r"[A-Z]{1,2}[0-9]{6}[0-9A]")


def press(field: Field, typed: str, key: str) -> str:
    """Return what is typed after `key`; a key that does not fit changes nothing."""
    if key == DELETE:
        return typed[:-1]
    if len(key) != 1:
        return typed
    after = typed + key
    if field is Field.NUMBER:
        return after if _NUMBER_SO_FAR.fullmatch(after) else typed
    fits = key in "0123456789" and len(after) <= _LENGTHS[field]
    return after if fits else typed


def is_whole(field: Field, typed: str) -> bool:
    """Say whether every character of `field` has been typed."""
    if field is Field.NUMBER:
        return _NUMBER_WHOLE.fullmatch(typed) is not None
    return len(typed) == _LENGTHS[field]


def judge(field: Field, typed: str, *, today: date) -> Wrong:
    """Say what is wrong with a whole field, if anything."""
    if field is Field.NUMBER:
        try:
            HkidNumber.parse(typed)
        except NotAnHkidNumber:
            return Wrong.CHECK_DIGIT
        return Wrong.NOTHING
    try:
        day = as_date(field, typed)
    except ValueError:
        return Wrong.DATE
    plausible = day.year >= OLDEST_BIRTH_YEAR and day <= today
    return Wrong.NOTHING if plausible else Wrong.DATE


def as_date(field: Field, typed: str) -> date:
    """Read a whole date field; an issue year is of this century, cards exist since 2003.

    Raises:
        ValueError: no such day; the message does not repeat it.
    """
    day, month, year = int(typed[:2]), int(typed[2:4]), int(typed[4:])
    try:
        return date(year + 2000 if field is Field.ISSUED else year, month, day)
    except ValueError:
        raise ValueError("no such day") from None


def is_old_form(issued: date) -> bool:
    """Say whether a card issued on that day must be of the 2003 form."""
    return issued < FIRST_2018_FORM
