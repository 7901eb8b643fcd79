"""Each printed field by its own pattern: what the line says, or that it cannot be read.

Forms: docs/hkid.md, "Card face". Nothing is guessed: a field without one best
reading that fits its pattern is not read.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final, TypeVar

from kiosk.document.glyphs import Line, Spelling, spellings, text
from kiosk.document.hkid_number import HkidNumber, NotAnHkidNumber
from wire.document import PrintedField

_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_DIGITS: Final = "0123456789"
_TAIL = (*[_DIGITS] * 6, "(", _DIGITS + "A", ")")
_CLEAR_BY: Final = 4.0
"""A reading must be so many times likelier than the next that fits as well."""
_FIRST_REGISTRATION: Final = 1949
"""Registration of persons began in that year; a two-digit year below is of this century."""
_CODE_LENGTH: Final = 4
_NAME = re.compile(r"[A-Z][A-Z'\- ]*, [A-Z][A-Za-z'\- ]*|[A-Z][A-Z'\- ]*")

T = TypeVar("T", str, date)


def number(line: Line) -> str | None:
    """Return the number, compact, its check character held; None if it cannot be told.

    The check character does not tell every letter from every other (docs/hkid.md,
    "Number and check character"), so a second letter that fits as well must be far behind.
    """
    fitting: list[tuple[str, float]] = []
    for letters in (1, 2):
        for spelling in spellings(line, (*[_LETTERS] * letters, *_TAIL)):
            try:
                fitting.append((HkidNumber.parse(spelling.text).compact, spelling.confidence))
            except NotAnHkidNumber:
                continue
    return _clear(fitting)


def day(line: Line, *, digits_of_year: int) -> date | None:
    """Return the date of ``DD-MM-YYYY`` or, in this century, ``DD-MM-YY``."""
    pattern = (*[_DIGITS] * 2, "-", *[_DIGITS] * 2, "-", *[_DIGITS] * digits_of_year)
    return _clear(_days(spellings(line, pattern)))


def _days(ways: list[Spelling]) -> list[tuple[date, float]]:
    found = []
    for way in ways:
        day_, month, year = (int(part) for part in way.text.split("-"))
        try:
            found.append((date(year if year > 99 else 2000 + year, month, day_), way.confidence))
        except ValueError:
            continue
    return found


def first_registration(line: Line) -> str | None:
    """Return ``YYYYMM`` of ``(MM-YY)``; the century follows from when registration began."""
    pattern = ("(", *[_DIGITS] * 2, "-", *[_DIGITS] * 2, ")")
    months = []
    for way in spellings(line, pattern):
        month, short = int(way.text[1:3]), int(way.text[4:6])
        year = 1900 + short if 1900 + short >= _FIRST_REGISTRATION else 2000 + short
        if 1 <= month <= 12:
            months.append((f"{year}{month:02d}", way.confidence))
    return _clear(months)


def sex(line: Line) -> str | None:
    """Return F or M; the Chinese word and the letter must not speak against each other."""
    said = {{"女": "F", "男": "M"}.get(glyph.best, glyph.best) for glyph in line}
    return said.pop() if len(said) == 1 and said <= {"F", "M"} else None


def name(line: Line) -> str | None:
    """Return ``SURNAME, Given Names``; the case says which of I and l stands where."""
    family, comma, given = text(line).partition(",")
    family = family.replace("l", "I").strip()
    words = (_capitalised(word) for word in given.split())
    whole = family + (", " + " ".join(words) if comma else "")
    return whole if _NAME.fullmatch(whole) else None


def _capitalised(word: str) -> str:
    """Within a word of a given name a capital I is a small l, and its first l a capital I."""
    head = "I" if word.startswith("l") else word[0]
    return head + word[1:].replace("I", "l")


def codes(line: Line) -> int | None:
    """Return how many commercial codes stand there; none is a number, too."""
    count, rest = divmod(len(line), _CODE_LENGTH)
    return None if rest else count


_READ: Final[Mapping[PrintedField, Callable[[Line], object]]] = MappingProxyType(
    {
        PrintedField.NUMBER: number,
        PrintedField.NAME: name,
        PrintedField.CODES: codes,
        PrintedField.BIRTH: lambda line: day(line, digits_of_year=4),
        PrintedField.ISSUED: lambda line: day(line, digits_of_year=2),
        PrintedField.FIRST: first_registration,
        PrintedField.SEX: sex,
    }
)


def fits(of: PrintedField, line: Line) -> bool:
    """Say whether a line can be what that field says; a field without a pattern takes any."""
    return of not in _READ or _READ[of](line) is not None


def _clear(fitting: Iterable[tuple[T, float]]) -> T | None:
    """Return what is far likelier than everything else that fits; None if nothing is."""
    by_value: dict[T, float] = {}
    for value, confidence in fitting:
        by_value[value] = max(confidence, by_value.get(value, 0.0))
    ordered = sorted(by_value.items(), key=lambda pair: pair[1], reverse=True)
    if not ordered or (len(ordered) > 1 and ordered[0][1] < _CLEAR_BY * ordered[1][1]):
        return None
    return ordered[0][0]
