"""How a card's files are read: in how long pieces, chosen by asking and, once, by failing.

Cards in the field refuse lengths that they announce, and some end their session over
it. So there is a list of plans, the boldest first, and the next one is taken in a new
session (docs/devices.md, "Lengths").
Source: ICAO Doc 9303-11, 9.3.1.2 (extended length only where EF.ATR/INFO says so).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from drivers.card.protocol.card_files import CardLimits
from drivers.card.protocol.keys import AES_128
from drivers.card.protocol.secure_messaging import room

T = TypeVar("T")
_FALL_BACKS = (160, 128)
"""Lengths that readers in the field fall back to; 128 and less no card was heard to refuse."""
_LONGEST_PIECE = 4096
"""Longer pieces save next to nothing on any link, and the progress bar would stand still."""
SHORT_ANSWER = 256


class Aside(Protocol):
    """Starts work beside the link, to be waited for when its result is needed."""

    def __call__(self, work: Callable[[], T]) -> Callable[[], T]:
        """Start `work`; the call that comes back returns or raises what it does."""


def later(work: Callable[[], T]) -> Callable[[], T]:
    """Do the work when its result is asked for: an `Aside` without a thread."""
    return work


@dataclass(frozen=True, slots=True)
class ReadPlan:
    """How long the pieces are that files are read in."""

    chunk: int = 223
    """Bytes asked for at a time, under the session's protection."""
    longest_answer: int = SHORT_ANSWER
    """What one answer of this link may hold, status word not counted."""
    aside: Aside = later
    """What hides our own arithmetic behind the link."""


SHORT = ReadPlan()
"""What fits a short answer under AES."""


def plans(reader_answer: int, card: CardLimits | None, aside: Aside = later) -> list[ReadPlan]:
    """Return the plans to try, in this order.

    Args:
        reader_answer: the longest answer that the reader carries, in bytes.
        card: what EF.ATR/INFO says; None where it says nothing.
        aside: see `ReadPlan`.
    """
    found = [
        ReadPlan(chunk=room(SHORT_ANSWER, AES_128), aside=aside),
        *(ReadPlan(chunk=chunk, aside=aside) for chunk in _FALL_BACKS),
    ]
    longest = min(reader_answer, card.answer_bytes) if card else SHORT_ANSWER
    if longest > SHORT_ANSWER:
        chunk = min(room(longest, AES_128), _LONGEST_PIECE)
        found.insert(0, ReadPlan(chunk=chunk, longest_answer=longest, aside=aside))
    return found
