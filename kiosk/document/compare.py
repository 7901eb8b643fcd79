"""Chip against print, field by field.

The chip's signature says what is true; the print says whether card and chip belong
together. A field may differ by as many characters as were unsure in the print, and
is then unsure itself, never agreed. What differed is not kept.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from wire.card import CardContents
from wire.document import PrintedField, PrintOutcome, PrintRead


@dataclass(frozen=True, slots=True)
class Judgement:
    """The comparison, without what was compared."""

    outcome: PrintOutcome
    by_field: Mapping[PrintedField, PrintOutcome]


_MRZ_NAME: Final = 30
"""Characters of the name line of a TD1 card; a longer name is cut (ICAO Doc 9303-5, 4.2.2)."""
_NOT_LETTERS: Final = re.compile(r"[^A-Z ]+")


def compare(printed: PrintRead, chip: CardContents) -> Judgement:
    """Return whether print and chip say the same."""
    pairs = {
        PrintedField.NUMBER: (printed.number, chip.number),
        PrintedField.NAME: _names(printed.name, chip.name),
        PrintedField.CHINESE: (printed.chinese, chip.chinese),
        PrintedField.CODES: ("".join(printed.codes), "".join(chip.codes)),
        PrintedField.BIRTH: (printed.birth, chip.birth),
        PrintedField.SEX: (printed.sex, chip.sex),
        PrintedField.FIRST: (printed.first, chip.first),
        PrintedField.ISSUED: (printed.issued, chip.issued),
    }
    by_field = {
        of: PrintOutcome.UNSURE if of in printed.unread else _one(*pair, printed.unsure.get(of, 0))
        for of, pair in pairs.items()
    }
    return Judgement(_worst(by_field), by_field)


def _worst(by_field: Mapping[PrintedField, PrintOutcome]) -> PrintOutcome:
    gravest_first = (PrintOutcome.DIFFERS, PrintOutcome.UNSURE)
    said = set(by_field.values())
    return next((outcome for outcome in gravest_first if outcome in said), PrintOutcome.AGREES)


def _one(print_: str, chip: str, unsure: int) -> PrintOutcome:
    if print_ == chip:
        return PrintOutcome.AGREES
    return PrintOutcome.UNSURE if distance(print_, chip) <= unsure else PrintOutcome.DIFFERS


def _names(print_: str, chip: str) -> tuple[str, str]:
    """Return both as an MRZ writes them, the print cut where the MRZ cuts."""
    on_chip = _plain(chip)
    cut = len(chip) >= _MRZ_NAME - 1
    return _plain(print_)[: len(on_chip) if cut else None], on_chip


def _plain(name: str) -> str:
    """Upper case, without accents and apostrophes, hyphens as spaces (ICAO Doc 9303-3, 4.6)."""
    bare = unicodedata.normalize("NFKD", name).upper().replace("-", " ").replace(",", " ")
    return " ".join(_NOT_LETTERS.sub("", bare).split())


def distance(one: str, other: str) -> int:
    """Return the least number of characters to change, add or drop (Levenshtein 1966)."""
    row = list(range(len(other) + 1))
    for n, mine in enumerate(one, 1):
        before, row[0] = row[0], n
        for m, theirs in enumerate(other, 1):
            before, row[m] = row[m], min(row[m] + 1, row[m - 1] + 1, before + (mine != theirs))
    return row[-1]
