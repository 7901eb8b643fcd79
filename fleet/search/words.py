"""What a word is, what a search means, and how well a text answers it. NO I/O.

Rule 1: one rule says what a word is, for both databases, for ranking and for what is marked:
letters and digits in a row, and each Chinese character by itself.
Rule 2: words of a search are joined by *and*; what is written together, or in quotation marks,
must stand together; ``-`` means not; a star at the end stands for any ending.
Rule 3: a word with a label (``district:``) says which terminals, as everywhere.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from fleet.selection import LABELS

LONGEST: Final = 200
MOST_TERMS: Final = 12
_WORD: Final = re.compile(r"[㐀-鿿豈-﫿]|[^\W_㐀-鿿豈-﫿]+")
_PART: Final = re.compile(r'(-?)(?:"([^"]*)"|(\S+))')
_TOGETHER: Final = 0.5


class BadQuery(ValueError):
    """What was searched for cannot be understood; the message is a word of `FAULTS`."""

    code = "search.malformed"


FAULTS: Final = ("too_long", "too_many", "open_quotation", "no_word", "only_not", "no_place")


@dataclass(frozen=True, slots=True)
class Term:
    """Words that must stand together."""

    words: tuple[str, ...]
    prefix: bool = False
    """The last may go on."""

    def at(self, text: Sequence[str]) -> list[int]:
        """Return where it stands in the words of a text."""
        whole, last, length = self.words[:-1], self.words[-1], len(self.words)
        return [
            place
            for place in range(len(text) - length + 1)
            if tuple(text[place : place + length - 1]) == whole
            and (
                text[place + length - 1].startswith(last)
                if self.prefix
                else text[place + length - 1] == last
            )
        ]


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched for."""

    wanted: tuple[Term, ...] = ()
    unwanted: tuple[Term, ...] = ()
    selection: str = ""
    """Which terminals (`fleet.selection`)."""
    names: tuple[str, ...] = ()
    """Terminals that are named without a label."""

    def holds(self, text: Sequence[str]) -> bool:
        """Say whether a text of these words is meant."""
        return all(term.at(text) for term in self.wanted) and not any(
            term.at(text) for term in self.unwanted
        )

    def rank(self, text: Sequence[str]) -> float:
        """Return how well a text answers: more often, and side by side, is better."""
        if not self.wanted:
            return 0.0
        places = [term.at(text) for term in self.wanted]
        often = sum(len(one) / (len(one) + 0.5) for one in places) / len(places)
        return round(often + _TOGETHER * self._together(places), 4)

    def _together(self, places: Sequence[Sequence[int]]) -> float:
        """Return which share of neighbours in the search are neighbours in the text."""
        pairs = list(pairwise(zip(self.wanted, places, strict=True)))
        beside = sum(
            any(place + len(term.words) in after for place in before)
            for (term, before), (_, after) in pairs
        )
        return beside / len(pairs) if pairs else 0.0


def words_of(text: str) -> list[str]:
    """Return the words of a text, in order."""
    return [found[0].casefold() for found in _WORD.finditer(text)]


def parsed(text: str, names: frozenset[str] = frozenset()) -> Query:
    """Return what is meant.

    Args:
        text: as somebody wrote it; without a word it means everything.
        names: of the terminals that there are.

    Raises:
        BadQuery: too long, a quotation left open, a word without a letter, or nothing but *not*.
    """
    if len(text) > LONGEST:
        raise BadQuery("too_long")
    if text.count('"') % 2:
        raise BadQuery("open_quotation")
    wanted, unwanted, selection, named = list[Term](), list[Term](), list[str](), list[str]()
    for minus, quoted, plain in _PART.findall(text):
        if not quoted and plain.partition(":")[0].casefold() in LABELS and ":" in plain:
            selection.append(minus + plain)
            continue
        words = tuple(words_of(quoted or plain))
        if not words:
            raise BadQuery("no_word")
        if plain.casefold() in names and not minus:
            named.append(plain.casefold())
        into = unwanted if minus else wanted
        into.append(Term(words, prefix=plain.endswith("*")))
    if len(wanted) + len(unwanted) > MOST_TERMS:
        raise BadQuery("too_many")
    if unwanted and not wanted:
        raise BadQuery("only_not")
    return Query(tuple(wanted), tuple(unwanted), " ".join(selection), tuple(named))


def marked(text: str, query: Query) -> list[tuple[str, bool]]:
    """Return a text in pieces, each with whether it is what was searched for."""
    found = list(_WORD.finditer(text))
    words = [one[0].casefold() for one in found]
    hit = [False] * len(text)
    for term in query.wanted:
        for place in term.at(words):
            begin, end = found[place].start(), found[place + len(term.words) - 1].end()
            hit[begin:end] = [True] * (end - begin)
    pieces: list[tuple[str, bool]] = []
    for letter, is_hit in zip(text, hit, strict=True):
        if pieces and pieces[-1][1] is is_hit:
            pieces[-1] = (pieces[-1][0] + letter, is_hit)
        else:
            pieces.append((letter, is_hit))
    return pieces
