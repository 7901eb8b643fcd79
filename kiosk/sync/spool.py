"""Readings on disk until the fleet has them, and how far the trail was followed.

One small SQLite file of `kiosk.sync` alone. A reading and the counts it was made from
are kept in one transaction, so a power cut repeats nothing and skips nothing.
"""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import msgspec

from kiosk.audit.follow import Mark
from kiosk.sync.foreign_logs import Followed
from kiosk.sync.tally import Tally
from wire.checkin import Reading

MOST_KEPT = 4032
"""Fourteen days of one reading each five minutes, as a terminal makes them offline."""

_TABLES = (
    """
CREATE TABLE IF NOT EXISTS readings (
    sequence INTEGER PRIMARY KEY,
    body BLOB NOT NULL
) STRICT
""",
    """
CREATE TABLE IF NOT EXISTS progress (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    body BLOB NOT NULL
) STRICT
""",
)
_NOTE_PROGRESS = """
INSERT INTO progress VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET body = excluded.body
"""


class Progress(msgspec.Struct, frozen=True):
    """How far everything has come."""

    sequence: int = 0
    """Of the last reading made."""
    counted: Mark = Mark()
    """The trail is counted up to here."""
    sent: Mark = Mark()
    """The fleet has the trail up to here."""
    tally: Tally = Tally()
    logs: Followed = Followed()


class Spool:
    """The file; for one thread."""

    def __init__(self, path: Path) -> None:
        """Open the file at `path`; a damaged one is begun anew, for readings are replaceable.

        Raises:
            sqlite3.Error: it cannot be made.
        """
        self._path = path
        try:
            self._open()
        except sqlite3.DatabaseError:
            self.close()
            path.unlink(missing_ok=True)
            self._open()

    def _open(self) -> None:
        self._db = sqlite3.connect(self._path, isolation_level=None)
        for pragma in ("journal_mode=DELETE", "synchronous=FULL"):
            self._db.execute(f"PRAGMA {pragma}")
        for table in _TABLES:
            self._db.execute(table)
        self.progress()
        for sequence in list(self._of_another_version()):
            self._db.execute("DELETE FROM readings WHERE sequence = ?", (sequence,))

    def _of_another_version(self) -> Iterator[int]:
        """Find readings that a newer version wrote before it was undone."""
        for sequence, body in self._db.execute("SELECT sequence, body FROM readings"):
            try:
                msgspec.msgpack.decode(body, type=Reading)
            except msgspec.DecodeError:
                yield sequence

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def progress(self) -> Progress:
        """Return how far everything has come."""
        row = self._db.execute("SELECT body FROM progress").fetchone()
        if row is None:
            return Progress()
        try:
            return msgspec.msgpack.decode(row[0], type=Progress)
        except msgspec.DecodeError as cause:
            raise sqlite3.DatabaseError("progress of another shape") from cause

    def keep(self, reading: Reading, progress: Progress) -> None:
        """Keep a reading with the progress it was made from; the oldest beyond MOST_KEPT goes."""
        with self._db:
            self._db.execute("BEGIN")
            self._db.execute(
                "INSERT INTO readings VALUES (?, ?)",
                (reading.sequence, msgspec.msgpack.encode(reading)),
            )
            self._db.execute(
                "DELETE FROM readings WHERE sequence <= ?", (reading.sequence - MOST_KEPT,)
            )
            self._note(progress)

    def waiting(self, most: int) -> tuple[Reading, ...]:
        """Return the oldest readings that wait."""
        rows = self._db.execute(
            "SELECT body FROM readings ORDER BY sequence LIMIT ?", (most,)
        ).fetchall()
        return tuple(msgspec.msgpack.decode(body, type=Reading) for (body,) in rows)

    def count(self) -> int:
        """Return how many readings wait."""
        number: int = self._db.execute("SELECT COUNT(*) FROM readings").fetchone()[0]
        return number

    def taken(self, sequence: int, progress: Progress) -> None:
        """Drop the readings that the fleet has, up to `sequence`."""
        with self._db:
            self._db.execute("BEGIN")
            self._db.execute("DELETE FROM readings WHERE sequence <= ?", (sequence,))
            self._note(progress)

    def _note(self, progress: Progress) -> None:
        self._db.execute(_NOTE_PROGRESS, (msgspec.msgpack.encode(progress),))
