"""What several folders of tests stand on."""

from collections.abc import Iterator

import pytest

from tests.support.postgres import Cluster, running_cluster


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    with running_cluster("fsync=off", "max_connections=80") as running:
        yield running


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take long, or one worker works alone at the end."""
    long = {
        item.path for item in items if {"slow", "server"} & {m.name for m in item.iter_markers()}
    }
    items.sort(key=lambda item: item.path not in long)
