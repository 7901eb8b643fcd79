"""The end of an account: what is erased at once, what is kept, and until when.

Rule 1: closing erases name, birth, e-mail, template and the way of the phone to it in one
transaction, revokes the certificate, and frees the number to be enrolled again.
Rule 2: what stays names nobody by itself, except the certificate, public by nature: the
record's row with its keyed digest, ledger, trail, and how the identity was verified. It
goes after the time of the settings.
Rule 3: an account that no phone opened while its link was good is closed by the register.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa

from enrolment import ledger
from enrolment.ledger import Act, Consented, Consents, Done
from enrolment.moments import moment
from enrolment.tables import (
    ENROLLED,
    accounts,
    acts,
    certificates,
    challenges,
    consents,
    guardian_consents,
    records,
    templates,
)

_AT_ONCE = 500


class Why(StrEnum):
    """Who ended an account; the values are acts of the trail."""

    CLOSED = Act.CLOSED.value
    """Its holder, on the phone."""
    UNGUARDED = Act.CLOSED_BY_GUARDIAN.value
    """The guardian of a minor, who withdrew."""
    LAPSED = Act.LAPSED.value
    """The register: no phone opened it in time."""


@dataclass(frozen=True, slots=True)
class Kept:
    """For how long."""

    link_lasts: timedelta
    """A record's link opens an account."""
    closed_for: timedelta
    """What an account leaves behind is kept."""


class Closing:
    """Ends accounts; for any number of threads and processes."""

    def __init__(self, engine: sa.Engine, kept: Kept, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._clock = clock
        self.kept = kept

    def close(self, record_id: str, *, language: str) -> None:
        """Close an account on its holder's word, which is noted in the ledger."""
        with self._engine.begin() as connection:
            given = {row.purpose: row for row in ledger.consents_of(connection, record_id)}
            at = moment(self._clock())
            withdrawn = [
                (record_id, Consented(row.purpose, row.statement, language, False, at))
                for row in given.values()
                if row.choice and row.purpose is not Consents.GUARDIAN
            ]
            if end(connection, [record_id], Why.CLOSED, at=at) and withdrawn:
                ledger.agree(connection, withdrawn)
        overwrite(self._engine)

    def tidy(self) -> tuple[int, int]:
        """Close what lapsed, drop what was kept for long enough; return how many of each."""
        now = self._clock()
        with self._engine.begin() as connection:
            lapsed = self._lapsed(connection, since=now - self.kept.link_lasts)
            end(connection, lapsed, Why.LAPSED, at=moment(now))
            dropped = self._outlived(connection, before=now - self.kept.closed_for)
            drop(connection, dropped)
        if lapsed or dropped:
            overwrite(self._engine)
        return len(lapsed), len(dropped)

    def _lapsed(self, connection: sa.Connection, *, since: datetime) -> list[str]:
        wanted = sa.select(records.c.record_id).where(
            ENROLLED, records.c.linked_at.is_(None), records.c.received_at < moment(since)
        )
        return [*connection.execute(wanted.limit(_AT_ONCE)).scalars()]

    def _outlived(self, connection: sa.Connection, *, before: datetime) -> list[str]:
        wanted = sa.select(records.c.record_id).where(records.c.closed_at < moment(before))
        return [*connection.execute(wanted.limit(_AT_ONCE)).scalars()]


def end(connection: sa.Connection, record_ids: Sequence[str], why: Why, *, at: str) -> list[str]:
    """Close accounts in the transaction of whatever ends them; return those that were open.

    One that a phone opens at the same moment does not lapse.
    """
    if not record_ids:
        return []
    closed = records.update().where(records.c.record_id.in_(sorted(record_ids)), ENROLLED)
    if why is Why.LAPSED:
        closed = closed.where(records.c.linked_at.is_(None))
    done = closed.values(closed_at=at).returning(records.c.record_id)
    ended = [*connection.execute(done).scalars()]
    if not ended:
        return []
    connection.execute(
        accounts.update()
        .where(accounts.c.record_id.in_(ended))
        .values(details=b"", email=None, phone_digest=None)
    )
    connection.execute(
        certificates.update()
        .where(certificates.c.record_id.in_(ended), certificates.c.revoked_at.is_(None))
        .values(revoked_at=at)
    )
    connection.execute(challenges.delete().where(challenges.c.record_id.in_(ended)))
    gone = templates.delete().where(templates.c.record_id.in_(ended))
    destroyed = connection.execute(gone.returning(templates.c.record_id)).scalars()
    noted = [(record_id, Done(Act.TEMPLATE_DESTROYED, at)) for record_id in destroyed]
    noted += [(record_id, Done(Act(why.value), at)) for record_id in ended]
    ledger.note(connection, noted)
    return ended


def drop(connection: sa.Connection, record_ids: Sequence[str]) -> None:
    """Delete all that accounts left behind."""
    if record_ids:
        for table in (accounts, consents, acts, certificates, guardian_consents, records):
            connection.execute(table.delete().where(table.c.record_id.in_(record_ids)))


def overwrite(engine: sa.Engine) -> None:
    """See that what was deleted is gone from SQLite's log too; its pages are overwritten.

    If somebody is reading, the next checkpoint does it. PostgreSQL: docs/register.md.
    """
    if engine.dialect.name == "sqlite":
        raw = engine.raw_connection()
        try:
            raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            raw.close()
