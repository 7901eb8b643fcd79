"""A PostgreSQL of the test's own: a new cluster in a temporary folder, on a unix socket."""

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

_OWNER = "postgres"
_SOON_S = 30.0
_IN_ITS_FOLDER = "dynamic_shared_memory_type=mmap"
"""A killed cluster leaves nothing in /dev/shm."""


@dataclass(frozen=True)
class Cluster:
    """A cluster that can be stopped and started."""

    folder: Path
    options: tuple[str, ...] = ()
    """Settings such as ``fsync=off``."""

    @property
    def url(self) -> str:
        """Return the SQLAlchemy URL of the database that every cluster has."""
        return self.url_of("postgres")

    @property
    def process_id(self) -> int:
        """Return the number of the process that runs it."""
        return int((self.folder / "data" / "postmaster.pid").read_text().splitlines()[0])

    def children(self) -> list[int]:
        """Return the numbers of its other processes, those that serve connections among them."""
        one = self.process_id
        return [int(pid) for pid in Path(f"/proc/{one}/task/{one}/children").read_text().split()]

    def answers(self) -> None:
        """Wait until it serves again after one of its processes died."""
        engine = sa.create_engine(self.url, poolclass=sa.NullPool)
        until = time.monotonic() + _SOON_S
        while True:
            try:
                with engine.connect():
                    return
            except sa.exc.OperationalError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.05)

    def url_of(self, database: str) -> str:
        """Return the SQLAlchemy URL of a database."""
        return f"postgresql+psycopg://{_OWNER}@/{database}?host={self.folder}"

    def new_database(self, like: str = "") -> str:
        """Make a database, empty or a copy of the one at the URL `like`; return its URL."""
        name = f"t{uuid.uuid4().hex}"
        copied = f" TEMPLATE {sa.make_url(like).database}" if like else ""
        self._say(f"CREATE DATABASE {name}{copied}")
        return self.url_of(name)

    @contextlib.contextmanager
    def database(self, like: str = "") -> Iterator[str]:
        """Give the URL of a `new_database` until the block ends; many take minutes to erase."""
        url = self.new_database(like)
        yield url
        self._say(f"DROP DATABASE {sa.make_url(url).database} WITH (FORCE)")

    def _say(self, statement: str) -> None:
        engine = sa.create_engine(self.url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
        with engine.connect() as connection:
            connection.exec_driver_sql(statement)

    def start(self) -> None:
        """Start, and wait until it answers."""
        options = (*self.options, _IN_ITS_FOLDER)
        settings = f"-k {self.folder} -h '' " + " ".join(f"-c {one}" for one in options)
        self._control("-l", self.folder / "log", "-o", settings, "start")

    def stop(self) -> None:
        """Stop as a crash would: nobody is waited for."""
        self._control("-m", "immediate", "stop")

    def _control(self, *arguments: str | Path) -> None:
        _as_owner("pg_ctl", "-D", self.folder / "data", "-w", *arguments)


def available() -> bool:
    """Say whether a cluster can be started here."""
    return bool(_found("initdb") and _found("pg_ctl"))


@contextlib.contextmanager
def running_cluster(*options: str) -> Iterator[Cluster]:
    """Make and run a cluster until the block ends.

    Args:
        options: settings such as ``fsync=off``.
    """
    # Not below pytest's folder: PostgreSQL refuses to run as root, its user must get in,
    # and a socket's path is short.
    folder = Path(tempfile.mkdtemp(prefix="postgres-"))
    cluster = Cluster(folder, options)
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, _account())
        _as_owner("initdb", "-D", folder / "data", "-A", "trust", "-U", _OWNER, "--no-sync",
                  "--no-locale", "-E", "UTF8")  # fmt: skip
        cluster.start()
        try:
            yield cluster
        finally:
            # A test may have stopped it.
            with contextlib.suppress(subprocess.CalledProcessError):
                cluster.stop()
    finally:
        shutil.rmtree(folder)


def _as_owner(program: str, *arguments: str | Path) -> None:
    found = _found(program)
    if found is None:
        raise FileNotFoundError(f"{program} is not installed: packaging/setup.sh installs it")
    before = ["runuser", "-u", _account(), "--"] if os.geteuid() == 0 else []
    command = [*before, found, *arguments]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")


def _account() -> str:
    known = {entry.pw_name for entry in pwd.getpwall()}
    return _OWNER if _OWNER in known else "nobody"


def _found(name: str) -> str | None:
    places = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    return shutil.which(name) or next(map(str, places), None)
