"""Open the outbox's file so that every commit is synced and what is deleted is overwritten.

Source: https://www.sqlite.org/pragma.html (synchronous, secure_delete,
wal_checkpoint); what FULL promises in WAL mode: every commit is synced.
"""

import fcntl
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from kiosk.sync.stored import OutboxError, OutboxWriteFailed

_BUSY_S = 5.0
"""How long one program waits for the other's transaction; ours take milliseconds."""


def opened(path: Path) -> Database:
    """Return a connection to the database at `path`, made if it is not there.

    Raises:
        sqlite3.Error: it is no database.
        OSError: it cannot be made.
    """
    _create(path)
    connection = sqlite3.connect(path, timeout=_BUSY_S, check_same_thread=False)
    database = Database(connection, execute_plugins=False)
    database.enable_wal()
    database.execute("PRAGMA synchronous=FULL")
    database.execute("PRAGMA secure_delete=ON")
    return database


def _create(path: Path) -> None:
    # Only ever a file that is not there: closing a descriptor of a database that this
    # process has open elsewhere would drop its locks (sqlite.org/howtocorrupt.html, 2.2).
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o660))


@contextmanager
def folder_held(folder: Path) -> Iterator[None]:
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


class Connection:
    """One connection to the database, safe to use from several threads.

    Whatever the database refuses leaves as an `OutboxError`.
    """

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._db: Database

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
