"""What several folders of tests stand on."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.support.postgres import Cluster, running_cluster
from tests.support.swtpm import running_tpm

# How long an example takes is the machine's business: no test is about time.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    with running_cluster("fsync=off", "max_connections=80") as running:
        yield running


@pytest.fixture(scope="module")
def tpms(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """Run the TPMs of two machines; give how libtss2 names them."""
    folder = tmp_path_factory.mktemp("tpm")
    with running_tpm(folder / "one") as one, running_tpm(folder / "other") as other:
        yield one, other


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take long, or one worker works alone at the end."""
    long = {
        item.path for item in items if {"slow", "server"} & {m.name for m in item.iter_markers()}
    }
    items.sort(key=lambda item: item.path not in long)
