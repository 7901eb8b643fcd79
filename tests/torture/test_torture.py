"""Tens of kills under one seed; ``make torture`` does thousands of the same."""

import random
from pathlib import Path

import pytest

from tests.support.postgres import running_cluster
from tests.torture.citizens import citizen, number_of
from tests.torture.kills import Torture
from tests.torture.ledger import MUST_BE_ZERO
from tests.torture.work import Site

pytestmark = [pytest.mark.server, pytest.mark.slow]

KILLS = 30
SEED = 3


def test_kills_at_any_moment_lose_double_and_show_nothing(tmp_path: Path) -> None:
    with Torture(tmp_path, SEED) as torture:
        torture.run(KILLS)
        counts = torture.drain()
    assert torture.ledger.wrong == []
    assert {name: counts[name] for name in MUST_BE_ZERO} == dict.fromkeys(MUST_BE_ZERO, 0)
    assert counts["at the register"] >= counts["told stored"] > 0
    assert torture.kills.total() >= KILLS


def test_kills_of_a_register_on_postgresql_and_of_the_database_do_neither(tmp_path: Path) -> None:
    with running_cluster() as cluster, Torture(tmp_path, SEED, cluster) as torture:
        for number in range(2):
            torture._random_database(cluster, random.Random(number))
        torture.run(KILLS // 5)
        counts = torture.drain()
    assert torture.ledger.wrong == []
    assert {name: counts[name] for name in MUST_BE_ZERO} == dict.fromkeys(MUST_BE_ZERO, 0)
    assert counts["at the register"] >= counts["told stored"] > 0
    assert torture.kills["a process of the database"] >= 2


def test_a_promise_that_is_not_kept_is_found(tmp_path: Path) -> None:
    with Torture(tmp_path, SEED) as torture:
        torture.ledger.take("stored 01234567-89ab-7cde-8f01-23456789abcd\ndelivered accepted\n")
        torture.ledger.check("nothing")
        counts = torture.drain()
    assert torture.ledger.wrong == ["lost after nothing: 1", "a receipt was lost after nothing"]
    assert counts["lost"] == 1


def test_something_readable_is_found(tmp_path: Path) -> None:
    with Torture(tmp_path, SEED) as torture:
        left: Site = torture.ledger.site
        content = citizen(7, now_s=1_795_428_000.0)
        (left.state / "core").write_bytes(b"\0" * 9 + content.photo)
        assert torture.ledger.readable() == ["core"]


def test_no_two_citizens_share_a_number() -> None:
    numbers = {number_of(count) for count in (*range(2_000), *range(10**6, 10**6 + 50))}
    assert len(numbers) == 2_050
