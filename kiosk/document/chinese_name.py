"""The Chinese name, printed twice: as characters, and as a code for each of them.

Four digits are read far more reliably than a character, and a code stands for
exactly one: the characters decide between readings of a code, and say whether the
two agree.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kiosk.document.glyphs import Glyph, Line, spellings

_CODE: Final = ("0123456789",) * 4
_FIRST_HAN: Final = "\u3400"
_UNSEEN: Final = 0.02
"""Weight of a code whose character was not among those read."""


@dataclass(frozen=True, slots=True, repr=False)
class ChineseName:
    """What both lines say together."""

    characters: str
    codes: tuple[str, ...]
    unsure: int
    """Characters on which print and code do not agree."""


def read(line: Line, code_line: Line, characters_by_code: Mapping[str, str]) -> ChineseName | None:
    """Return the name, empty where nothing is printed; None if it cannot be told.

    Args:
        line: the characters; what is none is left out.
        code_line: the codes under them.
        characters_by_code: what each code stands for.
    """
    characters = [glyph for glyph in line if glyph.best >= _FIRST_HAN]
    count, rest = divmod(len(code_line), len(_CODE))
    if rest:
        return None
    if not count:
        plain = "".join(glyph.best for glyph in characters)
        return ChineseName(plain, (), len(plain))
    aligned: list[Glyph | None] = [*characters] if len(characters) == count else [None] * count
    told = [
        _one(glyph, code_line[4 * n : 4 * n + 4], characters_by_code)
        for n, glyph in enumerate(aligned)
    ]
    whole = [one for one in told if one is not None]
    if len(whole) < count:
        return None
    return ChineseName(
        "".join(character for character, _, _ in whole),
        tuple(code for _, code, _ in whole),
        sum(not agrees for _, _, agrees in whole),
    )


def _one(
    glyph: Glyph | None, digits: Line, characters_by_code: Mapping[str, str]
) -> tuple[str, str, bool] | None:
    """Return character, code, and whether both were read."""
    read = {character for character, _ in glyph.choices} if glyph else set()
    best: tuple[float, str, str] | None = None
    for way in spellings(digits, _CODE):
        for character in characters_by_code.get(way.text, ""):
            weight = way.confidence * (1.0 if character in read else _UNSEEN)
            if best is None or weight > best[0]:
                best = (weight, character, way.text)
    return None if best is None else (best[1], best[2], best[1] in read)
