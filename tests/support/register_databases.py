"""The register's database, empty and shaped, on each kind it runs on."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from enrolment.migrations.upgrade import upgrade
from enrolment.store import Store
from tests.support.postgres import Cluster
from tests.support.shapes import Shape

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
        with _store(_SHAPE.fill(folder / "register.db")) as store:
            yield store
        return
    with postgres.database(like=_SHAPE.within(postgres)) as url, _store(url) as store:
        yield store


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


def _migrate(url: str) -> None:
    with opened(url):
        pass


_SHAPE = Shape(_migrate)
