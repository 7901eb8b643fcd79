"""The database keeps each record, each accepted number and each link once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from enrolment.accounts import Accounts, NewAccount
from enrolment.activation import Link
from enrolment.ledger import Consented, Consents
from enrolment.migrations.upgrade import downgrade, upgrade
from enrolment.signatures import Stated
from enrolment.store import Entry, Standing, Store, Terminal, Write, Written
from enrolment.tables import metadata, trail_heads
from enrolment.trail_heads import Anchor
from fleet import sandbox
from fleet.identity.authority import Authority
from tests.support.postgres import Cluster
from tests.support.register_databases import KINDS, empty, opened, shaped
from wire.record import Verdict
from wire.trail_head import NO_TRAIL, TrailHead

pytestmark = pytest.mark.server

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
ENTRY = Entry(
    record_id="r1",
    terminal="T-001",
    digest="d1",
    key_id="k",
    sealed=b"sealed",
    verdict=Verdict.ACCEPTED,
    reason=None,
    number_digest="n1",
    token_digest="t1",
    reference="K7QM-2XRD",
    keep_template=True,
    receipt="a.b.c",
    received_at="2026-11-23T10:00:00+00:00",
)


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest, tmp_path: Path, postgres: Cluster) -> Iterator[str]:
    with empty(request.param, tmp_path, postgres) as made:
        yield made


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path, postgres: Cluster) -> Iterator[Store]:
    with shaped(request.param, tmp_path, postgres) as made:
        yield made


def keep(store: Store, entry: Entry) -> Written:
    (written,) = store.write([Write(None, entry)])
    return written


def test_the_migrations_lead_to_the_present_shape(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, metadata) == []


def test_upgrading_twice_keeps_what_is_stored(store: Store) -> None:
    keep(store, ENTRY)
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
    keep(store, ENTRY)
    assert keep(store, replace(ENTRY, **change)) is Written.TAKEN  # type: ignore[arg-type]


def test_what_is_taken_spoils_nothing_that_shares_its_commit(store: Store) -> None:
    other = replace(ENTRY, record_id="r2", number_digest="n2", token_digest="t2")
    same_number = replace(ENTRY, record_id="r3", token_digest="t3")
    batch = [ENTRY, ENTRY, same_number, other]
    written = store.write([Write(None, entry) for entry in batch])
    assert written == [Written.DONE, Written.TAKEN, Written.TAKEN, Written.DONE]
    assert store.stored("r2") is not None
    assert store.stored("r3") is None


def test_of_two_records_under_one_id_the_account_is_that_of_the_one_that_was_kept(
    store: Store,
) -> None:
    agreed = Consented(Consents.REGISTRATION, "2026-11", "en", choice=True, at="t")
    first, second = (
        NewAccount(accepted_at="t", details=name, evidence="{}", consents=(agreed,), template=None)
        for name in (b"first", b"second")
    )
    other = replace(ENTRY, token_digest="t2", number_digest="n2", account=second)
    store.write([Write(None, replace(ENTRY, account=first)), Write(None, other)])
    account = Accounts(store.engine).of_token("t1")
    assert account is not None
    assert account.details == b"first"


def test_a_signature_counts_once(store: Store) -> None:
    claim = Write(Stated(created=7, key="k" * 64, nonce="0" * 32), None)
    stored = replace(claim, entry=ENTRY)
    assert store.write([claim]) == [Written.DONE]
    assert store.write([stored]) == [Written.REPLAYED]
    assert store.stored("r1") is None


def test_a_signature_counts_once_among_those_that_share_a_commit(store: Store) -> None:
    claim = Write(Stated(created=7, key="k" * 64, nonce="0" * 32), None)
    assert store.write([claim, claim]) == [Written.DONE, Written.REPLAYED]


def anchored(head: TrailHead, *, known: TrailHead = NO_TRAIL, nonce: str = "0") -> Write:
    signed = Stated(created=7, key="k" * 64, nonce=nonce * 32)
    return Write(signed, None, Anchor("T-001", head, known, ENTRY.received_at))


def test_the_head_of_a_trail_is_kept_with_what_it_came_with(store: Store) -> None:
    head = TrailHead(3, "a" * 64)
    assert store.trail_head("T-001") == NO_TRAIL
    assert store.write([anchored(head)]) == [Written.DONE]
    assert store.trail_head("T-001") == head
    assert store.trail_head("T-002") == NO_TRAIL


def test_a_request_that_counts_no_more_anchors_nothing(store: Store) -> None:
    first, forged = TrailHead(3, "a" * 64), TrailHead(9, "b" * 64)
    together = [anchored(first), anchored(forged)]
    assert store.write(together) == [Written.DONE, Written.REPLAYED]
    assert store.trail_head("T-001") == first


def test_a_head_that_went_back_is_kept_and_never_what_another_is_held_against(store: Store) -> None:
    longer, shorter = TrailHead(3, "a" * 64), TrailHead(2, "b" * 64)
    store.write([anchored(longer)])
    again = [anchored(shorter, known=longer, nonce=nonce) for nonce in "123"]
    assert store.write(again) == [Written.DONE] * 3
    assert store.trail_head("T-001") == longer
    with store.engine.connect() as connection:
        rows = connection.execute(sa.select(trail_heads.c.count, trail_heads.c.contradicts))
        assert sorted(map(tuple, rows)) == [(2, True), (3, False)]


def test_a_nonce_is_forgotten_when_its_signature_counts_no_more(store: Store) -> None:
    claim = Write(Stated(created=7, key="k" * 64, nonce="0" * 32), None)
    store.write([claim])
    store.forget_nonces(before=7)
    assert store.write([claim]) == [Written.REPLAYED]
    store.forget_nonces(before=8)
    assert store.write([claim]) == [Written.DONE]


def test_a_number_may_be_refused_often_and_accepted_once(store: Store) -> None:
    other = replace(ENTRY, record_id="r2", token_digest="t2", verdict=Verdict.DUPLICATE)
    keep(store, other)
    assert not store.is_enrolled("n1")
    keep(store, ENTRY)
    assert store.is_enrolled("n1")
    keep(store, replace(other, record_id="r3", token_digest="t3"))


def test_a_terminal_asks_about_its_own_records_only(store: Store) -> None:
    keep(store, ENTRY)
    assert store.standing("r1", terminal="T-001") == Standing(Verdict.ACCEPTED, linked=False)
    assert store.standing("r1", terminal="T-002") is None


def test_a_link_leads_to_an_accepted_record_for_a_while(store: Store) -> None:
    keep(store, ENTRY)
    keep(store, replace(ENTRY, record_id="r2", token_digest="t2", verdict=Verdict.REFER))
    assert store.invitation("t1", since=NOW).link is Link.OPEN
    assert store.invitation("t1", since=NOW + timedelta(seconds=1)).link is Link.EXPIRED
    assert store.invitation("t2", since=NOW).link is Link.UNKNOWN
    assert store.invitation("t3", since=NOW).link is Link.UNKNOWN


def test_a_terminal_taken_out_of_service_stays_out(store: Store) -> None:
    store.add_terminal(b"certificate", "T-001")
    store.add_terminal(b"its next certificate", "T-001")
    store.add_terminal(b"another's", "T-002")
    assert store.terminal(b"certificate") == Terminal("T-001", in_service=True)
    assert store.revoke("T-001") == 2
    store.add_terminal(b"certificate", "T-001")
    assert store.terminal(b"certificate") == Terminal("T-001", in_service=False)
    assert store.terminal(b"another's") == Terminal("T-002", in_service=True)
    assert store.terminal(b"nobody's") is None


def _issued(name: str, when: datetime) -> bytes:
    ca = sandbox.authority("A")
    key = ec.generate_private_key(ec.SECP256R1()).public_key()
    made = Authority(ca.certificate, ca.key).issue(name, key, now=when.timestamp())
    return made.public_bytes(Encoding.DER)


def test_a_certificate_whose_name_is_expected_is_admitted_and_stays_known(store: Store) -> None:
    certificate = _issued("T-003", NOW)
    assert store.terminal(certificate) is None
    store.expect("T-003", now=NOW)
    assert store.terminal(certificate) == Terminal("T-003", in_service=True)
    assert store.terminal(_issued("T-004", NOW)) is None
    assert store.revoke("T-003") == 1
    assert store.terminal(certificate) == Terminal("T-003", in_service=False)
    assert store.terminal(_issued("T-003", NOW)) is None


def test_what_the_machine_before_has_is_not_admitted_for_its_successor(store: Store) -> None:
    stolen = _issued("T-003", NOW - timedelta(days=2))
    store.expect("T-003", now=NOW)
    assert store.terminal(stolen) is None
    assert store.terminal(_issued("T-003", NOW)) is not None


def test_an_error_of_the_database_does_not_carry_what_was_to_be_kept(url: str) -> None:
    shapeless = Store(url)
    with pytest.raises(sa.exc.DBAPIError) as caught:
        keep(shapeless, replace(ENTRY, sealed=b"CANARY", reference="CANARY"))
    assert "CANARY" not in str(caught.value)
    shapeless.close()


def test_every_commit_is_synced(tmp_path: Path) -> None:
    with (
        opened(f"sqlite:///{tmp_path / 'register.db'}") as store,
        store.engine.connect() as connection,
    ):
        answers = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous")
        ]
    assert answers == ["wal", 2]


def test_every_migration_can_be_taken_back_and_made_again(url: str) -> None:
    with opened(url) as store:
        keep(store, ENTRY)
        downgrade(store.engine, "0001")
        upgrade(store.engine)
        assert store.stored("r1") is not None
        downgrade(store.engine, "base")
        upgrade(store.engine)
        assert store.stored("r1") is None
