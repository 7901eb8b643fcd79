"""The register's database, empty and shaped, on each kind it runs on."""

import contextlib
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
def opened(url: str) -> Iterator[Store]:
    """Open the shaped database at `url` until the block ends."""
    store = Store(url)
    upgrade(store.engine)
    yield store
    store.close()
