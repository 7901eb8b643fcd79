"""What becomes of a rollout now: go on, wait, tell people, or stop.

NO I/O. Rule 1: who was there when the release was offered, began to switch and fell silent, has
failed; silence is never success.
Rule 2: who was not there is neither success nor failure, and joins when it comes back; who was
there since the wave began, and is not any more, holds it until it comes back or people decide.
Rule 3: a stopped rollout never starts by itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from fleet.rollout.plan import Plan
from fleet.rollout.stop import NONE, Sessions, failing, sessions_fell, too_many_fail

PRESENT_WITHIN_S: Final = 300.0
"""Who was heard so lately can be reached."""


class Progress(StrEnum):
    """How far a terminal came, by its own word."""

    WAITING = "waiting"
    """Not offered, or not begun: its wave, window or citizen is in the way."""
    SWITCHING = "switching"
    CONFIRMED = "confirmed"
    UNDONE = "undone"
    """The terminal went back to what it ran before."""
    CRASHED = "crashed"
    """It runs on, and ended without a word since it said that it works."""
    HAD = "had"
    """It ran that version before the rollout began: no evidence either way."""


class Act(StrEnum):
    """What is done about a rollout."""

    WAIT = "wait"
    NEXT_WAVE = "next_wave"
    STOP = "stop"
    DONE = "done"


class Reason(StrEnum):
    """Why."""

    FAILURES = "failures"
    SESSIONS = "sessions"
    UNCONFIRMED = "unconfirmed"
    SOAKING = "soaking"
    STALLED = "stalled"
    WELL = "well"


@dataclass(frozen=True, slots=True)
class Member:
    """A terminal in a rollout."""

    name: str
    wave: int
    progress: Progress = Progress.WAITING
    since_s: float = 0.0
    """When it came so far."""
    heard_s: float = 0.0
    before: Sessions = NONE
    after: Sessions = NONE


@dataclass(frozen=True, slots=True)
class Decision:
    """What is done now, and the figures it stands on."""

    act: Act
    reason: Reason
    failed: int
    confirmed: int
    reachable: int
    probability: float
    """That more fail than is tolerable."""


def has_failed(member: Member, plan: Plan, now_s: float) -> bool:
    """Say whether a terminal counts as failed."""
    silent = now_s - member.since_s > plan.silent_after_s
    failed = member.progress in {Progress.UNDONE, Progress.CRASHED}
    return failed or (member.progress is Progress.SWITCHING and silent)


def decide(
    plan: Plan, wave: int, began_s: float, members: Iterable[Member], now_s: float
) -> Decision:
    """Decide about the wave that is under way.

    Args:
        plan: its steps and limits.
        wave: its number.
        began_s: when it began.
        members: all terminals of the rollout.
        now_s: the time.
    """
    reached = [
        member for member in members if member.wave <= wave and member.progress is not Progress.HAD
    ]
    failed = sum(has_failed(member, plan, now_s) for member in reached)
    confirmed = [member for member in reached if member.progress is Progress.CONFIRMED]
    present = [
        member
        for member in reached
        if member.progress is not Progress.WAITING
        or now_s - member.heard_s <= PRESENT_WITHIN_S
        or member.heard_s >= began_s
    ]

    def said(act: Act, reason: Reason) -> Decision:
        chance = failing(failed, len(confirmed))
        return Decision(act, reason, failed, len(confirmed), len(present), chance)

    if too_many_fail(failed, len(confirmed)):
        return said(Act.STOP, Reason.FAILURES)
    if sessions_fell(_sum(one.before for one in confirmed), _sum(one.after for one in confirmed)):
        return said(Act.STOP, Reason.SESSIONS)
    return said(*_goes_on(plan, wave, (began_s, now_s), confirmed, len(present)))


def _goes_on(
    plan: Plan, wave: int, times: tuple[float, float], confirmed: list[Member], present: int
) -> tuple[Act, Reason]:
    began_s, now_s = times
    enough = max(1, -int(-plan.confirmed_share * present // 1))
    last = wave == len(plan.waves) - 1
    stalled = now_s - began_s > plan.stalled_after_s
    if len(confirmed) < enough:
        return Act.WAIT, Reason.STALLED if stalled else Reason.UNCONFIRMED
    well_since_s = sorted(one.since_s for one in confirmed)[enough - 1]
    if last:
        return Act.DONE, Reason.WELL
    if now_s - max(well_since_s, began_s) < plan.waves[wave].soak_s:
        return Act.WAIT, Reason.SOAKING
    return Act.NEXT_WAVE, Reason.WELL


def _sum(sessions: Iterable[Sessions]) -> Sessions:
    every = list(sessions)
    return Sessions(sum(one.ended for one in every), sum(one.completed for one in every))
