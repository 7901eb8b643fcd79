"""Each promise about the fleet's database is made twice: on SQLite and on PostgreSQL."""

import functools
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from fleet.migrations.upgrade import upgrade
from fleet.store.database import Database
from tests.support.postgres import Cluster, running_cluster


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """Run a cluster that a test may stop and start."""
    with running_cluster() as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Return the URL of an empty database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'fleet.db'}"
        return
    postgres: Cluster = request.getfixturevalue("postgres")
    with postgres.database() as made:
        yield made


def fill(file: Path) -> str:
    """Make an empty SQLite database in its present shape; return its URL."""
    file.write_bytes(_shaped())
    return f"sqlite:///{file}"


@functools.cache
def _shaped() -> bytes:
    """Return an SQLite file in the present shape: a copy takes a tenth of the migrations' time."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "fleet.db"
        made = Database(f"sqlite:///{file}")
        upgrade(made.engine)
        made.close()
        return file.read_bytes()


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """Return a database in its present shape."""
    if url.startswith("sqlite"):
        fill(Path(url.removeprefix("sqlite:///")))
    opened = Database(url)
    upgrade(opened.engine)
    yield opened
    opened.close()
