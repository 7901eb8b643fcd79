"""A whole district fell silent: one finding about the district, none about each terminal.

NO I/O.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from fleet.health.presence import Presence, Standing

FEWEST: Final = 3
"""So many terminals must have gone for the network to be the likely cause."""
SHARE: Final = 0.6
"""And so large a part of those that should be there."""
TOGETHER_S: Final = 600.0
"""They went within so long of one another."""


@dataclass(frozen=True, slots=True)
class Silent:
    """A district of which most terminals went silent together."""

    district: str
    since: float
    terminals: frozenset[int]
    expected: int
    """How many should be there."""


def outages(standings: Mapping[int, Standing], districts: Mapping[int, str]) -> tuple[Silent, ...]:
    """Return the districts that went silent as a whole.

    Args:
        standings: of each terminal.
        districts: of each terminal.
    """
    gone: dict[str, list[tuple[float, int]]] = defaultdict(list)
    expected: dict[str, int] = defaultdict(int)
    for terminal, standing in standings.items():
        if standing.presence in {Presence.ONLINE, Presence.LATE, Presence.OFFLINE}:
            expected[districts[terminal]] += 1
        if standing.presence is Presence.OFFLINE:
            gone[districts[terminal]].append((standing.since, terminal))
    return tuple(
        Silent(district, since, terminals, expected[district])
        for district, went in sorted(gone.items())
        for since, terminals in [_together(went)]
        if len(terminals) >= max(FEWEST, SHARE * expected[district])
    )


def inhibited(silent: Iterable[Silent]) -> frozenset[int]:
    """Return the terminals about whose absence nothing need be said."""
    return frozenset().union(*(one.terminals for one in silent))


def _together(went: list[tuple[float, int]]) -> tuple[float, frozenset[int]]:
    """Return the largest group that went within TOGETHER_S, and when it began."""
    went = sorted(went)
    groups = [
        [terminal for since, terminal in went if begin <= since <= begin + TOGETHER_S]
        for begin, _ in went
    ]
    largest = max(groups, key=len)
    return went[groups.index(largest)][0], frozenset(largest)
