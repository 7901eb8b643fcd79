"""The register's database, empty and shaped, on each kind it runs on."""

import contextlib
import functools
import tempfile
from collections.abc import Iterator
from pathlib import Path

from enrolment.migrations.upgrade import upgrade
from enrolment.store import Store
from tests.support.postgres import Cluster

KINDS = ("sqlite", "postgresql")


@contextlib.contextmanager
def empty(kind: str, folder: Path, postgres: Cluster) -> Iterator[str]:
    """Give the URL of an empty database until the block ends."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'register.db'}"
        return
    with postgres.database() as url:
        yield url


@contextlib.contextmanager
def shaped(kind: str, folder: Path, postgres: Cluster) -> Iterator[Store]:
    """Open a database that holds nothing until the block ends."""
    if kind == "sqlite":
        file = folder / "register.db"
        file.write_bytes(_shaped())
        with _store(f"sqlite:///{file}") as store:
            yield store
        return
    with postgres.database(like=_shaped_in(postgres)) as url, _store(url) as store:
        yield store


# A copy takes a tenth of the migrations' time.
@functools.cache
def _shaped() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "register.db"
        with opened(f"sqlite:///{file}"):
            pass
        return file.read_bytes()


@functools.cache
def _shaped_in(postgres: Cluster) -> str:
    url = postgres.new_database()
    with opened(url):
        return url


@contextlib.contextmanager
def opened(url: str) -> Iterator[Store]:
    """Shape the database at `url`, and open it until the block ends."""
    with _store(url) as store:
        upgrade(store.engine)
        yield store


@contextlib.contextmanager
def _store(url: str) -> Iterator[Store]:
    store = Store(url)
    yield store
    store.close()
