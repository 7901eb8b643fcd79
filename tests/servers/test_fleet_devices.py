"""What stands in a terminal reaches the fleet, signed, once, and an older fleet loses nothing."""

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from fleet.store.fittings import Fitting, Fittings
from kiosk.sync.answers import Answer
from kiosk.sync.checkin import Taken
from kiosk.sync.devices_post import LATER_S, DevicesPost
from kiosk.sync.signature import Signer
from kiosk.sync.transport import Identity, Patience, Transport
from tests.support.fleet_kiosk import Kiosk
from tests.support.fleet_server import NAMES, RunningFleet, Terminal, make_data, running_fleet
from wire.checkin import CONTENT_TYPE as OF_CHECK_INS
from wire.devices import (
    CONTENT_TYPE,
    FILE,
    LARGEST_BYTES,
    PATH,
    SIGNATURE_TAG,
    Fitted,
    Place,
    Report,
)

pytestmark = pytest.mark.server
ACR = "072f:223b ACR1252 Dual Reader"


@pytest.fixture(scope="module")
def fleet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningFleet]:
    data = tmp_path_factory.mktemp("devices") / "fleet"
    make_data(data)
    with running_fleet(data) as running:
        yield running


class Counting(Transport):
    """The way to a server; counts what is sent by it."""

    sent = 0

    def post(self, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        self.sent += 1
        return super().post(path, body, headers)


class Desk:
    """A terminal's state folder, and its post to one server."""

    def __init__(self, folder: Path, terminal: Terminal, url: str) -> None:
        self.folder = folder
        self.now = 0.0
        identity = Identity(ca=terminal.ca, certificate=terminal.certificate, key=terminal.key)
        self.transport = Counting(url, identity, Patience())
        self.post = DevicesPost(
            folder,
            self.transport,
            terminal.signer(),
            url=url,
            created=lambda: int(time.time()),
            steady=lambda: self.now,
        )

    def left(self, serial: str) -> None:
        """Leave a report as the engine does."""
        report = Report((Fitted(Place.READER, ACR, serial),))
        (self.folder / FILE).write_bytes(msgspec.json.encode(report))


def kept(fleet: RunningFleet, number: int) -> Fitting | None:
    with contextlib.closing(fleet.database()) as database:
        return Fittings(database).since(0).get(number, {}).get(Place.READER)


@pytest.fixture
def desk(tmp_path: Path, fleet: RunningFleet) -> Iterator[Desk]:
    made = Desk(tmp_path, fleet.terminal(NAMES[0]), fleet.url)
    yield made
    made.transport.close()


def test_what_the_engine_left_is_told_once_and_again_when_it_changes(
    desk: Desk, fleet: RunningFleet
) -> None:
    desk.post.tell()
    assert desk.transport.sent == 0, "nothing was left yet"
    desk.left("RR1")
    for _ in range(3):
        desk.post.tell()
    assert desk.transport.sent == 1
    there = kept(fleet, 1)
    assert there is not None
    assert (there.model, there.serial) == (ACR, "RR1")
    desk.left("RR2")
    desk.post.tell()
    assert desk.transport.sent == 2
    with contextlib.closing(fleet.database()) as database:
        (swap,) = Fittings(database).swaps_of(1)
    assert (swap.serial, swap.serial_before) == ("RR2", "RR1")


@pytest.mark.parametrize("content", [b"", b"[[]", b'[[["reader","x","a b"]]]', b"\xff" * 20_000])
def test_a_file_that_is_no_report_is_not_told(desk: Desk, content: bytes) -> None:
    (desk.folder / FILE).write_bytes(content)
    desk.post.tell()
    assert desk.transport.sent == 0


def test_a_fleet_without_this_path_loses_nothing_and_is_told_again_later(
    tmp_path: Path, fleet: RunningFleet
) -> None:
    terminal = fleet.terminal(NAMES[1])
    # The door for claims is a server of ours that has no such path.
    older = Desk(tmp_path, terminal, f"https://127.0.0.1:{fleet.claim_port}")
    with contextlib.closing(older.transport):
        older.left("RR7")
        older.post.tell()
        older.now = LATER_S - 1
        older.post.tell()
        assert older.transport.sent == 1
        older.now = LATER_S
        older.post.tell()
        assert older.transport.sent == 2
    newer = Desk(tmp_path, terminal, fleet.url)
    with contextlib.closing(newer.transport):
        newer.post.tell()
    there = kept(fleet, 2)
    assert there is not None
    assert there.serial == "RR7"


def test_a_terminal_that_tells_of_no_devices_checks_in_as_before(
    tmp_path: Path, fleet: RunningFleet
) -> None:
    with contextlib.closing(Kiosk(tmp_path / "kiosk", fleet.terminal(NAMES[2]), fleet.url)) as one:
        assert isinstance(one.reporter.check_in(), Taken)
    assert kept(fleet, 3) is None


def sent(
    fleet: RunningFleet, body: bytes, *, signs: Signer | None = None, kind: str = CONTENT_TYPE
) -> int:
    """Send a body in terminal 3's name and return the status."""
    terminal = fleet.terminal(NAMES[2])
    signer = signs or terminal.signer()
    created = int(time.time())
    fields = signer.sign("POST", fleet.url + PATH, kind, body, created=created, tag=SIGNATURE_TAG)
    with contextlib.closing(fleet.transport(terminal)) as way:
        return way.post(PATH, body, fields).status


def test_what_is_no_report_or_in_anothers_name_is_refused_and_not_kept(
    fleet: RunningFleet,
) -> None:
    good = msgspec.msgpack.encode(Report((Fitted(Place.READER, ACR, "RR3"),)))
    assert sent(fleet, good, signs=fleet.terminal(NAMES[0]).signer()) == 401
    assert sent(fleet, good, kind=OF_CHECK_INS) == 415
    assert sent(fleet, bytes(LARGEST_BYTES + 1)) == 413
    for body in (b"", good[:-1], good + b"\0", good.replace(b"RR3", b"R 3")):
        assert sent(fleet, body) == 422
    assert kept(fleet, 3) is None
    assert "RR3" not in "".join(fleet.lines)
