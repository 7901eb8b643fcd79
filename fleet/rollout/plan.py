"""Who goes first: canaries of every kind of terminal, then shares of the rest.

NO I/O. A kind is a hardware model on a kind of network: what fails on one model alone is met by
its canaries, however few of them there are.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Final

import msgspec

from wire.rollout import BUCKETS, Kind, Network, bucket

HOUR_S: Final = 3600.0
CANARIES_OF_A_KIND: Final = 2


class Wave(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One step of a rollout."""

    share: int
    """So many of the 10,000 buckets may take it; 0 for canaries alone."""
    soak_s: float
    """So long it must have been well before the next wave."""


class Plan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The steps and the limits of one rollout; kept with it, so that what was approved happens."""

    waves: tuple[Wave, ...] = (
        Wave(0, 24 * HOUR_S),
        Wave(1000, 6 * HOUR_S),
        Wave(4000, 3 * HOUR_S),
        Wave(BUCKETS, 0.0),
    )
    confirmed_share: float = 0.95
    """Of those that could be reached, before the soak counts."""
    silent_after_s: float = 0.5 * HOUR_S
    """Who began to switch and has not said for so long that it works, has failed."""
    stalled_after_s: float = 30 * HOUR_S
    """A wave that takes longer is told to people."""

    def __post_init__(self) -> None:
        """Hold what a plan promises.

        Raises:
            ValueError: no waves, shares that do not grow to all, or limits out of range.
        """
        shares = [wave.share for wave in self.waves]
        if not shares or shares != sorted(set(shares)) or shares[-1] != BUCKETS or shares[0] < 0:
            raise ValueError("waves must grow to all terminals")
        if (
            not 0.5 <= self.confirmed_share <= 1
            or min(self.silent_after_s, self.stalled_after_s) <= 0
        ):
            raise ValueError("limits out of range")


URGENT: Final = Plan(
    waves=(Wave(0, 2 * HOUR_S), Wave(2000, HOUR_S), Wave(BUCKETS, 0.0)), stalled_after_s=6 * HOUR_S
)
"""For what must not wait: the same limits, shorter soaks. It takes two approvals."""
BACK: Final = Plan(waves=(Wave(0, 0.25 * HOUR_S), Wave(BUCKETS, 0.0)), stalled_after_s=6 * HOUR_S)
"""To a version that worked on the same terminals before."""


CONTENT: Final = Plan(
    waves=(Wave(0, 0.25 * HOUR_S), Wave(BUCKETS, 0.0)), stalled_after_s=6 * HOUR_S
)
"""Words that are read, and that grow old within hours: no program changes."""


class Plans(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How each sort of rollout goes on."""

    usual: Plan = Plan()
    urgent: Plan = URGENT
    back: Plan = BACK
    content: Plan = CONTENT

    def of(self, kind: Kind, *, urgent: bool) -> Plan:
        """Return how a rollout of a kind goes on."""
        if kind is Kind.CONTENT:
            return self.content
        return self.urgent if urgent else self.usual


PLANS: Final = Plans()


@dataclass(frozen=True, slots=True)
class Place:
    """What is known of a terminal before anything is rolled out."""

    name: str
    model: str
    network: Network
    heard: bool = True
    """It was heard lately; a canary that is switched off sings to nobody."""


def canaries(rollout: str, places: Iterable[Place]) -> tuple[str, ...]:
    """Choose canaries: of each kind those whose bucket comes first, present ones before others."""

    def kind(place: Place) -> tuple[str, str]:
        return place.model, place.network

    chosen = []
    for _, alike in groupby(sorted(places, key=kind), key=kind):
        first = sorted(
            alike, key=lambda place: (not place.heard, bucket(rollout, place.name), place.name)
        )
        chosen += [place.name for place in first[:CANARIES_OF_A_KIND]]
    return tuple(sorted(chosen))


def wave_of(rollout: str, name: str, plan: Plan, named: Iterable[str]) -> int:
    """Return the wave that reaches a terminal."""
    if name in set(named):
        return 0
    at = bucket(rollout, name)
    return next(number for number, wave in enumerate(plan.waves) if at < wave.share)
