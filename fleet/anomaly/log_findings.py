"""Say which terminal's kernel or card service says something new, or far more than usual. NO I/O.

New: no terminal said it in the days that are learned, what it says is grave or comes as a
flood, and it is said again. What many terminals begin to say is what a release or the weather
brought: no finding about each of them, but one about all (`everywhere`).

Surge: counts of 3 and 24 hours against the terminal's own rate with that of the fleet mixed in,
raised by what the fleet says now, and divided by how much more than chance such counts scatter.

Source: Poisson tails (`fleet.anomaly.chance`); a quasi-Poisson scale, variance over mean
(Wedderburn, 1974).
"""

from collections.abc import Iterator
from typing import Final

import numpy as np

from fleet.anomaly.baseline import trailing
from fleet.anomaly.chance import at_least
from fleet.anomaly.episode import Episode, Kind, episodes
from fleet.anomaly.figures import HOURS_A_DAY, Grid, Mask
from fleet.anomaly.logs import Form, Logs
from wire.log_words import NUMBERS

_GRAVE_WORDS: Final = (
    "abort aborted aborting bad broken bug cannot corrupt corrupted corruption crash dead"
    " deadlock denied died error errors exception fail failed failing failure failures fatal"
    " fault i/o incomplete invalid kill killed libusb_error_access libusb_error_busy"
    " libusb_error_io libusb_error_no_device libusb_error_pipe libusb_error_timeout lockup lost"
    " mismatch missing oom oom-killer oops out-of-memory over-current overheated overrun panic"
    " read-only refused rejected reset segfault stall stalled stuck throttled timed timeout"
    " unable unclean uncorrectable underrun undervoltage unexpected unrecoverable unresponsive"
    " wrong"
)
_GRAVE: Final = frozenset(NUMBERS[word] for word in _GRAVE_WORDS.split())
NEW_FOR_H: Final = 7 * HOURS_A_DAY
"""For so long something is new; then it is usual or a surge."""
_KNOWN_BY_H: Final = 7 * HOURS_A_DAY
"""Logs must have been heard for so long before anything can be new."""
_AGAIN: Final = 3
_FLOOD: Final = 20
_FLOOD_H: Final = 6
MANY: Final = 3
_MANY_SHARE: Final = 0.05
_WINDOWS_H: Final = (24, 3)
_FEWEST: Final = 12
_TIMES: Final = 4.0
"""A surge is so many times the usual, whatever chance says."""
_UNLIKELY: Final = 1e-7
_PRIOR_H: Final = 72.0
_MOST_FACTOR: Final = 20.0


def detect(logs: Logs, names: tuple[str, ...], hours: int, *, learned: int) -> Iterator[Episode]:
    """Yield the episodes of new templates and of surges.

    Args:
        logs: what was said.
        names: of the terminals.
        hours: so many columns there are.
        learned: so many first hours say what is usual.
    """
    if not len(logs.hour) or logs.hour.min() > learned - _KNOWN_BY_H:
        return
    shape = (len(names), hours)
    new, surges = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
    said: dict[tuple[Kind, int, int], str] = {}
    days = learned // HOURS_A_DAY
    for form, grid in logs.grids(shape):
        source = form.source.value
        first = int(np.flatnonzero(grid.any(axis=0))[0])
        if first >= learned:
            unusual, times = _new(form, grid, first)
            new |= unusual
            for row, column in zip(*np.nonzero(unusual), strict=True):
                said[Kind.LOG_NEW, int(row), int(column)] = (
                    f"log_new: {source}: {times[row, column]:.0f} times within 24 h what no"
                    f" terminal said in {days} days: {form.text}"
                )
            continue
        for row, column, window, k, usual, chance in _surges(grid, first, learned):
            surges[row, column] = True
            said[Kind.LOG_SURGE, row, column] = (
                f"log_surge: {source}: {k} times within {window} h, {usual:.1f} are usual,"
                f" p={chance:.0e}: {form.text}"
            )
    for kind, unusual in ((Kind.LOG_NEW, new), (Kind.LOG_SURGE, surges)):
        yield from _named(kind, unusual, names, said)


def everywhere(
    logs: Logs, names: tuple[str, ...], hours: int, *, learned: int
) -> list[tuple[Form, int]]:
    """Return what many terminals lately began to say, gravest first, with how many say it."""
    if not len(logs.hour) or logs.hour.min() > learned - _KNOWN_BY_H:
        return []
    found = []
    for form, grid in logs.grids((len(names), hours)):
        first = int(np.flatnonzero(grid.any(axis=0))[0])
        many = int(grid.any(axis=1).sum())
        if first >= max(learned, hours - 2 * HOURS_A_DAY) and many >= many_of(len(names)):
            found.append((form, many))
    return sorted(found, key=lambda one: (not is_grave(one[0]), -one[1], one[0]))


def is_grave(form: Form) -> bool:
    """Say whether a template speaks of something that went wrong."""
    return not _GRAVE.isdisjoint(form.words)


def many_of(terminals: int) -> int:
    """Return how many of so many terminals are too many for a matter of each."""
    return max(MANY, round(terminals * _MANY_SHARE))


def _new(form: Form, grid: Grid, first: int) -> tuple[Mask, Grid]:
    """Return where something new is a matter, and how often it was said within a day."""
    day, lately = trailing(grid, hours=HOURS_A_DAY), trailing(grid, hours=_FLOOD_H)
    matters = lately >= _FLOOD
    if is_grave(form):
        matters |= day >= _AGAIN
    so_many = np.maximum.accumulate(grid > 0, axis=1).sum(axis=0)
    hour = np.arange(grid.shape[1])
    few = (so_many < many_of(grid.shape[0])) & (hour < first + NEW_FOR_H)
    unusual: Mask = matters & few[None, :] & (grid > 0)
    return unusual, day


def _surges(
    grid: Grid, first: int, learned: int
) -> Iterator[tuple[int, int, int, int, float, float]]:
    """Yield where a form is said too often: row, column, window, times, usual, chance."""
    heard_h = learned - first
    own = grid[:, first:learned]
    fleet = own.mean()
    rate = (own.sum(axis=1, keepdims=True) + _PRIOR_H * fleet) / (heard_h + _PRIOR_H)
    for window in _WINDOWS_H:
        if heard_h < 2 * window:
            continue
        times = trailing(grid, hours=window)
        usual = rate * window
        scale = _scatter(times[:, first + window - 1 : learned])
        # One that is far off does not say what all do.
        held = np.minimum(times, usual + 3 * np.sqrt(usual) + 3)
        now = np.clip(held.sum(axis=0) / max(usual.sum(), 1e-9), 1.0, _MOST_FACTOR)
        expected = np.fmax(usual * now, 1e-3)
        worth = (times >= _FEWEST) & (times > _TIMES * expected)
        for row, column in zip(*np.nonzero(worth), strict=True):
            k, usually = float(times[row, column]), float(expected[row, column])
            # When all say more, some say much more.
            apart = float(scale[row] * now[column])
            chance = at_least(int(k / apart), usually / apart)
            if chance < _UNLIKELY:
                yield int(row), int(column), window, int(k), usually, chance


def _scatter(times: Grid) -> Grid:
    """Return how much more than chance each terminal's counts scatter, 1 or more."""
    mean, variance = times.mean(axis=1), times.var(axis=1)
    fleet = variance.sum() / max(mean.sum(), 1e-9)
    found: Grid = np.fmax(np.fmax(variance / np.fmax(mean, 1.0), fleet), 1.0)
    return found


def _named(
    kind: Kind,
    unusual: Mask,
    names: tuple[str, ...],
    said: dict[tuple[Kind, int, int], str],
) -> Iterator[Episode]:
    yield from episodes(
        kind, unusual, lambda row, column: f"{names[row]}: {said[kind, row, column]}"
    )
