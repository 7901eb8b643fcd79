"""Whether this terminal takes a release now: every ground to wait or refuse, in one order.

NO I/O. Two signatures must agree: the offline signers name the release and how far back a
terminal may go (`Signed`); the fleet's online key says who may take it now (`Rollout`).
"""

from dataclasses import dataclass
from enum import StrEnum

from wire.rollout import Artifact, Rollout, bucket, numbers


class Answer(StrEnum):
    """What becomes of an offer; values are stable codes."""

    TAKE = "update.take"
    UNSIGNED = "update.unsigned"
    """The offline signers did not name what the rollout names: somebody holds its key."""
    TOO_OLD = "update.too_old"
    """Older than the signers allow this terminal to go back, or a step back nobody asked for."""
    FOREIGN_PYTHON = "update.foreign_python"
    KNOWN_BAD = "update.known_bad"
    RUNS_ALREADY = "update.runs_already"
    UNDER_WAY = "update.under_way"
    PAUSED = "update.paused"
    OTHER_HARDWARE = "update.other_hardware"
    OTHER_SITE = "update.other_site"
    EXCLUDED = "update.excluded"
    NOT_YET = "update.not_yet"
    """Its time has not come, or its wave."""
    OUTSIDE_WINDOW = "update.outside_window"
    CITIZEN_HERE = "update.citizen_here"


REFUSALS = frozenset({Answer.UNSIGNED, Answer.TOO_OLD, Answer.FOREIGN_PYTHON})
"""An honest fleet never causes these: they are told as security events."""


@dataclass(frozen=True, slots=True)
class Signed:
    """What the offline signers say about a release."""

    artifact: Artifact
    floor: str
    """No terminal that ran this release goes back below that version."""
    python: str


@dataclass(frozen=True, slots=True)
class Terminal:
    """What this terminal is and runs."""

    name: str
    model: str
    district: str
    python: str
    """Empty where the release needs no interpreter of its own."""
    runs: str
    floor: str
    """The highest floor of any release confirmed here."""
    bad: frozenset[str] = frozenset()
    trial: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """When it is asked."""

    at_ms: int
    minute: int
    """Of the local day."""
    citizen_here: bool


def answer(rollout: Rollout, signed: Signed | None, terminal: Terminal, now: Moment) -> Answer:
    """Return what this terminal does about a rollout now."""
    return (
        _refused(rollout, signed, terminal)
        or _settled(rollout, terminal)
        or _not_for_us(rollout, terminal)
        or _not_now(rollout, terminal, now)
        or Answer.TAKE
    )


def _refused(rollout: Rollout, signed: Signed | None, terminal: Terminal) -> Answer | None:
    wanted = rollout.artifact
    if signed is None or signed.artifact != wanted:
        return Answer.UNSIGNED
    version = numbers(wanted.version)
    back = version < numbers(terminal.runs)
    if version < numbers(terminal.floor) or (back and not rollout.go_back):
        return Answer.TOO_OLD
    if terminal.python and signed.python != terminal.python:
        return Answer.FOREIGN_PYTHON
    return None


def _settled(rollout: Rollout, terminal: Terminal) -> Answer | None:
    version = rollout.artifact.version
    if version == terminal.runs:
        return Answer.RUNS_ALREADY
    if version in terminal.bad:
        return Answer.KNOWN_BAD
    return Answer.UNDER_WAY if terminal.trial else None


def _not_for_us(rollout: Rollout, terminal: Terminal) -> Answer | None:
    if terminal.name in rollout.excluded:
        return Answer.EXCLUDED
    if rollout.models and terminal.model not in rollout.models:
        return Answer.OTHER_HARDWARE
    if rollout.districts and terminal.district not in rollout.districts:
        return Answer.OTHER_SITE
    return None


def _not_now(rollout: Rollout, terminal: Terminal, now: Moment) -> Answer | None:
    if rollout.paused:
        return Answer.PAUSED
    ours = terminal.name in rollout.named or bucket(rollout.id, terminal.name) < rollout.share
    if not ours or now.at_ms < rollout.not_before:
        return Answer.NOT_YET
    if not rollout.urgent and not rollout.window.holds(now.minute):
        return Answer.OUTSIDE_WINDOW
    return Answer.CITIZEN_HERE if now.citizen_here else None
