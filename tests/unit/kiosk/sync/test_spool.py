"""Readings wait on disk, in order, and survive a restart."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from kiosk.audit.follow import Mark
from kiosk.sync import spool as module
from kiosk.sync.spool import Progress, Spool
from kiosk.sync.tally import Tally
from tests.support.readings import reading
from wire.checkin import Sessions


@pytest.fixture
def spool(tmp_path: Path) -> Iterator[Spool]:
    with contextlib.closing(Spool(tmp_path / "checkin.db")) as opened:
        yield opened


def test_readings_wait_until_they_are_taken(spool: Spool) -> None:
    for number in (1, 2, 3):
        spool.keep(reading(number), Progress(sequence=number))
    assert [one.sequence for one in spool.waiting(2)] == [1, 2]
    spool.taken(2, Progress(sequence=3))
    assert spool.waiting(9) == (reading(3),)
    assert spool.count() == 1


def test_progress_and_readings_survive_a_restart(tmp_path: Path) -> None:
    progress = Progress(
        sequence=1,
        counted=Mark(10, 2, "ab"),
        sent=Mark(5, 1, "cd"),
        tally=Tally(sessions=Sessions(started=4)),
    )
    with contextlib.closing(Spool(tmp_path / "checkin.db")) as before:
        before.keep(reading(1), progress)
    with contextlib.closing(Spool(tmp_path / "checkin.db")) as after:
        assert after.progress() == progress
        assert after.waiting(9) == (reading(1),)


def test_the_oldest_goes_when_there_are_too_many(
    spool: Spool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_KEPT", 3)
    for number in range(1, 6):
        spool.keep(reading(number), Progress(sequence=number))
    assert [one.sequence for one in spool.waiting(9)] == [3, 4, 5]


def test_a_reading_of_a_newer_version_is_dropped_and_the_others_wait_on(tmp_path: Path) -> None:
    path = tmp_path / "checkin.db"
    with contextlib.closing(Spool(path)) as newer:
        for number in (1, 2):
            newer.keep(reading(number), Progress(sequence=number))
        fields = [*msgspec.to_builtins(reading(1)), "a field more"]
        body = msgspec.msgpack.encode(fields)
        newer._db.execute("UPDATE readings SET body = ? WHERE sequence = 1", (body,))
    with contextlib.closing(Spool(path)) as after:
        assert after.waiting(9) == (reading(2),)
        assert after.count() == 1


@pytest.mark.parametrize("damage", ["garbage", "shape"])
def test_a_damaged_file_is_begun_anew(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "checkin.db"
    with contextlib.closing(Spool(path)) as before:
        before.keep(reading(1), Progress(sequence=1))
        if damage == "shape":
            before._db.execute("UPDATE progress SET body = ?", (msgspec.msgpack.encode("no"),))
    if damage == "garbage":
        path.write_bytes(b"not a database at all" * 500)
    with contextlib.closing(Spool(path)) as after:
        assert after.progress() == Progress()
        assert after.count() == 0
