"""The register's database, empty and shaped, on each kind it runs on."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from enrolment.migrations.upgrade import upgrade
from enrolment.store import Store
from tests.support.postgres import Cluster

KINDS = ("sqlite", "postgresql")


def url_of(kind: str, folder: Path, postgres: Cluster) -> str:
    """Return the URL of an empty database."""
    if kind == "sqlite":
        return f"sqlite:///{folder / 'register.db'}"
    return postgres.new_database()


@contextlib.contextmanager
def opened(url: str) -> Iterator[Store]:
    """Open the shaped database at `url` until the block ends."""
    store = Store(url)
    upgrade(store.engine)
    yield store
    store.close()
