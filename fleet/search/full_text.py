"""The database's own full-text index behind two questions: FTS5 of SQLite, a GIN of PostgreSQL.

What is indexed and what is asked for are words of `fleet.search.words` on both, so that both
find the same. The index narrows down; that words stand together is looked at afterwards.

Source: SQLite FTS5, 3 (query syntax) and 4.4 (external content tables); PostgreSQL 15, 12.1
and 12.9.
"""

import contextlib
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, Protocol

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from fleet.search.words import Query
from fleet.store.database import Database
from fleet.store.text_tables import INDEX, Kind, texts

PATIENCE_S: Final = 5.0
_STEPS: Final = 20_000
_columns: Final = tuple(column for column in texts.columns if column.name != "id")


class TooBroad(Exception):
    """The search took longer than anybody waits."""

    code = "search.too_broad"


class FullText(Protocol):
    """One database's index."""

    def matching(
        self, connection: sa.Connection, query: Query, kinds: Sequence[Kind], *, at_most: int
    ) -> Sequence[Mapping[Any, Any]]:
        """Return the newest rows of `texts` in which every word that is wanted stands."""

    def patient(
        self, connection: sa.Connection, seconds: float
    ) -> contextlib.AbstractContextManager[None]:
        """End what runs on `connection` within the block after so long.

        Raises:
            TooBroad: it was ended.
        """


def full_text(database: Database) -> FullText:
    """Return the index of a database."""
    return Fts5() if database.is_sqlite else Gin()


class Fts5:
    """SQLite's."""

    def matching(
        self, connection: sa.Connection, query: Query, kinds: Sequence[Kind], *, at_most: int
    ) -> Sequence[Mapping[Any, Any]]:
        """Return rows, see `FullText`."""
        found = sa.text(f"texts.id IN (SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH :asked)")  # noqa: S608  (a name of ours)
        asked = " AND ".join(_quoted(query, lambda word: f'"{word}"', " *"))
        return _chosen(connection, found.bindparams(asked=asked) if asked else None, kinds, at_most)

    @contextlib.contextmanager
    def patient(self, connection: sa.Connection, seconds: float) -> Iterator[None]:
        """End what takes too long, see `FullText`."""
        raw: Any = connection.connection.driver_connection
        until = time.monotonic() + seconds
        raw.set_progress_handler(lambda: time.monotonic() > until, _STEPS)
        try:
            yield
        except DBAPIError as cause:
            if "interrupted" in str(cause.orig):
                raise TooBroad("took too long") from None
            raise
        finally:
            raw.set_progress_handler(None, 0)


class Gin:
    """PostgreSQL's."""

    def matching(
        self, connection: sa.Connection, query: Query, kinds: Sequence[Kind], *, at_most: int
    ) -> Sequence[Mapping[Any, Any]]:
        """Return rows, see `FullText`."""
        found = sa.text(
            "array_to_tsvector(string_to_array(texts.words, ' ')) @@ CAST(:asked AS tsquery)"
        )
        asked = " & ".join(_quoted(query, lambda word: f"'{word}'", ":*"))
        return _chosen(connection, found.bindparams(asked=asked) if asked else None, kinds, at_most)

    @contextlib.contextmanager
    def patient(self, connection: sa.Connection, seconds: float) -> Iterator[None]:
        """End what takes too long, see `FullText`."""
        wait = sa.text("SELECT set_config('statement_timeout', :ms, true)")
        connection.execute(wait, {"ms": str(max(1, round(seconds * 1000)))})
        try:
            yield
        except DBAPIError as cause:
            # 57014: query_canceled.
            if getattr(cause.orig, "sqlstate", "") == "57014":
                raise TooBroad("took too long") from None
            raise


def _quoted(query: Query, quoted: Any, star: str) -> Iterator[str]:
    """Yield every word that is wanted: letters and digits alone, so none ends a quotation."""
    for term in query.wanted:
        for word in term.words[:-1]:
            yield quoted(word)
        yield quoted(term.words[-1]) + (star if term.prefix else "")


def _chosen(
    connection: sa.Connection, found: Any, kinds: Sequence[Kind], at_most: int
) -> Sequence[Mapping[Any, Any]]:
    wanted = sa.select(*_columns).where(texts.c.kind.in_([kind.value for kind in kinds]))
    if found is not None:
        wanted = wanted.where(found)
    newest = wanted.order_by(texts.c.id.desc()).limit(at_most)
    return connection.execute(newest).mappings().fetchall()
