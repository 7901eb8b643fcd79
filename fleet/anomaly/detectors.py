"""Say of each terminal what is unusual, since when, and by which numbers. NO I/O.

Residuals against own and neighbours' habits; exact tests of counts; forecasts of what is
used up; a rule for what has a date. Limits were chosen on the simulated fleet with seeds
1 to 3 and are measured on others (`fleet.anomaly.evaluate`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from fleet.anomaly import log_findings
from fleet.anomaly.baseline import (
    LEARNING_H,
    deviation,
    median,
    sigmas,
    smoothed,
    trailing,
    usual_share,
)
from fleet.anomaly.chance import at_least, at_least_of
from fleet.anomaly.episode import Episode, Kind, episodes
from fleet.anomaly.figures import HONG_KONG_H, HOURS_A_DAY, Figures, Grid, Mask

UNLIKELY: Final = 1e-4
"""Chance below which a share is beyond chance.

Windows overlap and shares are raised by what the fleet does, so false findings are fewer
than as many tests would make by themselves; the evaluation counts them."""
_WORTH_A_TEST: Final = 3.0
"""Standard deviations below which the exact test need not be asked."""
_WINDOWS_H: Final = (72, 24, 6)
_FEWEST_HITS: Final = 4
_ATTACKS: Final = 3
_HOT_SIGMA: Final = 5.0
_HOT_C: Final = 4.0
_SLOW_SIGMA: Final = 6.0
_SLOW_LOG: Final = 0.5
"""About 1.6 times as long."""
_CLOCK_SIGMA: Final = 6.0
_CLOCK_MS: Final = 30.0
_DISK_DAYS: Final = 4.0
_DISK_FLOOR: Final = 0.05
_PAPER_LOW: Final = 0.35
_PAPER_SURE: Final = 0.85
_WEEK_H: Final = 168
_QUIET: Final = 14.0
"""Visits that should have come and did not: their absence has a chance of 10⁻⁶."""
_CERTIFICATE_DAYS: Final = 10.0


def detect(figures: Figures, *, learned: int = LEARNING_H) -> list[Episode]:
    """Return the episodes after the first `learned` hours, earliest first."""
    found = [
        *_shares(figures, learned),
        *_attacks(figures, learned),
        *_quiet(figures, learned),
        *_residuals(figures, learned),
        *_forecasts(figures, learned),
        *log_findings.detect(figures.logs, figures.names, figures.hours, learned=learned),
    ]
    return sorted(
        (one for one in found if one.end >= learned), key=lambda one: (one.begin, one.terminal)
    )


@dataclass(frozen=True, slots=True)
class _Share:
    """A share that is tested: so many of so many."""

    kind: Kind
    hits: Grid
    tries: Grid
    words: str


def _shares(figures: Figures, learned: int) -> Iterator[Episode]:
    failures, cards = figures.card_failures, figures.cards
    retaken, photos = figures.capture_rejections, figures.photos
    lost, started = figures.started - figures.completed, figures.started
    for share in (
        _Share(Kind.READER, failures, cards, "failures in {n} cards"),
        _Share(Kind.CAPTURE, retaken, photos, "photographs of {n} taken again"),
        _Share(Kind.COMPLETION, lost, started, "visits of {n} not completed"),
    ):
        yield from _beyond_chance(figures, share, learned)


def _beyond_chance(figures: Figures, tested: _Share, learned: int) -> Iterator[Episode]:
    """Test the last hours against a terminal's own share, raised by what the fleet does now."""
    hits, tries = np.nan_to_num(tested.hits), np.nan_to_num(tested.tries)
    usual = usual_share(hits, tries, learned)
    fleet = hits[:, :learned].sum() / max(1.0, tries[:, :learned].sum())
    unusual = np.zeros(hits.shape, dtype=bool)
    said: dict[tuple[int, int], str] = {}
    for window in _WINDOWS_H:
        some, all_ = trailing(hits, hours=window), trailing(tries, hours=window)
        now = some.sum(axis=0) / np.fmax(all_.sum(axis=0), 1.0)
        share = np.clip(usual * np.clip(now / max(fleet, 1e-9), 1.0, 5.0), 1e-4, 0.98)
        spread = np.sqrt(np.fmax(all_ * share * (1 - share), 1e-9))
        worth = (some - all_ * share > _WORTH_A_TEST * spread) & (some >= _FEWEST_HITS)
        for row, column in zip(*np.nonzero(worth), strict=True):
            k, n, p = int(some[row, column]), int(all_[row, column]), float(share[row, column])
            chance = at_least_of(k, n, p)
            if chance < UNLIKELY:
                unusual[row, column] = True
                said[int(row), int(column)] = (
                    f"{tested.kind.value}: {k} {tested.words.format(n=n)} within {window} h,"
                    f" its own rate is {usual[row, 0]:.0%}, p={chance:.0e}"
                )
    yield from _named(figures, tested.kind, unusual, said)


def _attacks(figures: Figures, learned: int) -> Iterator[Episode]:
    """Count rejected presentations within two hours against the fleet's rate for each check."""
    hits, tries = figures.presentation_rejections, figures.face_checks
    usual = usual_share(hits, tries, learned)
    some, all_ = trailing(hits, hours=2), trailing(tries, hours=2)
    unusual = np.zeros(hits.shape, dtype=bool)
    said: dict[tuple[int, int], str] = {}
    for row, column in zip(*np.nonzero(some >= _ATTACKS), strict=True):
        k, n = int(some[row, column]), int(all_[row, column])
        expected = max(n, k) * float(usual[row, 0])
        chance = at_least(k, expected)
        if chance < UNLIKELY:
            unusual[row, column] = True
            said[int(row), int(column)] = (
                f"attack: {k} presentations rejected within 2 h,"
                f" {expected:.2f} are usual, p={chance:.0e}"
            )
    yield from _named(figures, Kind.ATTACK, unusual, said)


def _quiet(figures: Figures, learned: int) -> Iterator[Episode]:
    """Add up the visits that should have come since the last one did."""
    there = np.isfinite(figures.started) & figures.is_open
    visits = np.where(there, np.nan_to_num(figures.started), 0.0)
    profile = _profile(figures, visits, there, learned)
    expected = np.where(there, profile, 0.0)
    busy = _trailing_sum(visits) / np.fmax(_trailing_sum(expected), 1e-9)
    expected = expected * np.clip(busy, 0.02, 1.0)
    missed = np.zeros(visits.shape)
    total = np.zeros(visits.shape[0])
    for column in range(visits.shape[1]):
        total = np.where(visits[:, column] > 0, 0.0, total + expected[:, column])
        missed[:, column] = total
    unusual = missed > _QUIET
    yield from episodes(
        Kind.QUIET,
        unusual,
        lambda row, column: (
            f"{figures.names[row]}: quiet: no visit where {missed[row, column]:.0f} were to be"
            f" expected from its own habit and the fleet today"
        ),
    )


def _profile(figures: Figures, visits: Grid, there: Mask, learned: int) -> Grid:
    """Return the visits that are usual at each hour of the day, for each terminal."""
    usual = np.zeros(visits.shape)
    for hour in range(HOURS_A_DAY):
        at = figures.hour_of_day == hour
        came = visits[:, :learned][:, at[:learned]].sum(axis=1, keepdims=True)
        open_ = there[:, :learned][:, at[:learned]].sum(axis=1, keepdims=True)
        usual[:, at] = came / np.fmax(open_, 1.0)
    return usual


def _trailing_sum(value: Grid) -> Grid:
    total: Grid = trailing(value.sum(axis=0, keepdims=True), hours=3)
    return total


def _residuals(figures: Figures, learned: int) -> Iterator[Episode]:
    warmer = smoothed(deviation(figures, figures.temperature_c, learned=learned), hours=4)
    hot = sigmas(warmer, learned=learned)
    yield from episodes(
        Kind.HOT,
        (hot > _HOT_SIGMA) & (warmer > _HOT_C),
        lambda row, column: (
            f"{figures.names[row]}: hot: {warmer[row, column]:.0f} °C more than it and its"
            f" neighbours have at this hour, {hot[row, column]:.0f} standard deviations"
        ),
    )
    way = np.log(np.maximum(figures.round_trip_ms, 1.0))
    longer = smoothed(deviation(figures, way, learned=learned), hours=6)
    slow = sigmas(longer, learned=learned)
    yield from episodes(
        Kind.SLOW,
        (slow > _SLOW_SIGMA) & (longer > _SLOW_LOG),
        lambda row, column: (
            f"{figures.names[row]}: slow: the way to the server takes"
            f" {np.exp(longer[row, column]):.1f} times as long as usual, for its neighbours not"
        ),
    )
    usual = median(figures.clock_offset_ms[:, :learned], axis=1)
    moved = smoothed(deviation(figures, figures.clock_offset_ms, learned=learned), hours=2)
    off = np.abs(sigmas(moved, learned=learned))
    yield from episodes(
        Kind.CLOCK,
        (off > _CLOCK_SIGMA) & (np.abs(moved) > _CLOCK_MS),
        lambda row, column: (
            f"{figures.names[row]}: clock: off by {moved[row, column] + usual[row, 0]:.0f} ms,"
            f" usually {usual[row, 0]:.0f}"
        ),
    )


def _forecasts(figures: Figures, learned: int) -> Iterator[Episode]:
    used = trailing(_used(figures.disk_free), hours=HOURS_A_DAY)
    with np.errstate(divide="ignore", invalid="ignore"):
        days = (figures.disk_free - _DISK_FLOOR) / used
    yield from episodes(
        Kind.DISK,
        (used > 0.01) & (days < _DISK_DAYS),
        lambda row, column: (
            f"{figures.names[row]}: disk: {figures.disk_free[row, column]:.0%} free,"
            f" {used[row, column]:.1%} less each day: {max(0.0, days[row, column]):.1f} days left"
        ),
    )
    needed = _needed(figures, learned)
    yield from episodes(
        Kind.PAPER,
        (figures.paper_left < _PAPER_LOW)
        & (figures.paper_left < _PAPER_SURE * needed)
        & figures.is_open,
        lambda row, column: (
            f"{figures.names[row]}: paper: {figures.paper_left[row, column]:.0%} left, and"
            f" {needed[row, column]:.0%} usually goes in the"
            f" {figures.next_visit_h[row, column]:.0f} h until the next visit"
        ),
    )
    yield from episodes(
        Kind.CERTIFICATE,
        figures.certificate_days < _CERTIFICATE_DAYS,
        lambda row, column: (
            f"{figures.names[row]}: certificate: ends in"
            f" {figures.certificate_days[row, column]:.0f} days and was not renewed"
        ),
    )


def _used(left: Grid) -> Grid:
    """Return what was used in each hour; refilling is no negative use."""
    steps = np.diff(left, axis=1, prepend=left[:, :1])
    used: Grid = np.where(np.isfinite(steps) & (steps < 0), -steps, 0.0)
    return used


def _needed(figures: Figures, learned: int) -> Grid:
    """Return how much paper usually goes until the next visit, by the hours of the week."""
    used = _used(figures.paper_left)
    hour = np.arange(figures.begin, figures.begin + figures.hours) % _WEEK_H
    profile = np.zeros((used.shape[0], _WEEK_H))
    for one in range(_WEEK_H):
        at = hour[:learned] == one
        if at.any():
            profile[:, one] = used[:, :learned][:, at].mean(axis=1)
    coming = np.arange(figures.begin, figures.begin + figures.hours + 2 * _WEEK_H)
    holiday = np.isin((coming + HONG_KONG_H) // HOURS_A_DAY, list(figures.holidays))
    usual = profile[:, coming % _WEEK_H] * np.where(holiday, 0.0, 1.0)
    total = np.concatenate([np.zeros((used.shape[0], 1)), np.cumsum(usual, axis=1)], axis=1)
    until = np.clip(np.nan_to_num(figures.next_visit_h), 0, 2 * _WEEK_H).astype(np.int64)
    rows, now = np.arange(used.shape[0])[:, None], np.arange(figures.hours)[None, :]
    needed: Grid = total[rows, now + until] - total[rows, now]
    return needed


def _named(
    figures: Figures, kind: Kind, unusual: Mask, said: dict[tuple[int, int], str]
) -> Iterator[Episode]:
    yield from episodes(
        kind, unusual, lambda row, column: f"{figures.names[row]}: {said[row, column]}"
    )
