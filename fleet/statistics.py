"""Visits by site, by hour of the day and by screen, between two days. Counts only.

Figures of a terminal count up for ever, so what happened is a difference of two of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from fleet.store.database import Database
from fleet.store.tables import hours, sites, steps, terminals
from wire.screen import Screen

DAY_S: Final = 86_400
HOUR_S: Final = 3600
_HONG_KONG_H: Final = 8
ENDS: Final = ("started", "completed", "left", "referred", "broken")
FUNNEL: Final = (
    Screen.LANGUAGE,
    Screen.SERVICE,
    Screen.ELIGIBILITY,
    Screen.PRIVACY_NOTICE,
    Screen.PLACE_CARD,
    Screen.READING_CARD,
    Screen.CHECK_DETAILS,
    Screen.TAKING_PHOTO,
    Screen.COMPARING,
    Screen.SENDING,
    Screen.LINK_PHONE,
    Screen.RECEIPT,
    Screen.TAKE_CARD,
)
"""The way of a registration; other screens are by-ways."""


@dataclass(frozen=True, slots=True)
class AtSite:
    """Visits at one site."""

    site: str
    district: str
    started: int
    completed: int
    left: int
    referred: int
    broken: int


@dataclass(frozen=True, slots=True)
class AtHour:
    """Visits that began or ended in one hour of the day."""

    hour: int
    started: int
    completed: int


@dataclass(frozen=True, slots=True)
class AtScreen:
    """Stays on one screen."""

    screen: str
    times: int
    mean_s: float | None
    share: float
    """Of the stays on the screen that had most."""


class Statistics:
    """Counts what happened at some terminals; None means all of them."""

    def __init__(self, database: Database) -> None:
        """Count in `database`."""
        self._database = database

    def by_site(self, of: Sequence[int] | None, *, days: int, now: int) -> list[AtSite]:
        """Return visits by site, most first."""
        grown = [(sa.func.max(hours.c[end]) - sa.func.min(hours.c[end])).label(end) for end in ENDS]
        each = (
            sa.select(hours.c.terminal, *grown)
            .where(hours.c.at >= _since(now, days) - HOUR_S, _within(hours, of))
            .group_by(hours.c.terminal)
            .subquery()
        )
        total = [sa.func.coalesce(sa.func.sum(each.c[end]), 0) for end in ENDS]
        wanted = (
            sa.select(terminals.c.site, sites.c.district, *total)
            .join(terminals, terminals.c.number == each.c.terminal)
            .outerjoin(sites, sites.c.id == terminals.c.site)
            .group_by(terminals.c.site, sites.c.district)
            .order_by(total[0].desc(), terminals.c.site)
        )
        return [
            AtSite(site or "", district or "", *(int(count) for count in counts))
            for site, district, *counts in self._rows(wanted)
        ]

    def by_hour(self, of: Sequence[int] | None, *, days: int, now: int) -> list[AtHour]:
        """Return visits by the hour of Hong Kong's day."""
        grown = [
            (
                hours.c[end]
                - sa.func.lag(hours.c[end]).over(partition_by=hours.c.terminal, order_by=hours.c.at)
            ).label(end)
            for end in ("started", "completed")
        ]
        since = _since(now, days)
        each = (
            sa.select(hours.c.at, *grown)
            .where(hours.c.at >= since - HOUR_S, _within(hours, of))
            .subquery()
        )
        # Whole numbers are divided as such in both databases.
        hour = ((each.c.at.op("/")(HOUR_S) + _HONG_KONG_H) % 24).label("hour")
        wanted = (
            sa.select(hour, sa.func.sum(each.c.started), sa.func.sum(each.c.completed))
            .where(each.c.at >= since)
            .group_by(hour)
        )
        found = {int(row[0]): row[1:] for row in self._rows(wanted)}
        return [AtHour(at, *(int(n or 0) for n in found.get(at, (0, 0)))) for at in range(24)]

    def funnel(self, of: Sequence[int] | None, *, days: int, now: int) -> list[AtScreen]:
        """Return how many stays each screen of a registration had, in their order."""
        since = now // DAY_S - days
        names = [screen.value for screen in FUNNEL]

        def last(upto: sa.ColumnElement[bool]) -> Any:
            # What was counted up to a day: the largest of each terminal and screen.
            largest = [sa.func.max(steps.c[name]).label(name) for name in ("times", "total_ms")]
            return (
                sa.select(steps.c.terminal, steps.c.screen, *largest)
                .where(upto, steps.c.screen.in_(names), _within(steps, of))
                .group_by(steps.c.terminal, steps.c.screen)
                .subquery()
            )

        now_, before = last(steps.c.day > since), last(steps.c.day <= since)
        grown = [
            sa.func.sum(now_.c[name] - sa.func.coalesce(before.c[name], 0))
            for name in ("times", "total_ms")
        ]
        same = sa.and_(before.c.terminal == now_.c.terminal, before.c.screen == now_.c.screen)
        wanted = (
            sa.select(now_.c.screen, *grown)
            .select_from(now_.outerjoin(before, same))
            .group_by(now_.c.screen)
        )
        found = {screen: (int(times), int(ms)) for screen, times, ms in self._rows(wanted)}
        most = max((times for times, _ in found.values()), default=0)
        made = []
        for name in names:
            times, total_ms = found.get(name, (0, 0))
            mean_s = round(total_ms / times / 1000, 1) if times else None
            made.append(AtScreen(name, times, mean_s, times / most if most else 0.0))
        return made

    def _rows(self, wanted: Any) -> Sequence[Any]:
        with self._database.reading() as connection:
            return connection.execute(wanted).fetchall()


def _since(now: int, days: int) -> int:
    return now - now % HOUR_S - days * DAY_S


def _within(table: sa.Table, of: Sequence[int] | None) -> sa.ColumnElement[bool]:
    return sa.true() if of is None else table.c.terminal.in_(of)
