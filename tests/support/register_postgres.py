"""A throw-away PostgreSQL, started by the test on a socket of its own."""

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa


@dataclass(frozen=True)
class Postgres:
    """A running cluster."""

    folder: Path
    process_id: int

    def url(self, database: str) -> str:
        """Return the SQLAlchemy URL of a database."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def new_database(self) -> str:
        """Make an empty database and return its URL."""
        name = f"t{uuid.uuid4().hex}"
        engine = sa.create_engine(self.url("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name}")
        engine.dispose()
        return self.url(name)


@contextlib.contextmanager
def running_postgres(*options: str) -> Iterator[Postgres]:
    """Run a cluster until the block ends.

    Args:
        options: settings such as ``fsync=off``.
    """
    # Not below pytest's folder: PostgreSQL refuses to run as root, and its user must get in.
    folder = Path(tempfile.mkdtemp(prefix="register-postgres-"))
    as_owner = _as_owner(folder)
    try:
        _run([*as_owner, _program("initdb"), "-D", folder / "data", "-A", "trust", "-U", "postgres",
              "--no-sync", "--no-locale", "-E", "UTF8"])  # fmt: skip
        settings = f"-k {folder} -h '' " + " ".join(f"-c {option}" for option in options)
        control = [*as_owner, _program("pg_ctl"), "-D", folder / "data", "-w"]
        _run([*control, "-l", folder / "log", "-o", settings, "start"])
        try:
            pid = int((folder / "data" / "postmaster.pid").read_text().splitlines()[0])
            yield Postgres(folder, pid)
        finally:
            _run([*control, "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(folder)


def _as_owner(folder: Path) -> list[str | Path]:
    if os.getuid() != 0:
        return []
    known = {entry.pw_name for entry in pwd.getpwall()}
    owner = "postgres" if "postgres" in known else "nobody"
    shutil.chown(folder, owner)
    return ["runuser", "-u", owner, "--"]


def _program(name: str) -> str:
    places = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    found = shutil.which(name) or next(map(str, places), None)
    if found is None:
        raise FileNotFoundError(f"{name} is not installed: packaging/setup.sh installs it")
    return found


def _run(command: list[str | Path]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")
