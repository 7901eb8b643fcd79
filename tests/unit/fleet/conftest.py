"""Databases for the tests of the fleet, and a console over one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from fleet.store.database import Database
from tests.support.console import Desk, people_of
from tests.support.databases import SHAPE, cluster, database, url
from tests.support.rollouts import Fleet

__all__ = ["cluster", "database", "desk", "fleet", "url"]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = Database(SHAPE.fill(tmp_path / "desk.db"))
    yield Desk(opened, people_of(opened))
    opened.close()


@pytest.fixture
def fleet(database: Database) -> Fleet:
    return Fleet(database)
