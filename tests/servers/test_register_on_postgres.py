"""Two registers over one PostgreSQL keep each record and each number once."""

import contextlib
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa

from kiosk.sync.answers import Answer
from tests.support.delivery import key_of, sealed_for
from tests.support.enrolment_records import record
from tests.support.postgres import Cluster
from tests.support.register import RunningRegister, running_register
from wire.record import Record

pytestmark = pytest.mark.server


@contextlib.contextmanager
def two(data: Path, url: str) -> Iterator[list[RunningRegister]]:
    more = ("--database", url)
    with running_register(data, more=more) as one, running_register(data, more=more) as other:
        yield [one, other]


def offered(registers: list[RunningRegister], contents: list[Record]) -> list[Answer]:
    """Put each record at once, to one register and the other in turn."""
    sealed = [sealed_for(registers[0].data, content) for content in contents]

    def offer(at: int) -> Answer:
        register = registers[at % 2]
        key = key_of(register.data)
        return register.transport().put(contents[at].record_id, sealed[at], key_id=key)

    with ThreadPoolExecutor(len(contents)) as threads:
        return list(threads.map(offer, range(len(contents))))


def test_a_number_raced_at_two_registers_is_accepted_once(fresh: Path, postgres: Cluster) -> None:
    url = postgres.new_database()
    contents = [record() for _ in range(12)]
    with two(fresh, url) as registers:
        assert {answer.status for answer in offered(registers, contents)} == {201}
        way = registers[0].transport()
        said = [json.loads(way.standing(content.record_id).body) for content in contents]
    assert sorted(one["verdict"] for one in said) == ["accepted"] + ["duplicate"] * 11


def test_a_record_raced_at_two_registers_is_stored_once(fresh: Path, postgres: Cluster) -> None:
    url = postgres.new_database()
    content = record()
    sealed = sealed_for(fresh, content)

    def offer(register: RunningRegister) -> Answer:
        return register.transport().put(content.record_id, sealed, key_id=key_of(fresh))

    with two(fresh, url) as registers, ThreadPoolExecutor(12) as threads:
        answers = list(threads.map(offer, registers * 6))
    assert sorted(answer.status for answer in answers) == [200] * 11 + [201]
    assert len({answer.body for answer in answers}) == 1
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT COUNT(*) FROM records").scalar() == 1
    engine.dispose()
