"""Each promise about the database is made twice: on SQLite and on PostgreSQL."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from fleet.migrations.upgrade import upgrade
from fleet.store.database import Database
from tests.support.postgres import Cluster, available, running_cluster


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """Run one cluster for all tests that want it."""
    if not available():
        pytest.skip("no PostgreSQL here: initdb and pg_ctl are missing")
    # Not pytest's own folder: another user has to reach it, and a socket's path is short.
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    folder.chmod(0o755)
    try:
        with running_cluster(folder / "c") as running:
            yield running
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the URL of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'fleet.db'}"
    cluster: Cluster = request.getfixturevalue("cluster")
    engine = sa.create_engine(cluster.url)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP SCHEMA public CASCADE")
        connection.exec_driver_sql("CREATE SCHEMA public")
    engine.dispose()
    return cluster.url


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """Return a database in its present shape."""
    opened = Database(url)
    upgrade(opened.engine)
    yield opened
    opened.close()
