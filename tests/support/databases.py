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
    """Return the URL of a database in its present shape, which holds nothing."""
    if request.param == "sqlite":
        yield fill(tmp_path / "fleet.db")
        return
    postgres: Cluster = request.getfixturevalue("postgres")
    with postgres.database(like=_shaped_in(postgres)) as made:
        yield made


def fill(file: Path) -> str:
    """Make an empty SQLite database in its present shape; return its URL."""
    file.write_bytes(_shaped())
    return f"sqlite:///{file}"


# A copy takes a tenth of the migrations' time.
@functools.cache
def _shaped() -> bytes:
    """Return an SQLite file in the present shape."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "fleet.db"
        _shape(f"sqlite:///{file}")
        return file.read_bytes()


@functools.cache
def _shaped_in(postgres: Cluster) -> str:
    """Return the URL of a database in the present shape, to be copied."""
    return _shape(postgres.new_database())


def _shape(url: str) -> str:
    made = Database(url)
    upgrade(made.engine)
    made.close()
    return url


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """Return a database in its present shape."""
    opened = Database(url)
    yield opened
    opened.close()
