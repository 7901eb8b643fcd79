"""Nothing a terminal tells is lost: offline, slow, restarted, with a wrong clock."""

import contextlib
import random
import resource
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import sqlalchemy as sa

from fleet.store import log_tables, tables
from kiosk.config.settings import Fleet, Paths, Register, Settings
from kiosk.sync.__main__ import report
from kiosk.sync.checkin import NotTaken, Taken
from kiosk.sync.outbox import Outbox
from tests.support.databases import cluster
from tests.support.fleet_kiosk import Kiosk
from tests.support.fleet_server import (
    NAMES,
    RunningFleet,
    make_data,
    running_fleet,
)
from tests.support.postgres import Cluster
from wire.checkin import MOST_ENTRIES, MOST_READINGS, Reading
from wire.failures import Failure
from wire.log_words import WORDS

__all__ = ["cluster"]
pytestmark = pytest.mark.server
_SOON_S = 30.0


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "fleet"
    make_data(folder)
    return folder


@pytest.fixture
def fleet(data: Path) -> Iterator[RunningFleet]:
    with running_fleet(data) as running:
        yield running


@pytest.fixture
def kiosk(tmp_path: Path, fleet: RunningFleet) -> Iterator[Kiosk]:
    with contextlib.closing(Kiosk(tmp_path / "kiosk", fleet.terminal(), fleet.url)) as made:
        yield made


def rows(fleet: RunningFleet, table: sa.Table) -> list[dict[str, Any]]:
    with contextlib.closing(fleet.database()) as database, database.reading() as connection:
        return [dict(row) for row in connection.execute(sa.select(table)).mappings()]


def test_a_reading_and_the_trail_arrive(fleet: RunningFleet, kiosk: Kiosk) -> None:
    kiosk.trail.append("session.opened", {})
    kiosk.trail.append("record.stored", {"queued": 1})
    kiosk.trail.append("session.wiped", {"ms": 4})
    told = kiosk.reporter.check_in()
    assert isinstance(told, Taken)
    assert (told.pause_s, told.commands) == (30.0, ())
    assert kiosk.spool.count() == 0
    (row,) = rows(fleet, tables.readings)
    assert (row["started"], row["completed"], row["queued"], row["oldest_s"]) == (1, 1, 2, 61)
    assert [row["event"] for row in rows(fleet, tables.entries)] == [
        "session.opened",
        "record.stored",
        "session.wiped",
    ]
    (anchor,) = rows(fleet, tables.trails)
    assert (anchor["count"], anchor["head"].hex()) == (3, kiosk.trail.head.hash)


def test_the_second_reading_knows_clock_and_way(fleet: RunningFleet, kiosk: Kiosk) -> None:
    kiosk.reporter.check_in()
    time_to_the_next_second(rows(fleet, tables.readings)[0]["at"])
    kiosk.reporter.check_in()
    first, second = rows(fleet, tables.readings)
    assert first["round_trip_ms"] is None
    assert second["round_trip_ms"] is not None
    assert abs(second["clock_offset_ms"]) < 5000


def time_to_the_next_second(at: int) -> None:
    """Rows are kept by the second, put right by the clock's offset: wait until both differ."""
    while int(time.time()) <= at + 1:
        pass


def test_what_was_told_offline_arrives_later_and_once(
    tmp_path: Path, data: Path, fleet: RunningFleet
) -> None:
    nobody = "https://127.0.0.1:1"
    terminal = fleet.terminal()
    with contextlib.closing(Kiosk(tmp_path / "kiosk", terminal, nobody)) as offline:
        for minutes in range(MOST_READINGS + 3):
            offline.ahead_s = -3600.0 + 60 * minutes
            told = offline.reporter.check_in()
            assert isinstance(told, NotTaken)
            assert told.failure is Failure.FLEET_UNREACHABLE
            assert 27 <= told.pause_s <= 330
        for number in range(MOST_ENTRIES + 10):
            offline.trail.append("card.read", {"ms": number, "apdus": 1})
    with contextlib.closing(Kiosk(tmp_path / "kiosk", terminal, fleet.url)) as online:
        first = online.reporter.check_in()
        assert isinstance(first, Taken)
        assert first.pause_s < 30, "more waits: it comes again soon"
        online.reporter.check_in()
        assert online.spool.count() == 0
    assert len(rows(fleet, tables.readings)) >= MOST_READINGS + 3
    assert len(rows(fleet, tables.entries)) == MOST_ENTRIES + 10


def test_a_terminal_whose_clock_is_wrong_is_heard_the_second_time(
    fleet: RunningFleet, kiosk: Kiosk
) -> None:
    kiosk.ahead_s = 86_400.0
    first = kiosk.reporter.check_in()
    assert isinstance(first, NotTaken)
    assert (first.failure, first.status) == (Failure.FLEET_REFUSED, 401)
    assert isinstance(kiosk.reporter.check_in(), Taken)
    (state,) = rows(fleet, tables.latest)
    second = msgspec.msgpack.decode(state["reading"], type=Reading)
    assert abs((second.host.clock_offset_ms or 0) - 86_400_000) < 5000
    assert abs(state["at"] - time.time()) < 60


def test_a_trail_rewritten_on_the_terminal_is_told(fleet: RunningFleet, kiosk: Kiosk) -> None:
    kiosk.trail.append("session.opened", {})
    kiosk.reporter.check_in()
    path = kiosk.folder / "trail.jsonl"
    path.write_bytes(path.read_bytes()[:-1])
    kiosk.reporter.check_in()
    (failure,) = rows(fleet, tables.failures)
    assert failure["failure"] == "trail.broken"


def until(fleet: RunningFleet, done: Callable[[], bool]) -> None:
    began = time.monotonic()
    while not done():
        assert time.monotonic() - began < _SOON_S, "".join(fleet.lines)


def test_a_database_that_restarts_loses_nothing(
    tmp_path: Path, data: Path, cluster: Cluster
) -> None:
    engine = sa.create_engine(cluster.url)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP SCHEMA public CASCADE")
        connection.exec_driver_sql("CREATE SCHEMA public")
    engine.dispose()
    with (
        running_fleet(data, database=cluster.url) as fleet,
        contextlib.closing(Kiosk(tmp_path / "kiosk", fleet.terminal(), fleet.url)) as kiosk,
    ):
        assert isinstance(kiosk.reporter.check_in(), Taken)
        cluster.stop()
        refused = kiosk.reporter.check_in()
        assert isinstance(refused, NotTaken)
        assert (refused.failure, refused.status) == (Failure.FLEET_BUSY, 503)
        assert refused.pause_s >= 60, "Retry-After is kept"
        cluster.start()
        until(fleet, lambda: isinstance(kiosk.reporter.check_in(), Taken))
        assert kiosk.spool.count() == 0
        (state,) = rows(fleet, tables.latest)
        assert state["sequence"] == kiosk.spool.progress().sequence


def test_a_server_killed_at_any_moment_has_what_it_answered_for(tmp_path: Path, data: Path) -> None:
    answered = 0
    for _ in range(3):
        with contextlib.suppress(AssertionError), running_fleet(data) as fleet:
            terminal = fleet.terminal(NAMES[1])
            with contextlib.closing(Kiosk(tmp_path / "kiosk", terminal, fleet.url)) as kiosk:
                for _ in range(5):
                    if isinstance(kiosk.reporter.check_in(), Taken):
                        answered = kiosk.spool.progress().sequence
                fleet.process.kill()
                fleet.process.wait()
                (state,) = rows(fleet, tables.latest)
                assert state["sequence"] >= answered
    assert answered == 15


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits half a minute for the first report here."""
    monkeypatch.setattr(random.SystemRandom, "random", lambda _: 0.0)


def report_once(fleet: RunningFleet, state: Path, *, logs: str = "") -> None:
    terminal = fleet.terminal()
    state.mkdir()
    settings = Settings(
        paths=Paths(state=state),
        register=Register(certificate=terminal.certificate, key=terminal.key),
        fleet=Fleet(url=fleet.url, ca=terminal.ca, logs=logs),
    )
    outbox = Outbox(state / "outbox.db", limit_records=0, limit_age_s=0, clock=time.time)
    stop = threading.Event()
    reporting = threading.Thread(target=report, args=(settings, outbox, stop))
    reporting.start()
    until(fleet, lambda: bool(rows(fleet, tables.latest)))
    stop.set()
    reporting.join()
    outbox.close()


@pytest.mark.usefixtures("at_once")
def test_the_sync_program_reports_beside_its_uploads(
    tmp_path: Path, fleet: RunningFleet, capsys: pytest.CaptureFixture[str]
) -> None:
    report_once(fleet, tmp_path / "state")
    until(fleet, lambda: "fleet.answers" in capsys.readouterr().err)


@pytest.mark.usefixtures("at_once")
def test_what_a_kernel_writes_arrives_as_a_template_and_nothing_else_of_it_anywhere(
    tmp_path: Path, fleet: RunningFleet, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    exported = tmp_path / "journal.export"
    canaries = ("CANARY", "A123456(3)", "陳大文")
    lines = [f"_TRANSPORT=kernel\nMESSAGE=usb {canary} reset failed\n\n" for canary in canaries]
    exported.write_text("".join(lines))
    report_once(fleet, tmp_path / "state", logs=str(exported))
    (template,), (said,) = rows(fleet, log_tables.log_templates), rows(fleet, log_tables.log_hours)
    assert [WORDS[int(word)] for word in template["words"].split()] == [
        "usb",
        "<*>",
        "reset",
        "failed",
    ]
    assert said["times"] == 3
    kept = [
        path.read_bytes()
        for path in (*data.rglob("*"), *(tmp_path / "state").rglob("*"))
        if path.is_file()
    ]
    noted = capsys.readouterr()
    for canary in canaries:
        assert not any(canary.encode() in content for content in kept)
        assert canary not in noted.out + noted.err


def test_a_full_disk_refuses_everybody_and_loses_nothing(fleet: RunningFleet, kiosk: Kiosk) -> None:
    assert isinstance(kiosk.reporter.check_in(), Taken)
    pid, unlimited = fleet.process.pid, (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
    # No file of the server may grow any more: to a program that is what a full disk is.
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
    for _ in range(3):
        told = kiosk.reporter.check_in()
        assert isinstance(told, NotTaken)
        assert (told.failure, told.status) == (Failure.FLEET_BUSY, 503)
    assert kiosk.spool.count() == 3
    assert len(rows(fleet, tables.readings)) == 1
    resource.prlimit(pid, resource.RLIMIT_FSIZE, unlimited)
    assert isinstance(kiosk.reporter.check_in(), Taken)
    assert kiosk.spool.count() == 0
    with contextlib.closing(fleet.database()) as database, database.reading() as connection:
        latest = connection.execute(sa.select(tables.latest.c.sequence)).scalar_one()
    assert latest == 5
