"""What each page shows, gathered from watch, book and past."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final

import numpy as np
import sqlalchemy as sa

from fleet.anomaly.figures import HOURS_A_DAY
from fleet.app import Service
from fleet.console.charts import Chart, bars, line
from fleet.console.districts import District, districts
from fleet.health.hours import HONG_KONG
from fleet.health.presence import Presence, Standing
from fleet.selection import meant
from fleet.store.fittings import Fitting, Fittings, Swap
from fleet.store.logs import Said, of_terminal
from fleet.store.past import HOUR_S, figures
from fleet.store.reading_back import Place, Present
from fleet.store.tables import entries, hours
from wire.devices import Place as Where

WEEK_H: Final = 7 * HOURS_A_DAY


class Look(StrEnum):
    """How a terminal looks at a glance, worst first."""

    PAGE = "page"
    OFFLINE = "offline"
    WARN = "warn"
    LATE = "late"
    UNSEEN = "unseen"
    CLOSED = "closed"
    WELL = "well"


_RANK: Final = {look: rank for rank, look in enumerate(Look)}
_NONE: Final[list[str]] = []
_NEVER_SEEN: Final = Standing()


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A terminal in a list."""

    place: Place
    standing: Standing
    look: Look
    alerts: int
    serials: str = ""
    """Serial numbers of its devices, separated by spaces."""
    version: str = ""
    """Of the program it told of last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A district on the map and in the list beside it."""

    id: str
    district: District
    worst: Look
    terminals: int
    looks: Mapping[Look, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One terminal."""

    line: Line
    present: Present | None
    fitted: Mapping[Where, Fitting]
    """Which device stands in which place."""
    swaps: list[Swap]
    alerts: list[dict[str, Any]]
    entries: list[dict[str, Any]]
    logs: list[Said]
    """What its foreign logs said within seven days."""
    charts: Mapping[str, Chart]


def lines(service: Service, alerts: Iterable[Mapping[str, Any]], *, now: float) -> list[Line]:
    """Return every terminal that is not retired, worst first."""
    by_terminal: dict[int, list[str]] = {}
    for alert in alerts:
        if alert["terminal"] is not None and not alert["silenced"]:
            by_terminal.setdefault(alert["terminal"], []).append(alert["severity"])
    # Most sites have the same hours: each kind is asked once.
    open_ = {
        hours: hours.is_open(now) for hours in {p.hours for p in service.watch.places.values()}
    }
    made = [
        Line(
            place=place,
            standing=standing,
            look=_look(standing, by_terminal.get(number, _NONE), is_open=open_[place.hours]),
            alerts=len(by_terminal.get(number, _NONE)),
            serials=service.watch.serials.get(number, ""),
            version=_version(service.watch.told(number)),
        )
        for number, place in service.watch.places.items()
        for standing in [service.watch.standings.get(number, _NEVER_SEEN)]
        if not place.retired
    ]
    return sorted(made, key=lambda one: (_RANK[one.look], one.place.name))


def selected(service: Service, shown: Iterable[Line], text: str) -> list[Line]:
    """Return the lines that a selection means.

    Raises:
        BadSelection: it cannot be understood.
    """
    holds = meant(text, service.groups.selections() if "group:" in text.casefold() else {})
    return [one for one in shown if holds(labels(one))]


def areas(shown: Iterable[Line]) -> list[Area]:
    """Return every district, also those without a terminal."""
    looks: dict[str, Counter[Look]] = {name: Counter() for name in districts()}
    for one in shown:
        if one.place.district in looks:
            looks[one.place.district][one.look] += 1
    return [
        Area(
            id=name,
            district=district,
            worst=min(looks[name], key=_RANK.__getitem__, default=Look.UNSEEN),
            terminals=looks[name].total(),
            looks={look: looks[name][look] for look in Look},
        )
        for name, district in districts().items()
    ]


def visits_today(
    service: Service, *, now: float, of: Sequence[int] | None = None
) -> tuple[int, int]:
    """Return the visits begun and completed today, to the last full hour.

    Args:
        service: where they are.
        now: seconds since 1970.
        of: the terminals that count; None for all.
    """
    midnight = datetime.fromtimestamp(now, UTC).astimezone(HONG_KONG)
    since = int(midnight.replace(hour=0, minute=0, second=0, microsecond=0).timestamp())
    grown = [sa.func.max(hours.c[n]) - sa.func.min(hours.c[n]) for n in ("started", "completed")]
    within = sa.true() if of is None else hours.c.terminal.in_(of)
    each = (
        sa.select(*(g.label(n) for g, n in zip(grown, ("begun", "done"), strict=True)))
        .where(hours.c.at >= since - HOUR_S, within)
        .group_by(hours.c.terminal)
        .subquery()
    )
    with service.database.reading() as connection:
        begun, done = connection.execute(
            sa.select(sa.func.sum(each.c.begun), sa.func.sum(each.c.done))
        ).one()
    return int(begun or 0), int(done or 0)


def page(service: Service, shown: Line, alerts: Iterable[dict[str, Any]], *, now: float) -> Page:
    """Return what there is to see of one terminal."""
    number = shown.place.number
    return Page(
        line=shown,
        present=service.watch.told(number),
        fitted=service.watch.fitted(number),
        swaps=Fittings(service.database).swaps_of(number),
        alerts=[alert for alert in alerts if alert["terminal"] == number],
        entries=_entries(service, number),
        logs=of_terminal(service.database, number, since=int(now) - WEEK_H * HOUR_S),
        charts=_charts(service, shown.place, now=now),
    )


def _entries(service: Service, terminal: int) -> list[dict[str, Any]]:
    wanted = sa.select(entries).where(entries.c.terminal == terminal)
    with service.database.reading() as connection:
        rows = connection.execute(wanted.order_by(entries.c.number.desc()).limit(40)).mappings()
        return [dict(row) for row in rows]


def _charts(service: Service, place: Place, *, now: float) -> dict[str, Chart]:
    seen = figures(service.database, [place], until=int(now), length=WEEK_H)
    # Where a day begins in Hong Kong.
    at = int(np.argmin(seen.hour_of_day))
    failed = np.where(seen.cards > 0, seen.card_failures / np.fmax(seen.cards, 1) * 100, np.nan)
    return {
        "visits": bars(seen.started[0].tolist(), day_at=at),
        "temperature": line(seen.temperature_c[0].tolist(), day_at=at),
        "way": line(seen.round_trip_ms[0].tolist(), day_at=at),
        "failures": line(failed[0].tolist(), day_at=at),
    }


def devices(service: Service, one: Line) -> dict[str, str]:
    """Return models and serial numbers of every place; empty where nothing was told."""
    fitted = service.watch.fitted(one.place.number)
    empty = Fitting("", "", 0)
    return {
        f"{where.value}_{name}": getattr(fitted.get(where, empty), name)
        for where in Where
        for name in ("model", "serial")
    }


def labels(one: Line) -> dict[str, str]:
    """Return what selections go by."""
    return {
        "state": one.look.value,
        "district": one.place.district,
        "site": one.place.site,
        "name": one.place.name,
        "model": one.place.model,
        "version": one.version,
        "serial": one.serials,
        "tag": one.place.tags,
    }


def _version(told: Present | None) -> str:
    version = told.reading.host.version if told else None
    return ".".join(map(str, version)) if version else ""


def _look(standing: Standing, severities: list[str], *, is_open: bool) -> Look:
    if standing.presence is Presence.NEVER_SEEN:
        return Look.UNSEEN
    if "page" in severities:
        return Look.PAGE
    if standing.presence in {Presence.OFFLINE, Presence.STALE}:
        return Look.OFFLINE if is_open else Look.CLOSED
    if severities:
        return Look.WARN
    if standing.presence is Presence.LATE:
        return Look.LATE
    return Look.WELL if is_open else Look.CLOSED
