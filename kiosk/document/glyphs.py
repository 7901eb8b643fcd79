"""What a line of print may say: characters with their alternatives, and what they spell.

Confidences are Tesseract's, 0 to 1: good for an order, not probabilities.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import nlargest
from typing import Final

SURE: Final = 0.75
"""A character is sure when it was read with at least this, and nothing else comes near."""
_NEAR: Final = 0.3
_MOST_SPELLINGS: Final = 64

_LOOKS_LIKE: Final = {
    "O": "0",
    "Q": "0",
    "D": "0",
    "I": "1",
    "L": "1",
    "Z": "2",
    "S": "5",
    "G": "6",
    "B": "8",
    "0": "OD",
    "1": "I",
    "2": "Z",
    "5": "S",
    "6": "G",
    "8": "B",
}
_LOOKALIKE_COSTS: Final = 0.5


@dataclass(frozen=True, slots=True, repr=False)
class Glyph:
    """One character of a line."""

    choices: tuple[tuple[str, float], ...]
    """Character and confidence, best first; never empty."""
    begins_word: bool = False

    @property
    def best(self) -> str:
        """The character that was read."""
        return self.choices[0][0]

    @property
    def sure(self) -> bool:
        """Whether no other reading comes near."""
        return self.choices[0][1] >= SURE and all(c < _NEAR for _, c in self.choices[1:])


Line = Sequence[Glyph]


@dataclass(frozen=True, slots=True, repr=False)
class Spelling:
    """One way to read a line."""

    text: str
    confidence: float
    """Product over its characters."""


def text(line: Line) -> str:
    """Return what was read, with spaces between words."""
    return "".join((" " if glyph.begins_word else "") + glyph.best for glyph in line).strip()


def unsure(line: Line) -> int:
    """Return how many characters are not sure."""
    return sum(not glyph.sure for glyph in line)


def spellings(line: Line, allowed: Sequence[str]) -> list[Spelling]:
    """Return the likeliest readings in which every character is allowed at its place, best first.

    Args:
        line: as many characters as `allowed` has places; another length has no reading.
        allowed: the characters that may stand at each place.
    """
    if len(line) != len(allowed):
        return []
    ways = [Spelling("", 1.0)]
    for glyph, here in zip(line, allowed, strict=True):
        longer = (
            Spelling(way.text + character, way.confidence * confidence)
            for way in ways
            for character, confidence in _fitting(glyph, here).items()
        )
        ways = nlargest(_MOST_SPELLINGS, longer, key=lambda way: way.confidence)
    return ways


def _fitting(glyph: Glyph, allowed: str) -> dict[str, float]:
    """Return the readings of one character that may stand there, lookalikes among them."""
    found: dict[str, float] = {}
    for character, confidence in _with_lookalikes(glyph):
        if character in allowed:
            found[character] = max(confidence, found.get(character, 0.0))
    return found


def _with_lookalikes(glyph: Glyph) -> Iterator[tuple[str, float]]:
    for character, confidence in glyph.choices:
        yield character, confidence
        for other in _LOOKS_LIKE.get(character, ""):
            yield other, confidence * _LOOKALIKE_COSTS
