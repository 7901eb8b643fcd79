"""Write a batch of check-ins in one transaction; what is there already stays as it is."""

from typing import Any

import sqlalchemy as sa

from fleet.ingest.rows import Rows
from fleet.store import log_tables, tables
from fleet.store.database import Database
from fleet.store.rollout_tables import updates
from fleet.store.texts import write_new


class Keeping:
    """Prepared statements of one database."""

    def __init__(self, database: Database) -> None:
        """Prepare for `database`."""
        self._database = database
        self._texts: set[int] = set()
        """Numbers of forms and templates whose texts are in the database."""
        insert = database.insert
        self._readings = insert(tables.readings).on_conflict_do_nothing()
        self._entries = insert(tables.entries).on_conflict_do_nothing()
        self._updates = insert(updates).on_conflict_do_nothing()
        self._dirty = insert(tables.dirty).on_conflict_do_nothing()
        self._latest = _replacing(
            insert(tables.latest), tables.latest, where=tables.latest.c.sequence
        )
        self._steps = _growing(insert(tables.steps), ["times", "total_ms"], database)
        self._failures = _growing(insert(tables.failures), ["times"], database)
        self._templates = insert(log_tables.log_templates).on_conflict_do_nothing()
        self._logs = _growing(insert(log_tables.log_hours), ["times"], database)
        self._trails = _anchoring(insert(tables.trails))

    def keep(self, rows: Rows) -> None:
        """Write `rows`; durable when this returns.

        Raises:
            sqlalchemy.exc.DBAPIError: the database did not take them; nothing is written.
        """
        with self._database.writing() as connection:
            _many(connection, self._readings, rows.readings)
            _many(connection, self._latest, rows.latest)
            _many(connection, self._trails, rows.trails)
            _many(connection, self._entries, rows.entries)
            _many(connection, self._updates, rows.updates)
            _many(connection, self._steps, rows.steps)
            _many(connection, self._failures, rows.failures)
            _many(connection, self._templates, rows.templates)
            _many(connection, self._logs, rows.logs)
            _many(connection, self._dirty, [{"at": at} for at in sorted(rows.dirty)])
            # Sorted: two writers take them in one order.
            new = sorted(rows.texts.keys() - self._texts)
            write_new(connection, self._database, [rows.texts[number] for number in new])
        self._texts.update(new)


def _many(connection: sa.Connection, statement: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(statement, rows)


def _replacing(insert: Any, table: sa.Table, *, where: sa.Column[Any]) -> Any:
    """Replace the row unless what is there is newer by the column `where`."""
    others = [column.name for column in table.columns if not column.primary_key]
    return insert.on_conflict_do_update(
        index_elements=list(table.primary_key),
        set_={name: insert.excluded[name] for name in others},
        where=where <= insert.excluded[where.name],
    )


def _growing(insert: Any, names: list[str], database: Database) -> Any:
    """Keep the larger of what is there and what comes."""
    table = insert.table
    largest = sa.func.max if database.is_sqlite else sa.func.greatest
    return insert.on_conflict_do_update(
        index_elements=list(table.primary_key),
        set_={name: largest(table.c[name], insert.excluded[name]) for name in names},
    )


def _anchoring(insert: Any) -> Any:
    """Move a trail's head forward; note when it leads back, or elsewhere at the same count."""
    table, new = insert.table, insert.excluded
    aside = sa.and_(new["count"] == table.c["count"], new["head"] != table.c.head)
    conflict = sa.or_(table.c.conflict, new["count"] < table.c["count"], aside)
    return insert.on_conflict_do_update(
        index_elements=list(table.primary_key),
        set_={"count": new["count"], "head": new["head"], "conflict": conflict},
    )
