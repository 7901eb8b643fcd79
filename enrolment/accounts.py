"""What the register keeps of an account: details, one phone, one template.

Rule: nothing personal in a column; details, e-mail and template are sealed
(`enrolment.kept`), and a template without consent is no row at all.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

import msgspec
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from enrolment import ledger
from enrolment.closing import overwrite
from enrolment.ledger import Act, Consented, Done
from enrolment.moments import moment
from enrolment.tables import (
    ENROLLED,
    accounts,
    acts,
    certificates,
    challenges,
    guardian_consents,
    records,
    templates,
)


@dataclass(frozen=True, slots=True, repr=False)
class Template:
    """A facial template, sealed."""

    kind: str
    """Which comparison made it."""
    sealed: bytes


class Details(msgspec.Struct, frozen=True):
    """What of the holder an account needs; sealed."""

    name: str
    birth: str


@dataclass(frozen=True, slots=True, repr=False)
class NewAccount:
    """What is kept with an accepted record."""

    accepted_at: str
    details: bytes
    evidence: str
    """How the identity was verified: no image, nothing personal."""
    consents: tuple[Consented, ...]
    template: Template | None


@dataclass(frozen=True, slots=True, repr=False)
class Opening:
    """What finishes an account on a phone."""

    product: str
    email: bytes
    phone_digest: str
    certificate: "Certificate | None" = None


@dataclass(frozen=True, slots=True, repr=False)
class Certificate:
    """A signing certificate that was issued."""

    serial: str
    certificate: bytes
    evidence_digest: str


@dataclass(frozen=True, slots=True, repr=False)
class Account:
    """An account as it is kept."""

    record_id: str
    reference: str
    product: str | None
    details: bytes
    evidence: str


class Opened(Enum):
    """What became of an activation."""

    DONE = auto()
    GONE = auto()
    """Somebody else just finished it, or it is too old."""
    PHONE_TAKEN = auto()
    """This phone has an account already."""


class Reserved(Enum):
    """Whether a try at step-up authentication may be made."""

    GO = auto()
    LOCKED = auto()
    GONE = auto()
    """The challenge was used, is too old, or is another account's."""


def keep(connection: sa.Connection, new: Mapping[str, NewAccount]) -> None:
    """Add accounts, in the transaction that stores their records: a statement a table."""
    if not new:
        return
    rows = [
        {"record_id": name, "details": one.details, "evidence": one.evidence}
        for name, one in new.items()
    ]
    connection.execute(accounts.insert(), rows)
    ledger.agree(connection, [(name, row) for name, one in new.items() for row in one.consents])
    kept = {name: one.template for name, one in new.items() if one.template is not None}
    if kept:
        connection.execute(
            templates.insert(), [{"record_id": name, **asdict(one)} for name, one in kept.items()]
        )
    done = [(name, Act.ACCEPTED) for name in new] + [(name, Act.TEMPLATE_KEPT) for name in kept]
    ledger.note(connection, [(name, Done(act, new[name].accepted_at)) for name, act in done])


class Accounts:
    """Accounts in the register's database, for any number of threads and processes."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def open(self, token_digest: str, opening: Opening, *, at: datetime, since: datetime) -> Opened:
        """Finish the account behind an activation token: one token, one phone, once.

        Args:
            token_digest: of the token in the link.
            opening: what the phone chose.
            at: now.
            since: links of records taken before this lead nowhere any more.
        """
        used = (
            records.update()
            .where(
                records.c.token_digest == token_digest,
                ENROLLED,
                records.c.linked_at.is_(None),
                records.c.received_at >= moment(since),
            )
            .values(linked_at=moment(at))
            .returning(records.c.record_id)
        )
        try:
            with self._engine.begin() as connection:
                record_id = connection.execute(used).scalar_one_or_none()
                if record_id is None:
                    return Opened.GONE
                self._open(connection, record_id, opening, at=moment(at))
        except IntegrityError:
            return Opened.PHONE_TAKEN
        return Opened.DONE

    def _open(
        self, connection: sa.Connection, record_id: str, opening: Opening, *, at: str
    ) -> None:
        chosen = {
            "product": opening.product,
            "email": opening.email,
            "phone_digest": opening.phone_digest,
        }
        connection.execute(
            accounts.update().where(accounts.c.record_id == record_id).values(chosen)
        )
        ledger.note(connection, [(record_id, Done(Act.OPENED, at))])
        if opening.certificate is not None:
            issued = {"record_id": record_id, **asdict(opening.certificate)}
            connection.execute(certificates.insert().values(issued))
            ledger.note(connection, [(record_id, Done(Act.CERTIFIED, at))])

    def of_token(self, token_digest: str) -> Account | None:
        """Return the account behind an activation token, unless it is closed."""
        return self._one(sa.and_(records.c.token_digest == token_digest, ENROLLED))

    def of_phone(self, phone_digest: str) -> Account | None:
        """Return the account that was finished on a phone."""
        return self._one(accounts.c.phone_digest == phone_digest)

    def of_consent(self, consent_id: str) -> Account | None:
        """Return the open account that stands on a guardian's consent."""
        record_id = (
            sa.select(guardian_consents.c.record_id)
            .where(guardian_consents.c.consent_id == consent_id)
            .scalar_subquery()
        )
        return self._one(sa.and_(records.c.record_id == record_id, ENROLLED))

    def _one(self, condition: sa.ColumnElement[bool]) -> Account | None:
        wanted = (
            sa.select(
                accounts.c.record_id,
                records.c.reference,
                accounts.c.product,
                accounts.c.details,
                accounts.c.evidence,
            )
            .join(records, records.c.record_id == accounts.c.record_id)
            .where(condition)
        )
        with self._engine.connect() as connection:
            row = connection.execute(wanted).one_or_none()
        return Account(*row) if row else None

    def ledger(self, record_id: str) -> list[Consented]:
        """Return every consent and withdrawal, the oldest first."""
        with self._engine.connect() as connection:
            return ledger.consents_of(connection, record_id)

    def trail(self, record_id: str) -> list[Done]:
        """Return every act, the oldest first."""
        with self._engine.connect() as connection:
            return ledger.acts_of(connection, record_id)

    def certificate(self, record_id: str) -> Certificate | None:
        """Return the signing certificate of an account."""
        wanted = sa.select(
            certificates.c.serial, certificates.c.certificate, certificates.c.evidence_digest
        ).where(certificates.c.record_id == record_id)
        with self._engine.connect() as connection:
            row = connection.execute(wanted).one_or_none()
        return Certificate(*row) if row else None

    def revoked(self) -> list[tuple[str, datetime]]:
        """Return the serial numbers of revoked certificates, and when they were."""
        wanted = sa.select(certificates.c.serial, certificates.c.revoked_at).where(
            certificates.c.revoked_at.is_not(None)
        )
        with self._engine.connect() as connection:
            return [
                (row.serial, datetime.fromisoformat(row.revoked_at))
                for row in connection.execute(wanted)
            ]

    def template(self, record_id: str) -> Template | None:
        """Return the template of an account; None if its holder wants none kept."""
        wanted = sa.select(templates.c.kind, templates.c.sealed).where(
            templates.c.record_id == record_id
        )
        with self._engine.connect() as connection:
            row = connection.execute(wanted).one_or_none()
        return Template(*row) if row else None

    def withdraw(self, record_id: str, withdrawn: Consented) -> None:
        """Note a withdrawal and destroy the template, at once."""
        with self._engine.begin() as connection:
            ledger.agree(connection, [(record_id, withdrawn)])
            gone = templates.delete().where(templates.c.record_id == record_id)
            if connection.execute(gone).rowcount:
                ledger.note(connection, [(record_id, Done(Act.TEMPLATE_DESTROYED, withdrawn.at))])
        overwrite(self._engine)

    def challenge(self, record_id: str, digest: str, *, given_at: int) -> None:
        """Remember a challenge that was given."""
        row = {"digest": digest, "record_id": record_id, "given_at": given_at}
        with self._engine.begin() as connection:
            connection.execute(challenges.insert().values(row))

    def reserve(
        self, record_id: str, digest: str, *, at: datetime, lasts: timedelta, tries: int,
        within: timedelta,
    ) -> Reserved:  # fmt: skip
        """Use a challenge up and count a try, before anything is compared.

        Args:
            record_id: whose account.
            digest: of the challenge.
            at: now.
            lasts: how long a challenge may be answered.
            tries: so many may be made without passing...
            within: ...in this time.
        """
        with self._engine.begin() as connection:
            # Whoever tries in parallel waits here, so that the count holds.
            connection.execute(
                sa.select(accounts.c.record_id)
                .where(accounts.c.record_id == record_id)
                .with_for_update()
            )
            used = challenges.delete().where(
                challenges.c.digest == digest, challenges.c.record_id == record_id
            )
            given_at = connection.execute(
                used.returning(challenges.c.given_at)
            ).scalar_one_or_none()
            if given_at is None or at.timestamp() - given_at > lasts.total_seconds():
                return Reserved.GONE
            if self._tried(connection, record_id, since=moment(at - within)) >= tries:
                ledger.note(connection, [(record_id, Done(Act.STEP_UP_LOCKED, moment(at)))])
                return Reserved.LOCKED
            ledger.note(connection, [(record_id, Done(Act.STEP_UP_TRIED, moment(at)))])
        return Reserved.GO

    def _tried(self, connection: sa.Connection, record_id: str, *, since: str) -> int:
        mine = acts.c.record_id == record_id
        passed = sa.select(sa.func.coalesce(sa.func.max(acts.c.id), 0)).where(
            mine, acts.c.act == Act.STEP_UP_PASSED.value
        )
        counted = sa.select(sa.func.count()).where(
            mine,
            acts.c.act == Act.STEP_UP_TRIED.value,
            acts.c.at >= since,
            acts.c.id > passed.scalar_subquery(),
        )
        return connection.execute(counted).scalar_one()

    def note(self, record_id: str, act: Act, *, at: datetime) -> None:
        """Add to the trail of an account."""
        with self._engine.begin() as connection:
            ledger.note(connection, [(record_id, Done(act, moment(at)))])
