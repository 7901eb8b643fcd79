"""Unusual hours that follow one another are one episode. NO I/O."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Final

import numpy as np

from fleet.anomaly.figures import Mask

GAP_H: Final = 24
"""Unusual hours with less than this between them belong together."""


class Kind(StrEnum):
    """Which figure is unusual."""

    READER = "reader"
    CAPTURE = "capture"
    COMPLETION = "completion"
    ATTACK = "attack"
    """A security matter: told apart from the others."""
    QUIET = "quiet"
    HOT = "hot"
    SLOW = "slow"
    CLOCK = "clock"
    DISK = "disk"
    PAPER = "paper"
    CERTIFICATE = "certificate"
    LOG_NEW = "log_new"
    """Kernel or card service says what no terminal said before."""
    LOG_SURGE = "log_surge"


@dataclass(frozen=True, slots=True)
class Episode:
    """One matter at one terminal, from its first unusual hour to its last."""

    terminal: int
    """Row of the figures."""
    kind: Kind
    begin: int
    """Column of the figures."""
    end: int
    sentence: str


def episodes(kind: Kind, unusual: Mask, sentence: Callable[[int, int], str]) -> Iterator[Episode]:
    """Yield the episodes of one kind.

    Args:
        kind: which figure.
        unusual: whether it is, for each terminal and hour.
        sentence: what to say about a terminal's first unusual hour.
    """
    for terminal in np.flatnonzero(unusual.any(axis=1)):
        hours = np.flatnonzero(unusual[terminal])
        begins = [0, *(np.flatnonzero(np.diff(hours) > GAP_H) + 1), len(hours)]
        for first, last in pairwise(begins):
            begin, end = int(hours[first]), int(hours[last - 1])
            yield Episode(int(terminal), kind, begin, end, sentence(int(terminal), begin))
