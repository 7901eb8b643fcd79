"""Read back what foreign logs said: as arrays to compare, as rows to look at.

Figures count up from a terminal's first day; what was said in an hour is the difference to
the row before it. One that began anew counts from nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import sqlalchemy as sa

from fleet.anomaly.logs import Form, Logs
from fleet.store.database import Database
from fleet.store.tables import log_hours, log_templates
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
    forms: dict[int, int] = {}
    found: list[tuple[int, int, int, float]] = []
    for terminal, at, template, times in _grown(database, list(rows), since=begin * _HOUR_S):
        hour = at // _HOUR_S - begin
        if hour < hours:
            form = forms.setdefault(template, len(forms))
            found.append((form, rows[terminal], hour, float(times)))
    if not found:
        return Logs()
    form_of, row, column, count = zip(*found, strict=True)
    known = {row["id"]: _form(row) for row in _templates(database)}
    return Logs(
        tuple(known[number] for number in forms),
        np.array(form_of),
        np.array(row),
        np.array(column),
        np.array(count),
    )


def of_terminal(database: Database, number: int, *, since: int) -> list[Said]:
    """Return what one terminal said since `since` (seconds), most often first."""
    times: dict[int, int] = {}
    for _, _, template, grown in _grown(database, [number], since=since):
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


def _grown(database: Database, of: Sequence[int], *, since: int) -> list[tuple[int, int, int, int]]:
    """Return terminal, hour, template and how often it was said in that hour."""
    before = sa.func.lag(log_hours.c.times).over(
        partition_by=(log_hours.c.terminal, log_hours.c.template), order_by=log_hours.c.at
    )
    rows = (
        sa.select(log_hours, before.label("before")).where(log_hours.c.terminal.in_(of)).subquery()
    )
    grown = rows.c.times - sa.func.coalesce(rows.c.before, 0)
    wanted = sa.select(rows.c.terminal, rows.c.at, rows.c.template, grown, rows.c.times)
    with database.reading() as connection:
        found = connection.execute(wanted.where(rows.c.at >= since, grown != 0)).fetchall()
    return [
        (terminal, at, template, more if more > 0 else times)
        for terminal, at, template, more, times in found
    ]


def _templates(database: Database) -> Sequence[Mapping[Any, Any]]:
    with database.reading() as connection:
        return connection.execute(sa.select(log_templates)).mappings().fetchall()


def _said(row: Mapping[Any, Any], times: int = 0) -> Said:
    form = _form(row)
    return Said(form.source, said(form.words), row["first_at"], times)


def _form(row: Mapping[Any, Any]) -> Form:
    return Form(Source(row["source"]), tuple(map(int, row["words"].split())))
