"""Read back what foreign logs said: as arrays to compare, as rows to look at.

Figures count up from a terminal's first day; what was said in an hour is the difference to
the row before it. One that began anew counts from nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from fleet.anomaly.logs import Form, Logs
from fleet.store.database import Database
from fleet.store.log_tables import log_hours, log_templates
from wire.checkin import Source
from wire.log_words import said

_HOUR_S: Final = 3600
LONGEST: Final = 100
_MOST_WORDS: Final = 6


@dataclass(frozen=True, slots=True)
class Said:
    """One template."""

    source: Source
    text: str
    first_at: int
    """When any terminal said it first, seconds since 1970."""
    times: int = 0
    """How often one terminal said it; 0 where that was not asked."""


def logs(database: Database, rows: Mapping[int, int], *, begin: int, hours: int) -> Logs:
    """Return what terminals said in so many hours.

    Args:
        database: where it is.
        rows: the place of each terminal's number.
        begin: first hour, in hours since 1970.
        hours: so many.
    """
    grown = _grown(database, list(rows), since=begin * _HOUR_S)
    hour = grown[:, 1] // _HOUR_S - begin
    grown, hour = grown[hour < hours], hour[hour < hours]
    if not len(grown):
        return Logs()
    numbers, form = np.unique(grown[:, 2], return_inverse=True)
    who, of = np.unique(grown[:, 0], return_inverse=True)
    known = {row["id"]: _form(row) for row in _templates(database)}
    return Logs(
        tuple(known[number] for number in numbers.tolist()),
        form,
        np.array([rows[terminal] for terminal in who.tolist()])[of],
        hour,
        grown[:, 3].astype(np.float64),
    )


def of_terminal(database: Database, number: int, *, since: int) -> list[Said]:
    """Return what one terminal said since `since` (seconds), most often first."""
    times: dict[int, int] = {}
    for _, _, template, grown in _grown(database, [number], since=since).tolist():
        times[template] = times.get(template, 0) + grown
    told = [_said(row, times[row["id"]]) for row in _templates(database) if row["id"] in times]
    return sorted(told, key=lambda one: (-one.times, one.text))


def templates(
    database: Database, text: str, *, of: Sequence[int] | None, since: int, at_most: int
) -> list[Said]:
    """Return the templates in which every word of `text` stands, newest first.

    Args:
        database: where they are.
        text: words; each is looked for in the template and its source.
        of: the terminals that count; None for all.
        since: seconds since 1970; with `of`, when one of them said it.
        at_most: so many.
    """
    words = text.casefold()[:LONGEST].split()[:_MOST_WORDS]
    here = None if of is None else _said_by(database, of, since)
    told = [_said(row) for row in _templates(database) if here is None or row["id"] in here]
    holds = [one for one in told if all(word in f"{one.source.value} {one.text}" for word in words)]
    return sorted(holds, key=lambda one: (-one.first_at, one.text))[:at_most]


def _said_by(database: Database, of: Sequence[int], since: int) -> frozenset[int]:
    wanted = sa.select(log_hours.c.template).distinct()
    wanted = wanted.where(log_hours.c.terminal.in_(of), log_hours.c.at >= since)
    with database.reading() as connection:
        return frozenset(connection.execute(wanted).scalars())


def _grown(database: Database, of: Sequence[int], *, since: int) -> NDArray[np.int64]:
    """Return rows of terminal, hour, template and how often it was said in that hour."""
    before = sa.func.lag(log_hours.c.times).over(
        partition_by=(log_hours.c.terminal, log_hours.c.template), order_by=log_hours.c.at
    )
    rows = sa.select(log_hours, before.label("before")).where(log_hours.c.terminal.in_(of))
    said = rows.subquery()
    grown = said.c.times - sa.func.coalesce(said.c.before, 0)
    more = sa.case((grown > 0, grown), else_=said.c.times)
    wanted = sa.select(said.c.terminal, said.c.at, said.c.template, more)
    with database.reading() as connection:
        found = connection.execute(wanted.where(said.c.at >= since, grown != 0)).fetchall()
    return np.array([tuple(row) for row in found], dtype=np.int64).reshape(-1, 4)


def _templates(database: Database) -> Sequence[Mapping[Any, Any]]:
    with database.reading() as connection:
        return connection.execute(sa.select(log_templates)).mappings().fetchall()


def _said(row: Mapping[Any, Any], times: int = 0) -> Said:
    form = _form(row)
    return Said(form.source, said(form.words), row["first_at"], times)


def _form(row: Mapping[Any, Any]) -> Form:
    return Form(Source(row["source"]), tuple(map(int, row["words"].split())))
