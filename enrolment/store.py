"""What the register keeps of records: what is needed to answer, and referrals sealed as they came.

Rule 1: nothing personal in a column: the number is a keyed digest, the rest is sealed.
Rule 2: uniqueness is the database's work, so that two processes cannot store one
record twice or accept one number twice.
"""

import contextlib
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection

from enrolment import trail_heads
from enrolment.accounts import NewAccount
from enrolment.accounts import keep as keep_accounts
from enrolment.activation import Invitation, Link
from enrolment.expected import expect, expected_name, no_more
from enrolment.guardian_requests import use
from enrolment.intake import Stored
from enrolment.matching import Reason
from enrolment.moments import moment
from enrolment.signatures import Stated
from enrolment.tables import ACCEPTED, ENROLLED, nonces, records, terminals
from enrolment.tables import trail_heads as heads
from enrolment.trail_heads import Anchor
from wire.record import Verdict
from wire.trail_head import TrailHead

_BUSY_MS = 10_000


@dataclass(frozen=True, slots=True)
class Entry:
    """A record to be kept."""

    record_id: str
    terminal: str
    digest: str
    key_id: str
    sealed: bytes | None
    """Kept for a referral alone."""
    verdict: Verdict
    reason: Reason | None
    """Why it was not accepted; for officers."""
    number_digest: str
    token_digest: str
    reference: str
    keep_template: bool
    receipt: str
    received_at: str
    account: NewAccount | None = None
    """Of an accepted one."""
    guardian_consent: str = ""
    """Id of the consent that it is accepted by; empty for an adult's."""

    def __repr__(self) -> str:
        return f"<Entry {self.verdict}>"


class Written(Enum):
    """What became of a write."""

    DONE = auto()
    REPLAYED = auto()
    """The signature's nonce was claimed before; nothing was stored."""
    TAKEN = auto()
    """The record id, the number or the token was stored in between, or the guardian's
    consent was withdrawn; look again."""


@dataclass(frozen=True, slots=True)
class Write:
    """What one signed request stores, at once or not at all."""

    signed: Stated | None
    """Whose nonce is claimed; None once it is."""
    entry: Entry | None
    anchor: Anchor | None = None
    """The head of the terminal's trail that came along."""


@dataclass(frozen=True, slots=True)
class Terminal:
    """A terminal whose certificate is known."""

    name: str
    in_service: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """How a record stands."""

    verdict: Verdict
    linked: bool


class Store:
    """The register's database, for any number of threads and processes."""

    def __init__(self, url: str) -> None:
        """Open the database at the SQLAlchemy `url`; `enrolment.migrations` shapes it."""
        # An error would else carry the sealed bytes in its text.
        self.engine = sa.create_engine(url, hide_parameters=True)
        if self.engine.dialect.name == "sqlite":
            sa.event.listen(self.engine, "connect", _prepare_sqlite)
            sa.event.listen(self.engine, "begin", _begin_sqlite)

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()

    def add_terminal(self, certificate: bytes, name: str) -> None:
        """Know the terminal `name` by its certificate (DER); a known one stays as it is."""
        row = {"fingerprint": fingerprint(certificate), "name": name, "in_service": True}
        with self.engine.begin() as connection:
            connection.execute(self._insert(terminals).values(row).on_conflict_do_nothing())

    def terminal(self, certificate: bytes) -> Terminal | None:
        """Return whose certificate (DER) this is; None if nobody's."""
        wanted = sa.select(terminals.c.name, terminals.c.in_service).where(
            terminals.c.fingerprint == fingerprint(certificate)
        )
        with self._reading() as connection:
            row = connection.execute(wanted).one_or_none()
            name = expected_name(connection, certificate) if row is None else None
        if name is None:
            return Terminal(*row) if row else None
        self.add_terminal(certificate, name)
        # It may have been taken out of service in between: what is kept counts.
        with self._reading() as connection:
            return Terminal(*connection.execute(wanted).one())

    def expect(self, name: str, *, now: datetime) -> None:
        """Admit the certificates of the terminal `name` that are issued from now on."""
        with self.engine.begin() as connection:
            expect(connection, name, now=now)

    def revoke(self, name: str) -> int:
        """Take every certificate of a terminal out of service; return how many were in.

        It is expected no more.
        """
        change = (
            terminals.update()
            .where(terminals.c.name == name, terminals.c.in_service)
            .values(in_service=False)
        )
        with self.engine.begin() as connection:
            no_more(connection, name)
            return connection.execute(change).rowcount

    def stored(self, record_id: str) -> Stored | None:
        """Return what is stored under a record id."""
        wanted = sa.select(records.c.terminal, records.c.digest, records.c.receipt).where(
            records.c.record_id == record_id
        )
        with self._reading() as connection:
            row = connection.execute(wanted).one_or_none()
        return Stored(*row) if row else None

    def is_enrolled(self, number_digest: str) -> bool:
        """Say whether a number has an account that is not closed."""
        wanted = sa.select(records.c.record_id).where(
            records.c.number_digest == number_digest, ENROLLED
        )
        with self._reading() as connection:
            return connection.execute(wanted).first() is not None

    def write(self, writes: Sequence[Write]) -> list[Written]:
        """Make all `writes` in one durable transaction; say what became of each.

        A write that lost a race to an earlier one here or elsewhere spoils no other.
        """
        with self.engine.begin() as connection:
            fresh = self._claim(connection, [write.signed for write in writes])
            entries = [
                write.entry if is_fresh else None
                for write, is_fresh in zip(writes, fresh, strict=True)
            ]
            kept = self._keep(connection, entries)
            anchors = [
                write.anchor if is_fresh else None
                for write, is_fresh in zip(writes, fresh, strict=True)
            ]
            self._anchor(connection, anchors)
        return [
            Written.REPLAYED if not is_fresh else Written.DONE if is_kept else Written.TAKEN
            for is_fresh, is_kept in zip(fresh, kept, strict=True)
        ]

    def forget_nonces(self, *, before: int) -> None:
        """Drop the nonces stated before a time, of signatures that count no more."""
        with self.engine.begin() as connection:
            connection.execute(nonces.delete().where(nonces.c.stated_at < before))

    def _claim(self, connection: sa.Connection, signed: Sequence[Stated | None]) -> list[bool]:
        rows = {
            (one.key, one.nonce): {
                "certificate": one.key,
                "nonce": one.nonce,
                "stated_at": one.created,
            }
            for one in signed
            if one is not None
        }
        claimed = self._inserted(
            connection, nonces, [*rows.values()], nonces.c.certificate, nonces.c.nonce
        )
        return [one is None or _took(claimed, (one.key, one.nonce)) for one in signed]

    def _keep(self, connection: sa.Connection, entries: Sequence[Entry | None]) -> list[bool]:
        rows: dict[str, dict[str, Any]] = {}
        minors = [one for one in entries if one is not None and one.guardian_consent]
        holding = use(connection, {one.guardian_consent: one.received_at for one in minors})
        for entry in entries:
            if entry is not None and entry.guardian_consent in holding | {""}:
                rows.setdefault(entry.record_id, _row(entry))
        kept = self._inserted(connection, records, [*rows.values()], records.c.record_id)
        keep_accounts(
            connection,
            {
                entry.record_id: entry.account
                # Of two under one id the first was kept.
                for entry in reversed(entries)
                if entry is not None and entry.account is not None and (entry.record_id,) in kept
            },
        )
        return [entry is None or _took(kept, (entry.record_id,)) for entry in entries]

    def _anchor(self, connection: sa.Connection, anchors: Sequence[Anchor | None]) -> None:
        # The same head again comes with a repeated record: it was judged the first time.
        rows = [trail_heads.row(one) for one in anchors if one is not None and one.is_news]
        self._inserted(connection, heads, rows, heads.c.terminal)

    def _inserted(
        self, connection: sa.Connection, table: sa.Table, rows: list[Any], *named: sa.Column[Any]
    ) -> set[tuple[Any, ...]]:
        if not rows:
            return set()
        insert = self._insert(table).on_conflict_do_nothing().returning(*named)
        return {tuple(row) for row in connection.execute(insert, rows)}

    def trail_head(self, terminal: str) -> TrailHead:
        """Return the longest head of a terminal's trail that contradicted none before."""
        with self._reading() as connection:
            return trail_heads.latest(connection, terminal)

    def standing(self, record_id: str, *, terminal: str) -> Standing | None:
        """Say how a terminal's own record stands; None if it has no such record."""
        wanted = sa.select(records.c.verdict, records.c.linked_at).where(
            records.c.record_id == record_id, records.c.terminal == terminal
        )
        with self._reading() as connection:
            row = connection.execute(wanted).one_or_none()
        return Standing(Verdict(row.verdict), row.linked_at is not None) if row else None

    def invitation(self, token_digest: str, *, since: datetime) -> Invitation:
        """Say what an activation link leads to; one of a record taken before `since` is too old."""
        wanted = sa.select(records.c.reference, records.c.linked_at, records.c.received_at).where(
            records.c.token_digest == token_digest, ACCEPTED
        )
        with self._reading() as connection:
            row = connection.execute(wanted).one_or_none()
        if row is None:
            return Invitation(Link.UNKNOWN)
        if row.linked_at is not None:
            return Invitation(Link.USED, row.reference)
        link = Link.OPEN if row.received_at >= moment(since) else Link.EXPIRED
        return Invitation(link, row.reference)

    def _insert(self, table: sa.Table) -> Any:
        return (sqlite if self.engine.dialect.name == "sqlite" else postgresql).insert(table)

    @contextlib.contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        with self.engine.connect().execution_options(reads_only=True) as connection:
            yield connection


def _row(entry: Entry) -> dict[str, Any]:
    elsewhere = {"account", "guardian_consent"}
    row = {name: getattr(entry, name) for name in Entry.__slots__ if name not in elsewhere}
    reason = entry.reason.value if entry.reason else None
    return row | {"verdict": entry.verdict.value, "reason": reason}


def _took(names: set[tuple[Any, ...]], name: tuple[Any, ...]) -> bool:
    """Say whether `name` was inserted, and by whoever asks first of those in one batch."""
    is_there = name in names
    names.discard(name)
    return is_there


def fingerprint(certificate: bytes) -> str:
    """Return the SHA-256 of a certificate (DER), as terminals are known by it."""
    return hashlib.sha256(certificate).hexdigest()


def _prepare_sqlite(connection: DBAPIConnection, _: Any) -> None:
    # The sqlite3 module would begin transactions by itself, and only before a write.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={_BUSY_MS}",
        "journal_mode=WAL",
        "synchronous=FULL",
        # What is deleted is overwritten: a template withdrawn is gone.
        "secure_delete=ON",
        "foreign_keys=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: sa.Connection) -> None:
    reads = connection.get_execution_options().get("reads_only", False)
    # IMMEDIATE waits for another writer; a deferred transaction that turns into a
    # writer later is refused instead.
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")
