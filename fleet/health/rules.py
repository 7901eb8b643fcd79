"""Health rules as versioned data, and how a rule's result follows from a measure.

NO I/O: whoever reads the file hands over its text. No data is a result of its own: it
neither clears an alarm nor raises one of illness.
"""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta

from fleet.health.measures import MEASURES, Subject
from wire.failures import Failure


class BadRules(ValueError):
    """The rules cannot be used; the message says which and why."""


class Severity(StrEnum):
    """Who is told, and when."""

    PAGE = "page"
    WARN = "warn"
    INFO = "info"


class Silence(StrEnum):
    """What no data means."""

    IGNORE = "ignore"
    WARN = "warn"


class Result(StrEnum):
    """What a rule says of a terminal."""

    WELL = "well"
    PENDING = "pending"
    """The condition holds, but not for long enough."""
    ILL = "ill"
    NO_DATA = "no_data"
    """The terminal does not know, or the site is closed."""


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One rule, as `rules.toml` explains it."""

    id: Annotated[str, Meta(pattern="^[a-z_.]{1,40}$")]
    measure: str
    above: float | None = None
    below: float | None = None
    clear: float
    for_s: Annotated[float, Meta(ge=0, le=86_400)]
    open_s: Annotated[float, Meta(ge=0, le=86_400)]
    severity: Severity
    failure: Failure
    silence: Silence

    def holds(self, value: float) -> bool:
        """Say whether the condition holds."""
        return value > self.above if self.above is not None else value < (self.below or 0)

    def is_clear(self, value: float) -> bool:
        """Say whether the measure is back where it must come to."""
        return value <= self.clear if self.above is not None else value >= self.clear


class Rules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All rules of one version."""

    version: Annotated[int, Meta(ge=1)]
    rule: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class State:
    """How one rule stands for one terminal."""

    result: Result = Result.NO_DATA
    since: float = 0.0
    """When the condition began to hold, or the result to be what it is."""
    value: float | None = None
    """The measure at the last look."""


def parse(text: str) -> Rules:
    """Read rules, strictly.

    Raises:
        BadRules: another form than agreed, an unknown measure, a condition that is none.
    """
    try:
        rules = msgspec.convert(tomllib.loads(text), Rules)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as cause:
        raise BadRules(str(cause)) from cause
    for rule in rules.rule:
        if rule.measure not in MEASURES:
            raise BadRules(f"{rule.id}: no measure {rule.measure}")
        if (rule.above is None) == (rule.below is None):
            raise BadRules(f"{rule.id}: exactly one of above and below")
        if rule.holds(rule.clear):
            raise BadRules(f"{rule.id}: it would hold and be clear at once")
    if len({rule.id for rule in rules.rule}) != len(rules.rule):
        raise BadRules("two rules have one id")
    return rules


def judged(rule: Rule, state: State, subject: Subject, now: float, *, open_for_s: float) -> State:
    """Return how a rule stands after a look at `now`.

    Args:
        rule: the rule.
        state: how it stood before.
        subject: what the terminal told last.
        now: seconds since 1970.
        open_for_s: for how long the site has been open; 0 while it is closed.
    """
    if open_for_s < rule.open_s:
        return _to(state, Result.NO_DATA, now, None)
    value = MEASURES[rule.measure](subject)
    if value is None:
        # What is ill stays ill until it is seen to be well.
        return state if state.result is Result.ILL else _to(state, Result.NO_DATA, now, None)
    if state.result is Result.ILL:
        return _to(state, Result.WELL if rule.is_clear(value) else Result.ILL, now, value)
    if not rule.holds(value):
        return _to(state, Result.WELL, now, value)
    pending = _to(state, Result.PENDING, now, value)
    if now - pending.since >= rule.for_s:
        return State(Result.ILL, now, value)
    return pending


def is_finding(rule: Rule, state: State, now: float) -> bool:
    """Say whether somebody should be told: illness, or no data where that matters."""
    if state.result is Result.ILL:
        return True
    unknown = state.result is Result.NO_DATA and rule.silence is Silence.WARN
    return unknown and now - state.since >= max(rule.for_s, 600)


def _to(state: State, result: Result, now: float, value: float | None) -> State:
    if state.result is not result:
        return State(result, now, value)
    # Mostly nothing changed: a hundred thousand new objects at each look would be for nothing.
    return state if state.value == value else State(result, state.since, value)
