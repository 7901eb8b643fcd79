"""Which orders want a second person, how long they hold, and how one moves on. NO I/O."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from wire.commands import Order, Progress
from wire.failures import Failure

DANGEROUS: Final = frozenset({Order.REBOOT, Order.ROTATE_CERTIFICATE})
"""What may leave a terminal dead until somebody drives there."""
MANY: Final = 10
"""More terminals than this at once are as dangerous, whatever the order."""
MOST: Final = 500
LASTS_S: Final = 3600
LONGEST_S: Final = 86_400
SILENT_S: Final = 3600
"""An order that runs for so long after its end of validity has failed."""


class State(StrEnum):
    """Where a command stands."""

    ASKED = "asked"
    """Waits for a second person."""
    QUEUED = "queued"
    DELIVERED = "delivered"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


ENDED: Final = frozenset({State.DONE, State.FAILED, State.EXPIRED, State.WITHDRAWN})
OPEN: Final = frozenset(State) - ENDED
_UNSENT: Final = frozenset({State.ASKED, State.QUEUED})
_SENT: Final = frozenset({State.DELIVERED, State.RUNNING})
_PROGRESS: Final[Mapping[Progress, State]] = MappingProxyType(
    {
        Progress.RUNNING: State.RUNNING,
        Progress.DONE: State.DONE,
        Progress.FAILED: State.FAILED,
    }
)


def wants_second(order: Order, terminals: int) -> bool:
    """Say whether somebody else has to approve."""
    return order in DANGEROUS or terminals > MANY


def told(state: State, progress: Progress, failure: Failure | None) -> State | None:
    """Return where a command stands once its terminal has told of it; None if it stays.

    What has ended stays as it ended, but for one thing: a command that was called expired
    and was done all the same is done.
    """
    after = _PROGRESS[progress]
    if failure is Failure.COMMAND_EXPIRED:
        after = State.EXPIRED
    if state in _SENT:
        return after if after is not state else None
    if state is State.EXPIRED and after is State.DONE:
        return after
    return None


def expired(state: State, *, expires_at: int, now: int) -> tuple[State, Failure] | None:
    """Return how a command ends by the clock alone; None if it does not."""
    if state in _UNSENT | {State.DELIVERED} and now >= expires_at:
        return State.EXPIRED, Failure.COMMAND_EXPIRED
    if state is State.RUNNING and now >= expires_at + SILENT_S:
        return State.FAILED, Failure.COMMAND_SILENT
    return None
