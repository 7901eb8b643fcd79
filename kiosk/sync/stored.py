"""What the outbox says of its records, and how it fails; nothing here is personal.

Our exception hierarchy::

    OutboxError               carries a stable `code`
    ├── OutboxFull            as many or as old records wait as the settings allow
    └── OutboxWriteFailed     the record could not be made durable
"""

from dataclasses import dataclass
from enum import StrEnum

from wire.record import Verdict


class OutboxError(Exception):
    """Something about the outbox; carries a stable `code` and no content."""

    code = "outbox.write_failed"


class OutboxFull(OutboxError):
    """As many or as old records wait as the settings allow."""

    code = "outbox.full"


class OutboxWriteFailed(OutboxError):
    """The record could not be made durable."""

    code = "outbox.write_failed"


class OutboxState(StrEnum):
    """Where a record is."""

    QUEUED = "queued"
    DELIVERED = "delivered"
    SET_ASIDE = "set_aside"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is known of a record."""

    state: OutboxState
    verdict: Verdict | None
    """The register's, once delivered."""
    linked: bool
    """Whether the citizen's phone has finished."""
    attempts: int
    code: str
    """Why the last attempt failed, empty if none did."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A record whose turn has come."""

    record_id: str
    key_id: str
    attempts: int
    sealed: bytes

    def __repr__(self) -> str:
        return f"<Waiting {len(self.sealed)} bytes>"


@dataclass(frozen=True, slots=True)
class Counts:
    """How full the outbox is."""

    queued: int
    set_aside: int
    delivered: int
    oldest_age_s: float
    """Of the queued ones; 0 when none waits."""
