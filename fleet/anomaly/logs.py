"""What foreign logs of some terminals said, hour by hour, by template. NO I/O.

A template widens on one terminal earlier than on another; what a wider one covers is counted
as that one, so that a merge is neither new nor a surge.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wire.checkin import Source
from wire.log_words import ANYTHING, said

_Counts = NDArray[np.float64]
_LONGEST: Final = 160
"""Letters of a template in a sentence."""


@dataclass(frozen=True, slots=True, order=True)
class Form:
    """One template of one source."""

    source: Source
    words: tuple[int, ...]

    @property
    def text(self) -> str:
        """Return what it says, cut to what fits a sentence."""
        text = said(self.words)
        return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rsplit(' ', 1)[0]} …"

    def covers(self, other: "Form") -> bool:
        """Say whether this is `other`, or a wider form of it."""
        return (
            self.source is other.source
            and len(self.words) == len(other.words)
            and all(a in (ANYTHING, b) for a, b in zip(self.words, other.words, strict=True))
        )

    @property
    def width(self) -> int:
        """Return at how many places it takes anything."""
        return self.words.count(ANYTHING)


@dataclass(frozen=True, slots=True, eq=False)
class Logs:
    """How often each form was said, where and when; the arrays are of one length."""

    forms: tuple[Form, ...] = ()
    form: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    terminal: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    """Row of the figures."""
    hour: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    """Column of the figures."""
    times: _Counts = field(default_factory=lambda: np.zeros(0))

    def until(self, hours: int) -> "Logs":
        """Return what was said in the first `hours`."""
        kept = self.hour < hours
        arrays = {name: getattr(self, name)[kept] for name in ("form", "terminal", "hour", "times")}
        return replace(self, **arrays)

    def grids(self, shape: tuple[int, int]) -> Iterable[tuple[Form, _Counts]]:
        """Yield each widest form with how often it was said, as (terminals, hours)."""
        widest = [self.forms.index(one) for one in map(_widest(self.forms).__getitem__, self.forms)]
        of = np.array(widest, dtype=np.int64)[self.form] if len(self.form) else self.form
        for index in np.unique(of):
            grid = np.zeros(shape)
            here = of == index
            np.add.at(grid, (self.terminal[here], self.hour[here]), self.times[here])
            yield self.forms[index], grid


def _widest(forms: Iterable[Form]) -> Mapping[Form, Form]:
    """Return for each form the widest that covers it."""
    alike: dict[tuple[Source, int], list[Form]] = defaultdict(list)
    for one in sorted(forms, key=lambda one: (-one.width, one)):
        alike[one.source, len(one.words)].append(one)
    return {
        one: next(wide for wide in some if wide.covers(one))
        for some in alike.values()
        for one in some
    }
