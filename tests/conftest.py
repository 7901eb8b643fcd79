"""What several folders of tests stand on."""

from collections.abc import Iterator

import pytest

from tests.support.postgres import Cluster, running_cluster


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    with running_cluster("fsync=off", "max_connections=80") as running:
        yield running
