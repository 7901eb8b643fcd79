"""What the tests of servers share: a register, an outbox, a phone."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.sync.outbox import Outbox
from tests.support.phone import Phone, phone
from tests.support.register import RunningRegister, make_data, running_register


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_data(tmp_path_factory.mktemp("register"))


@pytest.fixture(scope="module")
def register(data: Path) -> Iterator[RunningRegister]:
    with running_register(data) as running:
        yield running


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    return make_data(tmp_path / "register")


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    box = Outbox(tmp_path / "outbox.db", limit_records=9, limit_age_s=1e9, clock=time.time)
    yield box
    box.close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Phone]:
    with phone() as one:
        yield one


@pytest.fixture
def new_phone(chromium: Phone) -> Phone:
    """A phone that has no account yet."""
    chromium.driver.execute_cdp_cmd("Network.clearBrowserCookies", {})
    chromium.complaints()
    return chromium
