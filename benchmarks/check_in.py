"""Durable check-ins for each second of processor time, ours against one commit for each.

Run by ``python -m benchmarks.check_in``. Both ways store the same reading, on SQLite with
every commit synced, and on PostgreSQL where there is one; what is compared is group commit
of narrow rows against an ORM session and a commit for each request. TLS, HTTP and the
signature are outside: they cost both the same. Then an open loop at 333 check-ins a second
(10,000 terminals each half minute) through the writer: how long each waited, and which share of
a core that took.
"""

import asyncio
import contextlib
import json
import random
import resource
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from fleet.ingest.rows import Told
from fleet.ingest.writer import Writer
from fleet.migrations.upgrade import upgrade
from fleet.store.database import Database
from fleet.store.keeping import Keeping
from tests.support.postgres import available, running_cluster
from tests.support.readings import check_in, reading
from wire.checkin import CheckIn

OURS, PEER = 20_000, 400
RATE, SECONDS = 333, 10
TERMINALS = 10_000


class _Base(DeclarativeBase):
    """Tables of the peer."""


class _Stored(_Base):
    """A check-in as the peer keeps it: one row for each, one for the latest."""

    __tablename__ = "peer_readings"
    id: Mapped[int] = mapped_column(primary_key=True)
    terminal: Mapped[int] = mapped_column(index=True)
    body: Mapped[str]


class _Latest(_Base):
    __tablename__ = "peer_latest"
    terminal: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[str]


def check_ins() -> Iterator[Told]:
    """Return one check-in after another, of one terminal after another."""
    number = 0
    while True:
        number += 1
        one = reading(number, at=1_795_600_000_000 + number * 1000)
        yield Told(number % TERMINALS + 1, CheckIn((one,), (), 0, bytes(32)), 1_795_600_000)


def processor_s() -> float:
    """Return the processor time this process has used."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def ours(database: Database) -> float:
    """Return stored check-ins for each second of processor time, by group commit."""

    async def run() -> None:
        writer = Writer(Keeping(database).keep, asyncio.get_running_loop())
        writer.start()
        source = check_ins()
        for _ in range(OURS // 1000):
            await asyncio.gather(*(writer.store(next(source)) for _ in range(1000)))
        await asyncio.to_thread(writer.stop)

    began = processor_s()
    asyncio.run(run())
    return OURS / (processor_s() - began)


def peer(database: Database) -> float:
    """Return the same for an ORM session and a commit for each."""
    _Base.metadata.create_all(database.engine)
    source = check_ins()
    body = json.dumps(str(check_in()))
    began = processor_s()
    for _ in range(PEER):
        told = next(source)
        with Session(database.engine) as session:
            session.add(_Stored(terminal=told.terminal, body=body))
            session.merge(_Latest(terminal=told.terminal, body=body))
            session.commit()
    return PEER / (processor_s() - began)


def open_loop(database: Database) -> tuple[float, float, float]:
    """Return p50 and p99 of waiting in milliseconds, and the share of a core."""
    waited: list[float] = []

    async def run() -> None:
        writer = Writer(Keeping(database).keep, asyncio.get_running_loop())
        writer.start()
        source = check_ins()
        chance = random.Random(1)
        loop = asyncio.get_running_loop()
        due = loop.time()
        tasks = []

        async def one(told: Told, due: float) -> None:
            await writer.store(told)
            waited.append((loop.time() - due) * 1000)

        for _ in range(RATE * SECONDS):
            due += chance.expovariate(RATE)
            await asyncio.sleep(max(0.0, due - loop.time()))
            tasks.append(asyncio.create_task(one(next(source), due)))
        await asyncio.gather(*tasks)
        await asyncio.to_thread(writer.stop)

    began, clock = processor_s(), time.monotonic()
    asyncio.run(run())
    share = (processor_s() - began) / (time.monotonic() - clock)
    waited.sort()
    return waited[len(waited) // 2], waited[len(waited) * 99 // 100], share


@contextlib.contextmanager
def databases() -> Iterator[Iterator[tuple[str, str]]]:
    """Lend a name and URL of each kind of database there is."""
    folder = Path(tempfile.mkdtemp(prefix="bench"))

    def each() -> Iterator[tuple[str, str]]:
        yield "SQLite", f"sqlite:///{folder / 'fleet.db'}"
        if available():
            with running_cluster() as cluster:
                yield "PostgreSQL", cluster.url

    try:
        yield each()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    """Print the figures of each database."""
    with databases() as each:
        for name, url in each:
            database = Database(url)
            upgrade(database.engine)
            mine, other = ours(database), peer(database)
            p50, p99, share = open_loop(database)
            print(f"{name}: {mine:.0f} check-ins for a second of processor time here,")
            print(f"  a commit for each by ORM: {other:.0f}; ratio {mine / other:.1f}")
            print(f"  {RATE}/s: p50 {p50:.0f} ms, p99 {p99:.0f} ms, {share:.0%} of a core here")
            database.close()


if __name__ == "__main__":
    main()
