"""Copy a database while it is in use, and put a copy back.

SQLite by its own online backup, PostgreSQL by pg_dump and pg_restore. A copy is whole, or
there is none: it is written beside, checked and renamed. Keys are not in it.

Our exception hierarchy::

    NotDone     carries a stable `code`; what was there before is there still
"""

import os
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Final

import sqlalchemy as sa

_WHOLE_S: Final = 3600


class NotDone(Exception):
    """The copy was not made, or not put back; carries no content of the database."""

    code = "backup.failed"


def back_up(url: str, to: Path) -> None:
    """Copy the database at `url` into the file `to`.

    Raises:
        NotDone: it cannot be read, or the file cannot be written.
    """
    beside = to.with_name(to.name + ".part")
    beside.unlink(missing_ok=True)
    parsed = sa.make_url(url)
    try:
        if parsed.get_backend_name() == "sqlite":
            _copy(Path(parsed.database or ""), beside)
        else:
            _run(parsed, ["pg_dump", "--format=custom", f"--file={beside}"])
        with beside.open("rb") as file:
            os.fsync(file.fileno())
        beside.replace(to)
    except (OSError, sqlite3.Error, subprocess.SubprocessError) as cause:
        beside.unlink(missing_ok=True)
        raise NotDone("no copy was made") from cause


def restore(url: str, source: Path, *, replace: bool = False) -> None:
    """Put the copy `source` back into the database at `url`, whose server must not run.

    Raises:
        NotDone: the copy is damaged, or there is a database already and `replace` is not set.
    """
    parsed = sa.make_url(url)
    try:
        if parsed.get_backend_name() == "sqlite":
            _put_back(Path(parsed.database or ""), source, replace=replace)
            return
        if not replace and _holds_tables(url):
            raise NotDone("there is a database already")
        words = ["pg_restore", "--clean", "--if-exists", "--single-transaction", "--exit-on-error"]
        _run(parsed, [*words, f"--dbname={parsed.database}", str(source)], named=False)
    except (OSError, sqlite3.Error, subprocess.SubprocessError, sa.exc.DBAPIError) as cause:
        raise NotDone("it was not put back") from cause


def _copy(source: Path, to: Path) -> None:
    if not source.exists():
        raise NotDone("there is no database")
    with closing(sqlite3.connect(source)) as here, closing(sqlite3.connect(to)) as there:
        here.backup(there)
        if there.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise NotDone("the copy does not hold")
        # A file that is carried around alone needs no log beside it.
        there.execute("PRAGMA journal_mode=DELETE")


def _put_back(target: Path, source: Path, *, replace: bool) -> None:
    if target.exists() and not replace:
        raise NotDone("there is a database already")
    beside = target.with_name(target.name + ".part")
    beside.unlink(missing_ok=True)
    try:
        _copy(source, beside)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    for log in ("-wal", "-shm"):
        # A log of the old database would be played into the new one.
        target.with_name(target.name + log).unlink(missing_ok=True)
    beside.replace(target)


def _holds_tables(url: str) -> bool:
    engine = sa.create_engine(url)
    try:
        return bool(sa.inspect(engine).get_table_names())
    finally:
        engine.dispose()


def _run(url: sa.URL, command: list[str], *, named: bool = True) -> None:
    place = {
        "PGHOST": url.host or url.query.get("host"),
        "PGPORT": url.port or url.query.get("port"),
    }
    place |= {"PGUSER": url.username, "PGPASSWORD": url.password}
    if named:
        place["PGDATABASE"] = url.database
    # By the environment: a password among the arguments would be everybody's to read.
    environment = os.environ | {name: str(value) for name, value in place.items() if value}
    subprocess.run(
        command,
        env=environment,
        check=True,
        timeout=_WHOLE_S,
        stdin=subprocess.DEVNULL,
        capture_output=True,
    )
