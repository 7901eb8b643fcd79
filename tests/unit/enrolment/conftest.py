"""A town of citizens and their register, on each database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.citizens import Town
from tests.support.postgres import Cluster
from tests.support.register import make_data
from tests.support.register_databases import KINDS, shaped


@pytest.fixture(params=KINDS)
def town(request: pytest.FixtureRequest, tmp_path: Path, postgres: Cluster) -> Iterator[Town]:
    data = make_data(tmp_path / "register")
    with shaped(request.param, data, postgres) as store:
        town = Town(data, store)
        yield town
        town.register.close()
