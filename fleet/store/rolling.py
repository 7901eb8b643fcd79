"""Roll raw readings up to five minutes and hours, and drop what has become old.

Each span is rolled up from the rows below it, again whenever a late reading made it
dirty, so running twice changes nothing.
"""

from typing import Any, Final

import sqlalchemy as sa

from fleet.store import tables
from fleet.store.database import Database
from fleet.store.log_tables import log_hours, log_templates

DAY_S: Final = 86_400
HOUR_S: Final = 3600
SPAN_S: Final = 300
KEPT_DAYS: Final = {
    tables.readings: 7,
    tables.five_minutes: 90,
    tables.hours: 730,
    tables.entries: 90,
}
"""Whole days; see docs/fleet.md for what that comes to in bytes."""
LOGS_DAYS: Final = 30
"""Of what foreign logs said; the last row before stays, for figures count up from it."""
_MOST_SPANS: Final = 600
_PLACES: Final = 4
_BITS: Final = 3


class Rolling:
    """Keeps the past of one database small."""

    def __init__(self, database: Database) -> None:
        """Work on `database`."""
        self._database = database
        self._logs_before: int | None = None
        self._largest = sa.func.max if database.is_sqlite else sa.func.greatest

    def roll_up(self, *, now: int) -> int:
        """Roll up each dirty span that has ended; return how many there were."""
        with self._database.writing() as connection:
            due = (
                sa.select(tables.dirty.c.at)
                .where(tables.dirty.c.at + SPAN_S <= now)
                .order_by(tables.dirty.c.at)
                .limit(_MOST_SPANS)
            )
            spans = list(connection.execute(due).scalars())
            # First away, then rolled up: a reading that comes between makes it dirty again.
            connection.execute(tables.dirty.delete().where(tables.dirty.c.at.in_(spans)))
            for at in spans:
                self._roll(connection, tables.readings, tables.five_minutes, at, SPAN_S)
            for at in sorted({at - at % HOUR_S for at in spans}):
                self._roll(connection, tables.five_minutes, tables.hours, at, HOUR_S)
        return len(spans)

    def forget(self, *, now: int) -> None:
        """Drop what is older than it is kept."""
        today = now // DAY_S
        for table, days in KEPT_DAYS.items():
            with self._database.writing() as connection:
                connection.execute(table.delete().where(table.c.at < (today - days) * DAY_S))
        # Once a day: it looks at every row that stays, too.
        if self._logs_before != (before := (today - LOGS_DAYS) * DAY_S):
            self._forget_logs(before)
            self._logs_before = before

    def _forget_logs(self, before: int) -> None:
        said, later = log_hours, log_hours.alias()
        of_same = (later.c.terminal == said.c.terminal, later.c.template == said.c.template)
        newer = sa.exists().where(*of_same, later.c.at > said.c.at, later.c.at < before)
        known = log_templates
        nobody = ~sa.exists().where(said.c.template == known.c.id)
        with self._database.writing() as connection:
            connection.execute(said.delete().where(said.c.at < before, newer))
            connection.execute(known.delete().where(known.c.first_at < before, nobody))

    def _roll(
        self, connection: sa.Connection, source: sa.Table, target: sa.Table, at: int, length: int
    ) -> None:
        raw = source is tables.readings
        parts = source.c.parts if raw else source.c.worst_parts
        count = sa.func.count() if raw else sa.func.sum(source.c.readings)
        values: dict[str, Any] = {
            "terminal": source.c.terminal,
            "at": sa.literal(at, sa.BigInteger),
            "readings": count,
            "worst_parts": _worst(parts),
        }
        values |= {name: sa.func.avg(source.c[name]) for name in tables.MEASURED}
        values |= {name: sa.func.max(source.c[name]) for name in (*tables.PRESENT, *tables.COUNTED)}
        chosen = (
            sa.select(*(value.label(name) for name, value in values.items()))
            .where(source.c.at >= at, source.c.at < at + length)
            .group_by(source.c.terminal)
        )
        insert = self._database.insert(target).from_select(list(values), chosen)
        others = [name for name in values if name not in {"terminal", "at"}]
        connection.execute(
            insert.on_conflict_do_update(
                index_elements=["terminal", "at"],
                set_={name: insert.excluded[name] for name in others},
            )
        )


def _worst(parts: sa.Column[Any]) -> Any:
    """Return the maximum of each device's code, packed again."""
    return sum(
        (
            sa.func.max(parts.op(">>")(_BITS * place).op("&")(7)) * (1 << (_BITS * place))
            for place in range(1, _PLACES)
        ),
        sa.func.max(parts.op("&")(7)),
    )
