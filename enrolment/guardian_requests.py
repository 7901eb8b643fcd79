"""Requests for a guardian's consent, in the register's database; any number of threads.

Rule 1: a request is answered once, by whoever comes first: the database decides.
Rule 2: an answer and its row in the ledger are one transaction, and so are a record and
the use of its consent: nothing counts that can be taken back unseen.
"""

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from enrolment import ledger
from enrolment.closing import Why, end, overwrite
from enrolment.ledger import Consented, Consents
from enrolment.moments import moment
from enrolment.tables import guardian_consents as requests
from wire.guardian import ConsentRequest, ConsentStanding, ConsentState


class Means(StrEnum):
    """How a guardian was known."""

    ACCOUNT = "account"
    """The account on the phone that answered, of an adult."""
    STAND_IN = "stand_in"
    """A tick in place of the guardian's login; in the sandbox alone."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, and how it stands."""

    consent_id: str
    record_id: str
    reference: str
    statement: str
    until: str
    state: ConsentState
    phone_digest: str | None
    """Of the phone that answered."""
    answered_at: str | None
    is_used: bool
    """Whether the record it is for was taken."""

    @property
    def standing(self) -> ConsentStanding:
        """Return what the terminal is told."""
        return ConsentStanding(self.state, self.until)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a guardian decided."""

    choice: bool
    means: Means
    language: str
    phone_digest: str


class GuardianRequests:
    """Keeps requests and answers."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def ask(
        self, consent_id: str, request: ConsentRequest, *, terminal: str, until: datetime
    ) -> bool:
        """Keep a request; False if its id or its token was there before."""
        row = {
            "consent_id": consent_id,
            "terminal": terminal,
            "record_id": request.record_id,
            "reference": request.reference,
            "token_digest": request.token_digest,
            "statement": request.statement,
            "until": moment(until),
        }
        try:
            with self._engine.begin() as connection:
                connection.execute(requests.insert().values(row))
        except IntegrityError:
            return False
        return True

    def same(self, consent_id: str, request: ConsentRequest, *, terminal: str) -> bool:
        """Say whether just this was asked by this terminal under the id."""
        wanted = sa.select(
            requests.c.record_id,
            requests.c.reference,
            requests.c.token_digest,
            requests.c.statement,
        ).where(requests.c.consent_id == consent_id, requests.c.terminal == terminal)
        with self._reading() as connection:
            row = connection.execute(wanted).one_or_none()
        return row is not None and ConsentRequest(*row) == request

    def of_terminal(self, consent_id: str, *, terminal: str, now: datetime) -> Asked | None:
        """Return a terminal's own request; None if it has no such."""
        found = self._all(
            requests.c.consent_id == consent_id, requests.c.terminal == terminal, now=now
        )
        return found[0] if found else None

    def of_token(self, token_digest: str, *, now: datetime) -> Asked | None:
        """Return the request behind the token in a QR; None if there is none."""
        found = self._all(requests.c.token_digest == token_digest, now=now)
        return found[0] if found else None

    def of_phone(self, phone_digest: str, *, now: datetime) -> list[Asked]:
        """Return what was answered on a phone, the oldest first."""
        return self._all(requests.c.phone_digest == phone_digest, now=now)

    def _all(self, *conditions: sa.ColumnElement[bool], now: datetime) -> list[Asked]:
        wanted = sa.select(requests).where(*conditions).order_by(requests.c.answered_at)
        with self._reading() as connection:
            return [_asked(row, now) for row in connection.execute(wanted)]

    def answer(self, token_digest: str, answer: Answer, *, at: datetime) -> bool:
        """Note what a guardian decided; False if another was first, or it is too late."""
        answered = (
            requests.update()
            .where(
                requests.c.token_digest == token_digest,
                requests.c.choice.is_(None),
                requests.c.until >= moment(at),
            )
            .values(
                choice=answer.choice,
                means=answer.means.value,
                phone_digest=answer.phone_digest,
                answered_at=moment(at),
            )
            .returning(requests.c.record_id, requests.c.statement)
        )
        with self._engine.begin() as connection:
            row = connection.execute(answered).one_or_none()
            if row is not None:
                _note(connection, row, answer.language, choice=answer.choice, at=at)
        return row is not None

    def withdraw(
        self, consent_id: str, *, phone_digest: str, language: str, at: datetime, closes: bool
    ) -> bool:
        """Take a consent back; False if there is none to take.

        Args:
            consent_id: which.
            phone_digest: of the phone that gave it; no other can.
            language: of the page.
            at: now.
            closes: whether an account that stood on it is closed with it.
        """
        withdrawn = (
            requests.update()
            .where(
                requests.c.consent_id == consent_id,
                requests.c.phone_digest == phone_digest,
                requests.c.choice,
                requests.c.withdrawn_at.is_(None),
            )
            .values(withdrawn_at=moment(at))
            .returning(requests.c.record_id, requests.c.statement)
        )
        with self._engine.begin() as connection:
            row = connection.execute(withdrawn).one_or_none()
            if row is None:
                return False
            _note(connection, row, language, choice=False, at=at)
            if closes:
                end(connection, [row.record_id], Why.UNGUARDED, at=moment(at))
        overwrite(self._engine)
        return True

    def holds(self, consent_id: str, *, record_id: str, terminal: str) -> bool:
        """Say whether a guardian gave this consent for this very record, and stands by it."""
        wanted = sa.select(requests.c.consent_id).where(
            requests.c.consent_id == consent_id,
            requests.c.record_id == record_id,
            requests.c.terminal == terminal,
            *_HOLDS,
        )
        with self._reading() as connection:
            return connection.execute(wanted).first() is not None

    def forget(self, *, before: datetime) -> int:
        """Drop what was asked before a time and never led to a record; return how many."""
        stale = requests.delete().where(
            requests.c.until < moment(before), requests.c.used_at.is_(None)
        )
        with self._engine.begin() as connection:
            return connection.execute(stale).rowcount

    @contextlib.contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        with self._engine.connect().execution_options(reads_only=True) as connection:
            yield connection


def use(connection: sa.Connection, at: Mapping[str, str]) -> set[str]:
    """Use consents in the transaction that stores their records; return those that still hold.

    Args:
        connection: of the transaction.
        at: the ids of the consents, each with the time of its record.
    """
    if not at:
        return set()
    used = (
        requests.update()
        .where(requests.c.consent_id.in_(sorted(at)), *_HOLDS)
        .values(used_at=sa.func.coalesce(requests.c.used_at, max(at.values())))
        .returning(requests.c.consent_id)
    )
    return set(connection.execute(used).scalars())


_HOLDS = (requests.c.choice, requests.c.withdrawn_at.is_(None))


def _note(
    connection: sa.Connection, row: Any, language: str, *, choice: bool, at: datetime
) -> None:
    said = Consented(Consents.GUARDIAN, row.statement, language, choice, moment(at))
    ledger.agree(connection, [(row.record_id, said)])


def _asked(row: Any, now: datetime) -> Asked:
    return Asked(
        consent_id=row.consent_id,
        record_id=row.record_id,
        reference=row.reference,
        statement=row.statement,
        until=row.until,
        state=_state(row, now),
        phone_digest=row.phone_digest,
        answered_at=row.answered_at,
        is_used=row.used_at is not None,
    )


def _state(row: Any, now: datetime) -> ConsentState:
    if row.withdrawn_at is not None:
        return ConsentState.WITHDRAWN
    if row.choice is not None:
        return ConsentState.GIVEN if row.choice else ConsentState.DECLINED
    return ConsentState.WAITING if row.until >= moment(now) else ConsentState.EXPIRED
