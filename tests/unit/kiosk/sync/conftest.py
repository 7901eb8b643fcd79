"""An outbox for three records, on a clock that tests move."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.sync.outbox import Outbox
from tests.support.outboxes import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def outbox(tmp_path: Path, clock: Clock) -> Iterator[Outbox]:
    box = Outbox(tmp_path / "outbox.db", limit_records=3, limit_age_s=3600, clock=clock)
    yield box
    box.close()
