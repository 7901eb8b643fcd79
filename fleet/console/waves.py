"""What the page of a rollout draws: its waves, and in each every terminal. NO I/O."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from fleet.rollout.course import State
from fleet.rollout.decide import Member, Progress, has_failed
from fleet.rollout.plan import Plan
from wire.rollout import BUCKETS

MOST_DOTS: Final = 600
BAR: Final = 1000
_GOING: Final = frozenset({State.RUNNING, State.PAUSED})
_HALTED: Final = frozenset({State.STOPPED, State.ABORTED})


class Mark(StrEnum):
    """How a terminal of a rollout looks; in the order in which it is drawn."""

    UNDONE = "undone"
    CRASHED = "crashed"
    SILENT = "silent"
    SWITCHING = "switching"
    WAITING = "waiting"
    OUT = "out"
    HAD = "had"
    CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True)
class Dot:
    """One terminal."""

    name: str
    mark: Mark
    since: int


@dataclass(frozen=True, slots=True)
class Part:
    """One stretch of a wave's bar."""

    mark: Mark
    count: int
    x: float
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Wave:
    """One wave."""

    number: int
    percent: int
    """Of all terminals, with the waves before it; 0 for canaries alone."""
    reached: bool
    now: bool
    halted: bool
    """The one in which it was stopped or aborted."""
    soak_s: float
    size: int
    dots: list[Dot]
    """None of them where they are too many to be told apart."""
    bar: list[Part]


def mark_of(row: Mapping[str, Any], plan: Plan, now: float) -> Mark:
    """Return how a terminal looks."""
    progress = Progress(row["progress"])
    member = Member("", row["wave"], progress, float(row["since"]))
    if progress is Progress.SWITCHING and has_failed(member, plan, now):
        return Mark.SILENT
    if progress is Progress.WAITING and row["excluded"]:
        return Mark.OUT
    return Mark(progress.value)


def waves(rollout: Mapping[str, Any], rows: Iterable[Mapping[str, Any]], now: float) -> list[Wave]:
    """Return the waves of a rollout with the terminals in them."""
    plan: Plan = rollout["plan"]
    there: dict[int, list[tuple[Mark, Mapping[str, Any]]]] = {}
    for row in rows:
        there.setdefault(row["wave"], []).append((mark_of(row, plan, now), row))
    made = []
    for number, wave in enumerate(plan.waves):
        marked = sorted(
            there.get(number, ()), key=lambda one: (list(Mark).index(one[0]), one[1]["name"])
        )
        began = rollout["begun_at"] is not None
        made.append(
            Wave(
                number=number,
                percent=round(100 * wave.share / BUCKETS),
                reached=began and number <= rollout["wave"],
                now=began and number == rollout["wave"] and rollout["state"] in _GOING,
                halted=began and number == rollout["wave"] and rollout["state"] in _HALTED,
                soak_s=wave.soak_s,
                size=len(marked),
                dots=_dots(marked) if len(marked) <= MOST_DOTS else [],
                bar=_bar(Counter(mark for mark, _ in marked), len(marked)),
            )
        )
    return made


def _dots(marked: list[tuple[Mark, Mapping[str, Any]]]) -> list[Dot]:
    return [Dot(row["name"], mark, row["since"]) for mark, row in marked]


def _bar(counts: Counter[Mark], size: int) -> list[Part]:
    parts, x = [], 0.0
    for mark in Mark:
        if counts[mark]:
            width = BAR * counts[mark] / size
            parts.append(Part(mark, counts[mark], round(x, 1), round(width, 1)))
            x += width
    return parts
