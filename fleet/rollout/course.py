"""How a rollout moves from one state to the next, and what a terminal's word makes of it.

NO I/O. Rule 1: whoever asked for a rollout approves nothing of it.
Rule 2: what ended never goes on; whoever wants it again asks again.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from fleet.rollout.decide import Progress


class State(StrEnum):
    """Where a rollout stands."""

    ASKED = "asked"
    """Waits for other people."""
    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"
    """Everybody may take it; who comes back later still does."""
    STOPPED = "stopped"
    """By the rule, for good."""
    ABORTED = "aborted"
    """By people, for good."""
    REPLACED = "replaced"
    """Another of its kind has begun."""
    WITHDRAWN = "withdrawn"
    """Before it began."""


class Move(StrEnum):
    """What is done to a rollout."""

    BEGIN = "begin"
    WITHDRAW = "withdraw"
    PAUSE = "pause"
    RESUME = "resume"
    ABORT = "abort"
    STOP = "stop"
    FINISH = "finish"
    REPLACE = "replace"


OFFERED: Final = frozenset({State.RUNNING, State.PAUSED, State.DONE})
"""What terminals are told of; one of each kind of release at a time."""
OPEN: Final = frozenset({State.ASKED, State.RUNNING, State.PAUSED})
MOVES: Final[Mapping[tuple[State, Move], State]] = MappingProxyType(
    {
        (State.ASKED, Move.BEGIN): State.RUNNING,
        (State.ASKED, Move.WITHDRAW): State.WITHDRAWN,
        (State.RUNNING, Move.PAUSE): State.PAUSED,
        (State.PAUSED, Move.RESUME): State.RUNNING,
        (State.RUNNING, Move.FINISH): State.DONE,
        **{(state, Move.ABORT): State.ABORTED for state in OFFERED},
        **{(state, Move.STOP): State.STOPPED for state in OFFERED},
        # One under way is never pushed aside: people pause, abort, or wait for its end.
        (State.DONE, Move.REPLACE): State.REPLACED,
    }
)


class Told(StrEnum):
    """What a terminal's trail says of one version; values are those of `wire.audit_events`."""

    SWITCHES = "update.switches"
    CONFIRMED = "update.confirmed"
    UNDONE = "update.undone"
    CRASHED = "update.crashed"


PROGRESS: Final[Mapping[Told, Progress]] = MappingProxyType(
    {
        Told.SWITCHES: Progress.SWITCHING,
        Told.CONFIRMED: Progress.CONFIRMED,
        Told.UNDONE: Progress.UNDONE,
        Told.CRASHED: Progress.CRASHED,
    }
)


def approvals(*, urgent: bool) -> int:
    """Return how many other people must approve."""
    return 2 if urgent else 1
