"""A command's whole way: asked, carried in an answer, done at the terminal, told, seen."""

import contextlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from fleet.access.roles import Role
from fleet.commands.book import Commands
from kiosk.audit.trail import Trail
from kiosk.sync.checkin import Taken
from kiosk.sync.diagnostics import Diagnostics, walked
from kiosk.sync.ledger import Ledger
from kiosk.sync.orders import Means, Orders
from kiosk.sync.system import System
from tests.support.console import somebody
from tests.support.fleet_kiosk import Kiosk
from tests.support.fleet_server import RunningFleet, make_data, running_fleet
from wire.commands import Order
from wire.diagnostics import decode_bundle
from wire.failures import Failure

pytestmark = pytest.mark.server
ADA = somebody(Role.OPERATOR, name="ada")


@pytest.fixture
def fleet(tmp_path: Path) -> Iterator[RunningFleet]:
    make_data(tmp_path / "fleet")
    with running_fleet(tmp_path / "fleet") as running:
        yield running


@pytest.fixture
def kiosk(tmp_path: Path, fleet: RunningFleet) -> Iterator[Kiosk]:
    with contextlib.closing(Kiosk(tmp_path / "kiosk", fleet.terminal(), fleet.url)) as made:
        yield made


def diagnostics(kiosk: Kiosk, fleet: RunningFleet) -> Diagnostics:
    return Diagnostics(
        kiosk.reporter,
        System(kiosk.folder / "none"),
        trail=kiosk.folder / "trail.jsonl",
        waiting=kiosk.spool.count,
        url=fleet.url,
        transport=kiosk.transport,
        signer=fleet.terminal().signer(),
    )


@pytest.fixture
def orders(kiosk: Kiosk, fleet: RunningFleet) -> Iterator[Orders]:
    looks = diagnostics(kiosk, fleet)
    with contextlib.closing(Ledger(kiosk.folder / "orders.db")) as ledger:
        yield Orders(
            ledger,
            Means(
                system=System(kiosk.folder / "none"),
                state=kiosk.folder,
                drain=lambda: None,
                checks=looks.checks,
                hand_over=looks.hand_over,
                certificate=lambda: "first",
                boot="boot",
                run="run",
            ),
        )


def checked_in(kiosk: Kiosk, orders: Orders) -> Taken:
    """Check in as the program does."""
    outcomes = orders.untold()
    told = kiosk.reporter.check_in(outcomes)
    assert isinstance(told, Taken)
    orders.told(outcomes)
    orders.take(told.commands)
    orders.perform(now_ms=told.server_at, calm=told.calm)
    return told


def until_handed(kiosk: Kiosk, orders: Orders) -> None:
    """Check in until a command arrives: servers read what is new each second."""
    while not checked_in(kiosk, orders).commands:
        pass


@pytest.fixture
def commands(fleet: RunningFleet) -> Iterator[Commands]:
    with contextlib.closing(fleet.database()) as database:
        yield Commands(database)


def test_a_self_test_goes_there_and_its_result_comes_back(
    kiosk: Kiosk, orders: Orders, commands: Commands
) -> None:
    kiosk.trail.append("session.opened", {})
    kiosk.trail.append("session.wiped", {"ms": 4})
    now = int(checked_in(kiosk, orders).server_at / 1000)
    commands.ask([1], Order.SELF_TEST, None, by=ADA, reason="x", now=now, lasts_s=600)
    until_handed(kiosk, orders)
    assert commands.latest(1)[0]["state"] == "delivered"
    checked_in(kiosk, orders)
    row = commands.latest(1)[0]
    assert row["state"] == "done"
    assert row["checks"]["trail"] is True
    assert row["checks"]["outbox"] is True


def test_a_bundle_is_handed_over_signed_and_without_a_text(
    kiosk: Kiosk, orders: Orders, commands: Commands
) -> None:
    kiosk.trail.append("record.stored", {"queued": 1})
    now = int(checked_in(kiosk, orders).server_at / 1000)
    commands.ask([1], Order.DIAGNOSTICS, None, by=ADA, reason="x", now=now, lasts_s=600)
    until_handed(kiosk, orders)
    checked_in(kiosk, orders)
    row = commands.latest(1)[0]
    assert (row["state"], row["bundle"]) == ("done", row["id"])
    body = commands.bundle(row["id"])
    assert body is not None
    assert decode_bundle(body).entries[-1].fields == {"queued": 1}


def test_a_bundle_that_nobody_asked_for_is_refused(kiosk: Kiosk, fleet: RunningFleet) -> None:
    assert diagnostics(kiosk, fleet).hand_over(1) is Failure.FLEET_REFUSED


def test_a_broken_trail_is_found_and_what_could_be_read_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "trail.jsonl"
    assert walked(path) == (None, [])
    trail = Trail(path, now=lambda: datetime(2026, 11, 25, tzinfo=UTC))
    for number in range(3):
        trail.append("record.stored", {"queued": number})
    trail.close()
    holds, told = walked(path)
    assert (holds, len(told)) == (True, 3)
    path.write_bytes(path.read_bytes().replace(b'"queued": 1', b'"queued": 7'))
    holds, told = walked(path)
    assert holds is False
