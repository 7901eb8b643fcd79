"""The outbox: sealed records on disk until the register has signed for them.

Rule 1: `store` returns only when the record survives a power cut.
Rule 2: a payload is overwritten in the transaction that notes its receipt, and
the write-ahead log is cut right after, so no sealed bytes stay in any file.
Rule 3: nothing here can read a record; the columns beside it are not personal.

The engine stores and asks, `kiosk.sync` sends; each has a connection of its own
(WAL, so that asking never waits for sending).

Source: https://www.sqlite.org/pragma.html (synchronous, secure_delete,
wal_checkpoint); what FULL promises in WAL mode: every commit is synced.
"""

import fcntl
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from kiosk.sync.backoff import LONGEST_WAIT_S
from kiosk.sync.stored import (
    Counts,
    OutboxError,
    OutboxFull,
    OutboxState,
    OutboxWriteFailed,
    Outcome,
    Waiting,
)
from wire.record import Verdict

__all__ = [
    "Counts",
    "Outbox",
    "OutboxError",
    "OutboxFull",
    "OutboxState",
    "OutboxWriteFailed",
    "Outcome",
    "Waiting",
]

_BUSY_S = 5.0
"""How long one program waits for the other's transaction; ours take milliseconds."""

_TABLES = (
    """
CREATE TABLE IF NOT EXISTS records (
    record_id TEXT PRIMARY KEY,
    state TEXT NOT NULL,
    key_id TEXT NOT NULL,
    created_at TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    retry_at REAL NOT NULL DEFAULT 0,
    code TEXT NOT NULL DEFAULT '',
    receipt TEXT,
    verdict TEXT,
    delivered_at REAL,
    linked INTEGER NOT NULL DEFAULT 0,
    CHECK ((state = 'delivered') = (receipt IS NOT NULL))
) STRICT
""",
    "CREATE INDEX IF NOT EXISTS by_state ON records (state, created_at)",
    # Apart, so that noting an attempt does not write the sealed bytes anew.
    """
CREATE TABLE IF NOT EXISTS payloads (
    record_id TEXT PRIMARY KEY REFERENCES records,
    sealed BLOB NOT NULL
) STRICT
""",
)
_NOTE_FAILURE = """
UPDATE records SET attempts = attempts + 1, code = ?, retry_at = ?
WHERE record_id = ? AND state = 'queued'
"""
_NOTE_REFUSAL = """
UPDATE records SET state = 'set_aside', attempts = attempts + 1, code = ?
WHERE record_id = ? AND state = 'queued'
"""
_NOTE_RECEIPT = """
UPDATE records SET state = 'delivered', receipt = ?, verdict = ?, delivered_at = ?, code = ''
WHERE record_id = ? AND state = 'queued'
"""


class Outbox:
    """One connection to the outbox file, safe to use from several threads.

    Whatever the database refuses leaves as an `OutboxError`.
    """

    def __init__(
        self, path: Path, *, limit_records: int, limit_age_s: float, clock: Callable[[], float]
    ) -> None:
        """Open the outbox at `path`, made durably if it is not there.

        Args:
            path: the file; its folder must exist.
            limit_records: how many records may wait.
            limit_age_s: how old the oldest waiting record may be.
            clock: seconds since the epoch.

        Raises:
            OutboxWriteFailed: the file cannot be made, or is no outbox.
        """
        self._limit_records = limit_records
        self._limit_age_s = limit_age_s
        self._clock = clock
        self._lock = threading.RLock()
        try:
            with _folder_held(path.parent):
                _create(path)
                connection = sqlite3.connect(path, timeout=_BUSY_S, check_same_thread=False)
                self._db = Database(connection, execute_plugins=False)
                self._db.enable_wal()
                self._db.execute("PRAGMA synchronous=FULL")
                self._db.execute("PRAGMA secure_delete=ON")
                with self._writing():
                    for statement in _TABLES:
                        self._db.execute(statement)
        except (sqlite3.Error, OSError) as cause:
            raise OutboxWriteFailed("the outbox cannot be opened") from cause

    def close(self) -> None:
        """Close this connection."""
        with self._lock:
            self._db.close()

    # the engine's side

    def store(self, record_id: str, sealed: bytes, *, key_id: str, created_at: str) -> None:
        """Keep `sealed` until the register has it; durable on return.

        Storing the same record again changes nothing, so a caller may repeat it.

        Args:
            record_id: the record's UUID.
            sealed: what `kiosk.session.seal` returned.
            key_id: `wire.record.key_id` of the key it is sealed to.
            created_at: the record's own: UTC, ISO 8601 to the second.

        Raises:
            OutboxFull: as many or as old records wait as the settings allow.
            OutboxWriteFailed: it could not be made durable.
            ValueError: `created_at` is no time, or names no zone.
        """
        _seconds(created_at)
        row = {
            "record_id": record_id,
            "state": OutboxState.QUEUED.value,
            "key_id": key_id,
            "created_at": created_at,
        }
        try:
            with self._writing():
                if self._is_stored(record_id, sealed):
                    return
                self._refuse_if_full()
                self._db.table("records").insert(row)
                self._db.table("payloads").insert({"record_id": record_id, "sealed": sealed})
        except (sqlite3.Error, OSError) as cause:
            raise OutboxWriteFailed("the record could not be made durable") from cause

    def outcome(self, record_id: str) -> Outcome:
        """Say what is known of a record.

        Raises:
            KeyError: no such record was stored.
        """
        row = self._one(
            "SELECT state, verdict, linked, attempts, code FROM records WHERE record_id = ?",
            record_id,
        )
        if row is None:
            raise KeyError("no such record")
        state, verdict, linked, attempts, code = row
        return Outcome(
            state=OutboxState(state),
            verdict=Verdict(verdict) if verdict else None,
            linked=bool(linked),
            attempts=attempts,
            code=code,
        )

    def counts(self) -> Counts:
        """Say how full the outbox is."""
        with self._reading():
            numbers = dict(self._db.execute("SELECT state, COUNT(*) FROM records GROUP BY state"))
        return Counts(
            queued=numbers.get("queued", 0),
            set_aside=numbers.get("set_aside", 0),
            delivered=numbers.get("delivered", 0),
            oldest_age_s=self._oldest_age_s(),
        )

    # the uploader's side

    def change_mark(self) -> int:
        """Return a number that differs once another connection has changed the outbox."""
        row = self._one("PRAGMA data_version")
        assert row is not None
        return int(row[0])

    def due(self, now: float) -> Waiting | None:
        """Return the record whose turn has come, if any: untried ones first, then by age.

        An untried one may have a citizen waiting for it.
        """
        row = self._one(
            "SELECT record_id, key_id, attempts, sealed"
            " FROM records JOIN payloads USING (record_id)"
            " WHERE state = 'queued' AND (retry_at <= ? OR retry_at > ?)"
            " ORDER BY attempts > 0, created_at, records.rowid LIMIT 1",
            now,
            now + LONGEST_WAIT_S,
        )
        return Waiting(*row) if row else None

    def retry_now(self) -> None:
        """Give every waiting record its turn: the register is back."""
        self._change(
            ("UPDATE records SET retry_at = 0 WHERE state = 'queued' AND retry_at > 0", ())
        )

    def failed(self, record_id: str, code: str, retry_at: float) -> None:
        """Note that an attempt failed with `code` and when to try again."""
        self._change(
            (
                _NOTE_FAILURE,
                (code, retry_at, record_id),
            )
        )

    def delivered(self, record_id: str, receipt_jws: str, verdict: Verdict) -> None:
        """Keep the register's receipt in place of the payload, which is erased."""
        self._change(
            (
                _NOTE_RECEIPT,
                (receipt_jws, verdict.value, self._clock(), record_id),
            ),
            ("DELETE FROM payloads WHERE record_id = ?", (record_id,)),
        )
        self.cut_log()

    def set_aside(self, record_id: str, code: str) -> None:
        """Keep a record apart that the register refuses for good; `code` says why."""
        self._change(
            (
                _NOTE_REFUSAL,
                (code, record_id),
            )
        )

    def latest_unlinked(self, *, since: float) -> str | None:
        """Return the record delivered last, if accepted after `since` and not linked yet."""
        row = self._one(
            "SELECT record_id, verdict, linked FROM records"
            " WHERE delivered_at > ? ORDER BY delivered_at DESC, rowid DESC LIMIT 1",
            since,
        )
        if row is None or row[1] != Verdict.ACCEPTED or row[2]:
            return None
        return str(row[0])

    def linked(self, record_id: str) -> None:
        """Note that the citizen's phone has finished."""
        self._change(("UPDATE records SET linked = 1 WHERE record_id = ?", (record_id,)))

    def cut_log(self) -> bool:
        """Cut the write-ahead log to nothing; False if the other program is still reading."""
        with self._reading():
            busy, _, _ = self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy

    def _is_stored(self, record_id: str, sealed: bytes) -> bool:
        row = self._one(
            "SELECT sealed FROM records LEFT JOIN payloads USING (record_id) WHERE record_id = ?",
            record_id,
        )
        if row is not None and row[0] not in {sealed, None}:
            raise sqlite3.IntegrityError("another content waits under this record id")
        return row is not None

    def _refuse_if_full(self) -> None:
        row = self._one("SELECT COUNT(*) FROM records WHERE state = 'queued'")
        assert row is not None
        if row[0] >= self._limit_records:
            raise OutboxFull("as many records wait as the settings allow")
        if self._oldest_age_s() > self._limit_age_s:
            raise OutboxFull("a record waits for longer than the settings allow")

    def _oldest_age_s(self) -> float:
        row = self._one("SELECT MIN(created_at) FROM records WHERE state = 'queued'")
        if row is None or row[0] is None:
            return 0.0
        return self._clock() - _seconds(row[0])

    def _one(self, statement: str, *values: Any) -> tuple[Any, ...] | None:
        with self._reading():
            row: tuple[Any, ...] | None = self._db.execute(statement, values).fetchone()
        return row

    def _change(self, *changes: tuple[str, tuple[Any, ...]]) -> None:
        try:
            with self._writing():
                for statement, values in changes:
                    self._db.execute(statement, values)
        except sqlite3.Error as cause:
            raise OutboxWriteFailed("the outbox could not be changed") from cause

    @contextmanager
    def _reading(self) -> Iterator[None]:
        with self._lock:
            try:
                yield
            except sqlite3.Error as cause:
                raise OutboxError("the outbox cannot be read") from cause

    @contextmanager
    def _writing(self) -> Iterator[None]:
        # IMMEDIATE: a transaction that reads first and writes later would be refused
        # at once, without waiting, when the other program wrote in between.
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                self._db.rollback()
                raise


def _seconds(created_at: str) -> float:
    moment = datetime.fromisoformat(created_at)
    if moment.tzinfo is None:
        raise ValueError("a time without a zone")
    return moment.timestamp()


def _create(path: Path) -> None:
    # Only ever a file that is not there: closing a descriptor of a database that this
    # process has open elsewhere would drop its locks (sqlite.org/howtocorrupt.html, 2.2).
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o660))


@contextmanager
def _folder_held(folder: Path) -> Iterator[None]:
    """Let one program at a time open files in `folder`, and make their names durable.

    The switch to WAL does not wait for another program's, it is refused.
    """
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
