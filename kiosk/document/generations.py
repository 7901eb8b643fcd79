"""Which form a card has, from where its large portrait stands.

The 2018 form prints it on the left, the 2003 form on the right; the date of issue
alone does not tell them apart (docs/hkid.md, "Two generations").
"""

from dataclasses import dataclass
from typing import Final

from wire.vision import Layout

STEADY_STILLS: Final = 3
"""So many stills in a row must agree: a hand moves through the picture."""
_LEFT, _RIGHT = 0.45, 0.55


@dataclass(frozen=True, slots=True)
class CardSeen:
    """What one still shows."""

    portrait_x: float | None
    """Centre of the largest face, as a share of the card's width from its left edge;
    None when the card shows no face."""


def layout(card: CardSeen | None) -> Layout:
    """Return the form of what lies there."""
    if card is None:
        return Layout.NOTHING
    if card.portrait_x is None or _LEFT < card.portrait_x < _RIGHT:
        return Layout.UNKNOWN
    return Layout.FORM_2018 if card.portrait_x <= _LEFT else Layout.FORM_2003


class Steady:
    """Reports a layout once several stills in a row agree, and again when it changes."""

    def __init__(self) -> None:
        self._candidate: Layout | None = None
        self._count = 0
        self._reported: Layout | None = None

    def see(self, seen: Layout) -> Layout | None:
        """Take one still's layout; return what to report now, if anything."""
        self._count = self._count + 1 if seen is self._candidate else 1
        self._candidate = seen
        if self._count < STEADY_STILLS or seen is self._reported:
            return None
        self._reported = seen
        return seen
