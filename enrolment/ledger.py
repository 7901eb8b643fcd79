"""Consents as a ledger, acts as a trail: both are only added to.

A withdrawal is a row; what it withdraws stays. Nothing here is personal: a row stands
under the id of a record.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum

import sqlalchemy as sa

from enrolment.tables import acts, consents


class Consents(StrEnum):
    """What somebody can consent to."""

    REGISTRATION = "registration"
    """The privacy statement and terms; without it there is no record."""
    TEMPLATE = "template"
    """To keep a facial template for step-up authentication."""
    GUARDIAN = "guardian"
    """That a minor registers: a guardian's, under the minor's record."""


class Act(StrEnum):
    """What can happen to an account."""

    ACCEPTED = "accepted"
    OPENED = "opened"
    CERTIFIED = "certified"
    TEMPLATE_KEPT = "template_kept"
    TEMPLATE_DESTROYED = "template_destroyed"
    STEP_UP_TRIED = "step_up_tried"
    STEP_UP_PASSED = "step_up_passed"
    STEP_UP_FAILED = "step_up_failed"
    STEP_UP_LOCKED = "step_up_locked"
    GUARDED = "guarded"
    """Its holder consented to a minor's registration."""
    UNGUARDED = "unguarded"
    """Its holder withdrew such a consent."""
    CLOSED = "closed"
    """By its holder."""
    CLOSED_BY_GUARDIAN = "closed_by_guardian"
    LAPSED = "lapsed"
    """No phone opened it in time."""


@dataclass(frozen=True, slots=True)
class Consented:
    """One row of the ledger."""

    purpose: Consents
    statement: str
    """Version of the text that was shown."""
    language: str
    choice: bool
    at: str


@dataclass(frozen=True, slots=True)
class Done:
    """One row of the trail."""

    act: Act
    at: str


def agree(connection: sa.Connection, rows: Sequence[tuple[str, Consented]]) -> None:
    """Add to the ledger, each row under its record id."""
    connection.execute(
        consents.insert(),
        [
            {"record_id": record_id, **asdict(row), "purpose": row.purpose.value}
            for record_id, row in rows
        ],
    )


def note(connection: sa.Connection, rows: Sequence[tuple[str, Done]]) -> None:
    """Add to the trail, each act under its record id."""
    connection.execute(
        acts.insert(), [{"record_id": record_id, **asdict(done)} for record_id, done in rows]
    )


def consents_of(connection: sa.Connection, record_id: str) -> list[Consented]:
    """Return every consent and withdrawal, the oldest first."""
    wanted = sa.select(consents).where(consents.c.record_id == record_id).order_by(consents.c.id)
    return [
        Consented(Consents(row.purpose), row.statement, row.language, row.choice, row.at)
        for row in connection.execute(wanted)
    ]


def acts_of(connection: sa.Connection, record_id: str) -> list[Done]:
    """Return every act, the oldest first."""
    wanted = sa.select(acts).where(acts.c.record_id == record_id).order_by(acts.c.id)
    return [Done(Act(row.act), row.at) for row in connection.execute(wanted)]
