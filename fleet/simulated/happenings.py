"""Faults that are to be found, and traps in which nothing is wrong. Not shipped."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from fleet.anomaly.episode import Kind
from fleet.anomaly.figures import HOURS_A_DAY
from fleet.simulated.world import HOLIDAYS, HOURS, TERMINALS, World, days, hours_of_day

FIRST_DAY: Final = 10
"""Before it, only traps happen."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one terminal."""

    terminal: int
    kind: Kind
    begin: int
    """First hour in which it can be seen."""
    end: int
    """So long a finding counts as that of this fault."""

    @property
    def signs(self) -> frozenset[Kind]:
        """Return by what else it shows: neither found by that nor false."""
        return _SIGNS.get(self.kind, frozenset())


_SIGNS: Final[dict[Kind, frozenset[Kind]]] = {
    # A reader that fails and a computer that is hot say so in their logs.
    Kind.READER: frozenset({Kind.LOG_SURGE}),
    Kind.HOT: frozenset({Kind.LOG_SURGE}),
}


def _ramp(begin: int, length: int) -> np.ndarray:
    return np.clip((np.arange(HOURS) - begin) / length, 0.0, 1.0)


def _reader(world: World, row: int, begin: int) -> int:
    world.card_fails[row] += 0.32 * _ramp(begin, 12)
    return HOURS


def _camera(world: World, row: int, begin: int) -> int:
    world.retakes[row] += 0.45 * _ramp(begin, 24)
    return HOURS


def _completion(world: World, row: int, begin: int) -> int:
    world.completes[row, begin:] *= 0.45
    return HOURS


def _attack(world: World, row: int, begin: int) -> int:
    world.attacks[row, begin] += 9
    return begin + 24


def _quiet(world: World, row: int, begin: int) -> int:
    world.visits[row, begin:] = 0.0
    return HOURS


def _hot(world: World, row: int, begin: int) -> int:
    world.temperature_c[row] += 18 * _ramp(begin, 24)
    return HOURS


def _slow(world: World, row: int, begin: int) -> int:
    world.round_trip_ms[row, begin:] *= 4
    return HOURS


def _clock(world: World, row: int, begin: int) -> int:
    world.clock_offset_ms[row] += 15.0 * np.clip(np.arange(HOURS) - begin, 0, None)
    return HOURS


def _disk(world: World, row: int, begin: int) -> int:
    world.disk_free[row] = np.fmax(
        0.0, world.disk_free[row] - 0.008 * np.clip(np.arange(HOURS) - begin, 0, None)
    )
    return HOURS


def _paper(world: World, row: int, begin: int) -> int:
    # Nobody comes any more, and the plan does not know it.
    world.refilled[row, begin:] = False
    world.visits[row, begin:] *= 1.3
    return HOURS


def _certificate(world: World, row: int, begin: int) -> int:
    gone = np.clip(np.arange(HOURS) - begin, 0, None) / HOURS_A_DAY
    world.certificate_days[row] = np.where(gone > 0, 10.4 - gone, world.certificate_days[row])
    return HOURS


_FAULTS: Final[dict[Kind, Callable[[World, int, int], int]]] = {
    Kind.READER: _reader,
    Kind.CAPTURE: _camera,
    Kind.COMPLETION: _completion,
    Kind.ATTACK: _attack,
    Kind.QUIET: _quiet,
    Kind.HOT: _hot,
    Kind.SLOW: _slow,
    Kind.CLOCK: _clock,
    Kind.DISK: _disk,
    Kind.PAPER: _paper,
    Kind.CERTIFICATE: _certificate,
}


_LAST_DAY: Final = {Kind.PAPER: 11, Kind.COMPLETION: 13, Kind.CAPTURE: 13, Kind.READER: 13}
"""What takes days to show begins early enough to show."""


def add_faults(world: World, *, each: int = 2) -> list[Fault]:
    """Make `each` faults of every kind, each at a terminal of its own."""
    free = [int(row) for row in world.rng.permutation(TERMINALS)]
    # Where little is printed a roll lasts longer than the story.
    busy = world.visits.sum(axis=1) > np.median(world.visits.sum(axis=1))
    made = []
    for kind, change in _FAULTS.items():
        for _ in range(each):
            row = next(row for row in free if kind is not Kind.PAPER or busy[row])
            free.remove(row)
            # Two days or more are left in which it can be found.
            last = _LAST_DAY.get(kind, 14)
            hours = np.flatnonzero(world.is_open[row] & (days() >= FIRST_DAY) & (days() <= last))
            begin = int(world.rng.choice(hours))
            made.append(Fault(row, kind, begin, change(world, row, begin)))
    return made


def add_traps(world: World) -> None:
    """Let happen what is unusual and no fault; noted in ``world.traps``."""
    rng, hour = world.rng, hours_of_day()
    for day in HOLIDAYS:
        world.visits[:, days() == day] *= 0.2
        world.traps.append(f"day {day}: a public holiday")
    heat = (days() >= 11) & (days() <= 13)
    shade = rng.uniform(0.7, 1.3, TERMINALS)[:, None]
    world.temperature_c[:, heat] += 6 * shade
    world.traps.append("days 11 to 13: a heat wave")
    dark = rng.choice(18, 2, replace=False)
    for which, district in enumerate(dark):
        begin = (11 + 3 * which) * HOURS_A_DAY + 10
        world.there[world.district == district, begin : begin + 5] = False
        world.traps.append(f"a district without network for five hours on day {11 + 3 * which}")
    for row in rng.choice(TERMINALS, 4, replace=False):
        day = int(rng.integers(FIRST_DAY, 16))
        world.visits[row, days() == day] *= 3
        world.traps.append(f"terminal-{row + 1}: an event at its site on day {day}")
    for row in rng.choice(TERMINALS, 4, replace=False):
        begin = int(rng.integers(FIRST_DAY, 16)) * HOURS_A_DAY + 11
        world.completes[row, begin] *= 0.3
        world.traps.append(f"terminal-{row + 1}: a group that looks and leaves")
    slow = (days() == 12) & (hour >= 9) & (hour < 15)
    world.round_trip_ms[:, slow] *= 3
    world.traps.append("day 12: a slow network for all")
    down = (days() == 15) & (hour >= 13) & (hour < 16)
    world.completes[:, down] *= 0.6
    world.traps.append("day 15: the register is down for three hours")
