"""A check-in is answered after it is stored, together with what came in meanwhile."""

import asyncio
import threading
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from fleet.ingest import writer as module
from fleet.ingest.pacing import next_s
from fleet.ingest.rows import Rows, Told
from fleet.ingest.writer import Full, NotStored, Writer
from tests.support.readings import check_in, reading
from wire.checkin import EVERY_S, LATEST_S


def told(sequence: int) -> Told:
    return Told(1, check_in(reading(sequence)), 0)


class Disk:
    """Keeps batches when it is let; counts them."""

    def __init__(self) -> None:
        self.batches: list[int] = []
        self.began = threading.Semaphore(0)
        self.may = threading.Semaphore(0)
        self.fails = False

    def keep(self, rows: Rows) -> None:
        """Wait to be let, then keep or fail."""
        self.began.release()
        self.may.acquire()
        if self.fails:
            raise OperationalError("statement", {}, Exception("no space left"))
        self.batches.append(len(rows.readings))


@pytest.fixture
def disk() -> Disk:
    return Disk()


async def begun(disk: Disk) -> None:
    await asyncio.to_thread(disk.began.acquire)


def running(disk: Disk, scene: Any) -> None:
    async def run() -> None:
        writer = Writer(disk.keep, asyncio.get_running_loop(), linger_s=0)
        writer.start()
        try:
            await scene(writer)
        finally:
            disk.may.release(100)
            await asyncio.to_thread(writer.stop)

    asyncio.run(run())


def test_nothing_is_answered_before_it_is_stored(disk: Disk) -> None:
    async def scene(writer: Writer) -> None:
        waiting = asyncio.create_task(writer.store(told(1)))
        await begun(disk)
        assert not waiting.done()
        disk.may.release()
        await waiting
        assert disk.batches == [1]

    running(disk, scene)


def test_what_comes_in_during_one_write_is_written_together(disk: Disk) -> None:
    async def scene(writer: Writer) -> None:
        first = asyncio.create_task(writer.store(told(1)))
        await begun(disk)
        others = [asyncio.create_task(writer.store(told(n))) for n in range(2, 52)]
        await asyncio.sleep(0)
        disk.may.release(2)
        await asyncio.gather(first, *others)
        assert disk.batches == [1, 50]

    running(disk, scene)


def test_a_write_that_fails_is_told_to_all_who_wait_and_the_next_may_succeed(disk: Disk) -> None:
    async def scene(writer: Writer) -> None:
        disk.fails = True
        disk.may.release(9)
        results = await asyncio.gather(
            *(writer.store(told(n)) for n in range(3)), return_exceptions=True
        )
        assert [type(one) for one in results] == [NotStored] * 3
        disk.fails = False
        await writer.store(told(9))

    running(disk, scene)


def test_one_who_went_away_is_stored_all_the_same(disk: Disk) -> None:
    async def scene(writer: Writer) -> None:
        gone = asyncio.create_task(writer.store(told(1)))
        await begun(disk)
        gone.cancel()
        disk.may.release(2)
        await writer.store(told(2))
        assert disk.batches == [1, 1]

    running(disk, scene)


def test_more_than_may_wait_are_sent_away(disk: Disk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_WAITING", 2)

    async def scene(writer: Writer) -> None:
        tasks = [asyncio.create_task(writer.store(told(1)))]
        await begun(disk)
        tasks += [asyncio.create_task(writer.store(told(n))) for n in (2, 3)]
        await asyncio.sleep(0)
        assert writer.load == 1.0
        with pytest.raises(Full):
            await writer.store(told(4))
        disk.may.release(2)
        await asyncio.gather(*tasks)

    running(disk, scene)


def test_stopping_writes_what_waits(disk: Disk) -> None:
    async def scene(writer: Writer) -> None:
        waiting = asyncio.create_task(writer.store(told(1)))
        await asyncio.sleep(0)
        disk.may.release()
        await asyncio.to_thread(writer.stop)
        await waiting
        with pytest.raises(Full):
            await writer.store(told(2))

    running(disk, scene)


def test_a_fuller_queue_asks_for_longer_pauses_within_bounds() -> None:
    pauses = [next_s(share / 20) for share in range(23)]
    assert pauses == sorted(pauses)
    assert pauses[0] == EVERY_S
    assert EVERY_S < pauses[-1] <= LATEST_S
