"""Each promise about the fleet's database is made twice: on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from fleet.migrations.upgrade import upgrade
from fleet.store.database import Database
from tests.support.postgres import Cluster, running_cluster
from tests.support.shapes import Shape


def _migrate(url: str) -> None:
    made = Database(url)
    upgrade(made.engine)
    made.close()


SHAPE = Shape(_migrate)


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """Run a cluster that a test may stop and start."""
    with running_cluster() as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Return the URL of a database in its present shape, which holds nothing."""
    if request.param == "sqlite":
        yield SHAPE.fill(tmp_path / "fleet.db")
        return
    postgres: Cluster = request.getfixturevalue("postgres")
    with postgres.database(like=SHAPE.within(postgres)) as made:
        yield made


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """Return a database in its present shape."""
    opened = Database(url)
    yield opened
    opened.close()
