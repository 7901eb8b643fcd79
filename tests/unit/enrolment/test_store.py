"""The database keeps each record, each accepted number and each link once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from enrolment import store as shape
from enrolment.activation import Link
from enrolment.migrations.upgrade import upgrade
from enrolment.store import Entry, Standing, Store, Taken
from wire.record import Verdict

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
ENTRY = Entry(
    record_id="r1",
    terminal="T-001",
    digest="d1",
    key_id="k",
    sealed=b"sealed",
    verdict=Verdict.ACCEPTED,
    number_digest="n1",
    token_digest="t1",
    reference="K7QM-2XRD",
    keep_template=True,
    receipt="a.b.c",
    received_at="2026-11-23T10:00:00+00:00",
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(f"sqlite:///{tmp_path / 'register.db'}")
    upgrade(opened.engine)
    yield opened
    opened.close()


def test_the_migrations_lead_to_the_present_shape(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, shape.metadata) == []


def test_upgrading_twice_keeps_what_is_stored(store: Store) -> None:
    store.keep(ENTRY)
    upgrade(store.engine)
    assert store.stored("r1") is not None


@pytest.mark.parametrize(
    "change",
    [
        {"number_digest": "n2", "token_digest": "t2"},
        {"record_id": "r2", "token_digest": "t2"},
        {"record_id": "r2", "number_digest": "n2"},
    ],
    ids=["record", "number", "token"],
)
def test_what_is_taken_is_not_kept_twice(store: Store, change: dict[str, str]) -> None:
    store.keep(ENTRY)
    with pytest.raises(Taken) as caught:
        store.keep(replace(ENTRY, **change))  # type: ignore[arg-type]
    assert "sealed" not in repr(caught.value)
    assert caught.value.__cause__ is None


def test_a_number_may_be_refused_often_and_accepted_once(store: Store) -> None:
    other = replace(ENTRY, record_id="r2", token_digest="t2", verdict=Verdict.DUPLICATE)
    store.keep(other)
    assert not store.is_enrolled("n1")
    store.keep(ENTRY)
    assert store.is_enrolled("n1")
    store.keep(replace(other, record_id="r3", token_digest="t3"))


def test_a_terminal_asks_about_its_own_records_only(store: Store) -> None:
    store.keep(ENTRY)
    assert store.standing("r1", terminal="T-001") == Standing(Verdict.ACCEPTED, linked=False)
    assert store.standing("r1", terminal="T-002") is None


def test_a_link_is_used_once(store: Store) -> None:
    store.keep(ENTRY)
    assert store.invitation("t1").link is Link.OPEN
    assert store.link("t1", at=NOW)
    assert not store.link("t1", at=NOW)
    assert store.invitation("t1").link is Link.USED
    assert store.standing("r1", terminal="T-001") == Standing(Verdict.ACCEPTED, linked=True)


def test_nobody_finishes_what_was_not_accepted(store: Store) -> None:
    store.keep(replace(ENTRY, verdict=Verdict.REFER))
    assert store.invitation("t1").link is Link.UNKNOWN
    assert not store.link("t1", at=NOW)


def test_a_terminal_taken_out_of_service_stays_out(store: Store) -> None:
    store.add_terminal(b"certificate", "T-001")
    assert store.terminal(b"certificate") == "T-001"
    with store.engine.begin() as connection:
        connection.execute(shape.terminals.update().values(in_service=False))
    store.add_terminal(b"certificate", "T-001")
    assert store.terminal(b"certificate") is None


def test_an_error_of_the_database_does_not_carry_what_was_to_be_kept(tmp_path: Path) -> None:
    shapeless = Store(f"sqlite:///{tmp_path / 'register.db'}")
    with pytest.raises(sa.exc.OperationalError) as caught:
        shapeless.keep(replace(ENTRY, sealed=b"CANARY", reference="CANARY"))
    assert "CANARY" not in str(caught.value)
    shapeless.close()


def test_every_commit_is_synced(store: Store) -> None:
    with store.engine.connect() as connection:
        answers = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous")
        ]
    assert answers == ["wal", 2]
