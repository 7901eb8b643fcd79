"""Mine the forms of foreign log lines as they come: Drain, over words that may leave. NO I/O.

A line becomes places in `wire.log_words` first, so whatever is mined, kept and told is made of
those. Lines that are alike become one template, with ANYTHING where they differ; how often
each was said counts up.

Source: P. He, J. Zhu, Z. Zheng and M. R. Lyu, "Drain: An Online Log Parsing Approach with
Fixed Depth Tree", IEEE ICWS 2017: a tree by length and first words, in its leaves the
likeness of equal words. Ours differs in two things: variables are known by not being in the
list, and a run of them is one place, so lines of names with one or three parts are alike.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

import msgspec

from wire.checkin import MOST_WORDS, Source
from wire.log_words import ANYTHING, NUMBERS

Template = tuple[int, ...]
MOST_TEMPLATES: Final = 256
"""Beyond it, what was not seen for longest is forgotten."""
_LONGEST_LINE: Final = 1000
_ALIKE: Final = 0.5
_FIRST: Final = 3
"""So many first words lead to a leaf: what was reset and what is new are not one."""
_BETWEEN: Final = re.compile(r"[\s:=,;()\[\]{}\"'<>#|]+")


class Group(msgspec.Struct, array_like=True):
    """Lines of one form."""

    source: Source
    words: Template
    times: int = 0
    seen: int = 0
    """Number of the line that was the last of them."""
    told: int = 0
    """As often as the fleet was told."""


def template_of(line: str) -> Template:
    """Return what may be said of a line: known words, and ANYTHING for each run of others."""
    words: list[int] = []
    for token in _BETWEEN.split(line[:_LONGEST_LINE].casefold()):
        word = NUMBERS.get(token.strip(".!?-"), ANYTHING) if token else None
        if word is None or (word == ANYTHING and words and words[-1] == ANYTHING):
            continue
        words.append(word)
        if len(words) == MOST_WORDS:
            break
    return tuple(words) or (ANYTHING,)


class Miner:
    """The groups of one terminal."""

    def __init__(self, groups: Iterable[Group] = (), *, lines: int = 0) -> None:
        """Go on with `groups`, after so many lines."""
        self.lines = lines
        self._groups: dict[tuple[Source, Template], Group] = {}
        self._leaves: dict[tuple[Source, int, Template], list[Group]] = defaultdict(list)
        for group in groups:
            self._keep(group)

    def groups(self) -> tuple[Group, ...]:
        """Return what was mined."""
        return tuple(self._groups.values())

    def add(self, source: Source, line: str) -> None:
        """Count a line."""
        self.lines += 1
        words = template_of(line)
        group = self._groups.get((source, words)) or self._alike(source, words)
        group.times += 1
        group.seen = self.lines

    def _alike(self, source: Source, words: Template) -> Group:
        """Return the group that is most like `words`, widened to hold them, or a new one."""
        near = max(
            self._leaves[_leaf(source, words)],
            key=lambda group: _likeness(group.words, words),
            default=None,
        )
        if near is None or _likeness(near.words, words) < _ALIKE:
            if len(self._groups) >= MOST_TEMPLATES:
                self._drop(min(self._groups.values(), key=lambda group: group.seen))
            return self._keep(Group(source, words))
        both = _widened(near.words, words)
        if both == near.words:
            return near
        self._drop(near)
        # What it said so far is told under the form it had: figures only count up.
        return self._groups.get((source, both)) or self._keep(Group(source, both))

    def _keep(self, group: Group) -> Group:
        self._groups[group.source, group.words] = group
        self._leaves[_leaf(group.source, group.words)].append(group)
        return group

    def _drop(self, group: Group) -> None:
        del self._groups[group.source, group.words]
        self._leaves[_leaf(group.source, group.words)].remove(group)


def _leaf(source: Source, words: Template) -> tuple[Source, int, Template]:
    return source, len(words), words[:_FIRST]


def _likeness(template: Template, words: Template) -> float:
    """Return the share of equal words; a place that may be anything is like nothing."""
    equal = sum(a == b != ANYTHING for a, b in zip(template, words, strict=True))
    said = sum(one != ANYTHING for one in template)
    return equal / said if said else 1.0


def _widened(template: Template, words: Template) -> Template:
    return tuple(a if a == b else ANYTHING for a, b in zip(template, words, strict=True))
