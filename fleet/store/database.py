"""Open the database: SQLite for one machine, PostgreSQL for real sites."""

import contextlib
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection

_BUSY_MS = 10_000


class Database:
    """One database, for any number of threads and processes."""

    def __init__(self, url: str) -> None:
        """Open the SQLAlchemy `url`; `fleet.migrations` shapes it."""
        self.engine = sa.create_engine(url, hide_parameters=True, pool_pre_ping=True)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        if self.is_sqlite:
            sa.event.listen(self.engine, "connect", _prepare_sqlite)
            sa.event.listen(self.engine, "begin", _begin_sqlite)

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()

    @contextlib.contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Lend a connection that only reads."""
        with self.engine.connect().execution_options(reads_only=True) as connection:
            yield connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """Lend a connection in a transaction that is committed at the end."""
        with self.engine.begin() as connection:
            yield connection

    def insert(self, table: sa.Table) -> Any:
        """Return an INSERT of this dialect, which can say what to do on a conflict."""
        return sqlite.insert(table) if self.is_sqlite else postgresql.insert(table)


def _prepare_sqlite(connection: DBAPIConnection, _: Any) -> None:
    # The sqlite3 module would begin transactions by itself, and only before a write.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={_BUSY_MS}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: sa.Connection) -> None:
    reads = connection.get_execution_options().get("reads_only", False)
    # IMMEDIATE waits for another writer; a deferred transaction that turns into a
    # writer later is refused instead.
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")
