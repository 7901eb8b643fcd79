"""What several folders of tests stand on."""

from collections.abc import Iterator

import pytest

from tests.support.register_postgres import Postgres, running_postgres


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with running_postgres("fsync=off", "max_connections=80") as running:
        yield running
