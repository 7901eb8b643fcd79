"""What the outbox says of its records, and how it fails; nothing here is personal.

Our exception hierarchy::

    OutboxError               carries a stable `code`
    ├── OutboxFull            as many or as old records wait as the settings allow
    ├── OutboxWriteFailed     the record could not be made durable
    └── PayloadDamaged        a payload is no more what was stored
"""

from dataclasses import dataclass
from enum import StrEnum

from wire.record import SealSuite, Verdict
from wire.trail_head import TrailHead


class OutboxError(Exception):
    """Something about the outbox; carries a stable `code` and no content."""

    code = "outbox.write_failed"


class OutboxFull(OutboxError):
    """As many or as old records wait as the settings allow."""

    code = "outbox.full"


class OutboxWriteFailed(OutboxError):
    """The record could not be made durable."""

    code = "outbox.write_failed"


class PayloadDamaged(OutboxError):
    """A payload is no more what was stored: the disk changed it, or its key."""

    code = "outbox.damaged"

    def __init__(self, record_id: str) -> None:
        super().__init__("a payload does not open under its key")
        self.record_id = record_id


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
    status: int
    """HTTP status of the last answer; 0 if there was none."""
    code: str
    """Why the last attempt failed, empty if it did not."""
    age_s: float
    """Since it was made, by the terminal's clock."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A record whose turn has come."""

    record_id: str
    key_id: str
    suite: SealSuite
    attempts: int
    sealed: bytes
    trail: TrailHead
    """Of the terminal's trail, when a record was stored last."""

    def __repr__(self) -> str:
        return f"<Waiting {len(self.sealed)} bytes>"


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A record that the register refuses for good; it stays sealed."""

    record_id: str
    attempts: int
    status: int
    code: str
    age_s: float


@dataclass(frozen=True, slots=True)
class Counts:
    """How full the outbox is."""

    queued: int
    set_aside: int
    delivered: int
    oldest_age_s: float
    """Of the queued ones; 0 when none waits."""


@dataclass(frozen=True, slots=True)
class Carried:
    """A record that leaves this outbox sealed, for another of the same terminal."""

    record_id: str
    key_id: str
    suite: SealSuite
    created_at: str
    sealed: bytes

    def __repr__(self) -> str:
        return f"<Carried {len(self.sealed)} bytes>"
