"""One hundred terminals over three weeks, hour by hour, from a seed.

Habits: opening hours, weekdays, rush hours, sites of different size, a daily course of
temperature, receipts that use paper, service visits on Mondays and Thursdays.

Benign traps, every one of which has fooled a detector of somebody's: a public holiday, a heat
wave, a district without network, a site with an event, a group that looks and leaves, a
slow network for all, a day when the register is down, missing readings.

This model is ours, and so are the detectors: what it says about real terminals is to be
found out on real terminals.
"""

from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np

from fleet.anomaly.figures import HONG_KONG_H, HOURS_A_DAY, Figures, Grid, Mask

TERMINALS: Final = 100
DISTRICTS: Final = 18
DAYS: Final = 21
SEEN_DAYS: Final = 17
"""A detector sees so many; the rest tells whether what it foretold came true."""
HOURS: Final = DAYS * HOURS_A_DAY
BEGIN: Final = 498_712
"""Monday 23 November 2026, 00:00 in Hong Kong, in hours since 1970."""
HOLIDAYS: Final = (4, 13)
"""Days of public holidays; the calendar says so, what they do to visits it does not."""
_OPENS, _CLOSES = 9, 19
_CARD_FAILS: Final = 0.03
_RETAKES: Final = 0.06
_COMPLETES: Final = 0.80
_REJECTS: Final = 0.004
_ROLL: Final = 130
_BUSY: Final = 2.6


@dataclass(slots=True, kw_only=True)
class World:
    """Shares and levels for each terminal and hour, for faults and traps to change."""

    rng: np.random.Generator
    district: Any
    is_open: Mask
    visits: Grid
    """Expected visits in the hour."""
    card_fails: Grid
    retakes: Grid
    completes: Grid
    rejects: Grid
    attacks: Grid
    """Rejected presentations beside those of visitors."""
    temperature_c: Grid
    round_trip_ms: Grid
    clock_offset_ms: Grid
    disk_free: Grid
    certificate_days: Grid
    refilled: Mask
    next_visit_h: Grid
    there: Mask
    """Whether a reading came."""
    traps: list[str] = field(default_factory=list)


def hours_of_day() -> Any:
    """Return the hour of the day of each column."""
    return (np.arange(HOURS) + BEGIN + HONG_KONG_H) % HOURS_A_DAY


def days() -> Any:
    """Return the day of each column, 0 a Monday."""
    return np.arange(HOURS) // HOURS_A_DAY


def habits(seed: int) -> World:
    """Return a world in which nothing happens out of the ordinary."""
    rng = np.random.default_rng(seed)
    shape = (TERMINALS, HOURS)
    hour, day = hours_of_day(), days()
    district = np.sort(np.arange(TERMINALS) % DISTRICTS)
    weekend = day % 7 >= 5
    serves_weekend = rng.random(TERMINALS) < 0.6
    within = (hour >= _OPENS) & (hour < _CLOSES)
    is_open = within[None, :] & (~weekend[None, :] | serves_weekend[:, None])
    rush = 0.5 + np.exp(-(((hour - 12.5) / 2.0) ** 2)) + 0.7 * np.exp(-(((hour - 17.5) / 1.5) ** 2))
    size = rng.lognormal(np.log(2.6), 0.45, TERMINALS)
    mood = rng.lognormal(0.0, 0.12, (1, DAYS)).repeat(HOURS_A_DAY, axis=1)
    visits = size[:, None] * rush[None, :] * mood * np.where(weekend, 0.8, 1.0)[None, :]
    sun = 4.0 * np.exp(-(((hour - 15) / 4.0) ** 2))
    weather = np.cumsum(rng.normal(0, 0.12, HOURS))
    # A walk without end would be no weather.
    weather -= np.linspace(0, weather[-1], HOURS)
    base = rng.normal(44, 4, TERMINALS)
    exposure = rng.uniform(0.5, 1.5, TERMINALS)
    warm = base[:, None] + exposure[:, None] * sun[None, :] + weather[None, :]
    way = rng.lognormal(np.log(25), 0.3, TERMINALS)
    rush_way = 1 + 0.3 * np.exp(-(((hour - 13) / 3.0) ** 2))
    trips = way[:, None] * rush_way[None, :] * rng.lognormal(0, 0.12, shape)
    certificate = rng.uniform(11, 30, TERMINALS)[:, None] - np.arange(HOURS)[None, :] / HOURS_A_DAY
    certificate = 10.5 + (certificate - 10.5) % 19.5
    # Where much is printed somebody comes each working day.
    often = (size > _BUSY)[:, None] & (day % 7 < 5)[None, :]
    refilled = (often | np.isin(day % 7, (0, 3))[None, :]) & (hour == 10)[None, :]
    used = rng.uniform(0, 4e-5, TERMINALS)[:, None] * np.arange(HOURS)[None, :]
    return World(
        rng=rng,
        district=district,
        is_open=is_open,
        visits=np.where(is_open, visits, 0.0),
        card_fails=np.full(shape, _CARD_FAILS) * rng.lognormal(0, 0.3, TERMINALS)[:, None],
        retakes=np.full(shape, _RETAKES) * rng.lognormal(0, 0.3, TERMINALS)[:, None],
        completes=np.clip(_COMPLETES + rng.normal(0, 0.04, TERMINALS), 0.5, 0.95)[:, None]
        * np.ones(shape),
        rejects=np.full(shape, _REJECTS),
        attacks=np.zeros(shape),
        temperature_c=warm + rng.normal(0, 0.7, shape),
        round_trip_ms=trips,
        clock_offset_ms=rng.normal(0, 4, TERMINALS)[:, None] + rng.normal(0, 3, shape),
        disk_free=rng.uniform(0.5, 0.8, TERMINALS)[:, None] - used,
        certificate_days=certificate,
        refilled=refilled,
        next_visit_h=_until(refilled),
        there=rng.random(shape) > 0.004,
    )


def _until(refilled: Mask) -> Grid:
    """Return the hours until the next planned visit."""
    left = np.full(refilled.shape, np.nan)
    until = np.full(refilled.shape[0], 72.0)
    for column in range(refilled.shape[1] - 1, -1, -1):
        left[:, column] = until
        until = np.where(refilled[:, column], 1.0, until + 1)
    return left


def told(world: World) -> Figures:
    """Draw what the terminals of `world` tell."""
    rng = world.rng
    started = rng.poisson(world.visits).astype(np.float64)
    whole = started.astype(np.int64)
    completed = rng.binomial(whole, np.clip(world.completes, 0, 1)).astype(np.float64)
    cards = rng.binomial(whole, 0.9).astype(np.float64)
    failures = rng.binomial(cards.astype(np.int64), np.clip(world.card_fails, 0, 1))
    photos = rng.binomial(whole, 0.85)
    retaken = rng.binomial(photos, np.clip(world.retakes, 0, 1))
    checks = photos.astype(np.float64)
    rejected = rng.binomial(photos, np.clip(world.rejects, 0, 1)) + rng.poisson(world.attacks)
    figures = Figures(
        names=tuple(f"terminal-{number + 1}" for number in range(TERMINALS)),
        district=world.district,
        begin=BEGIN,
        holidays=frozenset((BEGIN + HONG_KONG_H) // HOURS_A_DAY + day for day in HOLIDAYS),
        is_open=world.is_open,
        temperature_c=world.temperature_c,
        round_trip_ms=world.round_trip_ms,
        clock_offset_ms=world.clock_offset_ms,
        disk_free=world.disk_free,
        paper_left=_paper(world, completed),
        certificate_days=world.certificate_days,
        started=started,
        completed=completed,
        cards=cards,
        card_failures=failures.astype(np.float64),
        photos=photos.astype(np.float64),
        capture_rejections=retaken.astype(np.float64),
        face_checks=checks,
        presentation_rejections=rejected.astype(np.float64),
        next_visit_h=world.next_visit_h,
    )
    return _with_gaps(figures, world.there)


def _with_gaps(figures: Figures, there: Mask) -> Figures:
    """Take away what nobody heard; what is counted arrives later and is not lost."""
    heard = there | (figures.started > 0)

    def heard_of(value: Grid) -> Grid:
        return np.where(there, value, np.nan)

    return replace(
        figures,
        temperature_c=heard_of(figures.temperature_c),
        round_trip_ms=heard_of(figures.round_trip_ms),
        clock_offset_ms=heard_of(figures.clock_offset_ms),
        certificate_days=heard_of(figures.certificate_days),
        started=np.where(heard, figures.started, np.nan),
    )


def _paper(world: World, completed: Grid) -> Grid:
    """Use a roll of 130 receipts; a visit puts in a new one when less than two thirds is left."""
    left = np.full(completed.shape, np.nan)
    now: Any = world.rng.uniform(0.6, 1.0, completed.shape[0])
    for column in range(completed.shape[1]):
        refill = world.refilled[:, column] & (now < 0.67)
        now = np.where(refill, 1.0, np.fmax(0.0, now - completed[:, column] / _ROLL))
        left[:, column] = now
    return left
