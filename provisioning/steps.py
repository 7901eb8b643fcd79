"""What makes a machine a terminal, in which order, and when it may be handed over. NO I/O.

Rule 1: a step that passed is done again only when the answers it depends on have changed,
or when somebody asks for it.
Rule 2: a step that failed holds up those that need it, and no other: half an hour at a site is
short, and a printer that has not come yet must not keep the cameras waiting.
Rule 3: nothing is ready that was not tried: what may be skipped is named here.
"""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, Final

import msgspec
from msgspec import Meta


class Step(StrEnum):
    """One thing to be done, in this order."""

    NETWORK = "network"
    CLOCK = "clock"
    SITE = "site"
    PANEL = "panel"
    TOUCH = "touch"
    FACE_CAMERA = "face_camera"
    DOCUMENT_CAMERA = "document_camera"
    LIGHTS = "lights"
    READER = "reader"
    PRINTER = "printer"
    SOUND = "sound"
    CLAIM = "claim"
    SETTINGS = "settings"
    SELF_TEST = "self_test"


NEEDS: Final[Mapping[Step, frozenset[Step]]] = MappingProxyType(
    {
        # A certificate that begins tomorrow is no use today.
        Step.CLAIM: frozenset({Step.CLOCK}),
        Step.SETTINGS: frozenset({Step.SITE, Step.CLAIM}),
        Step.SELF_TEST: frozenset({Step.SETTINGS}),
    }
)
MAY_BE_SKIPPED: Final = frozenset({Step.NETWORK, Step.PANEL, Step.TOUCH, Step.LIGHTS, Step.SOUND})
"""A mobile team has no network where it sets up; not every terminal has lights or a voice."""


class Outcome(StrEnum):
    """What became of a step."""

    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"


Figure = bool | int | float | Annotated[str, Meta(max_length=200)]


class Result(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One try of one step."""

    step: Step
    outcome: Outcome
    at: int
    """Seconds since 1970, by the terminal's clock."""
    answers: str
    """Of what the step was done with: `Answers.digest`."""
    code: str = ""
    """A code of wire/failures.toml where it failed."""
    figures: Annotated[dict[str, Figure], Meta(max_length=24)] = {}
    """What was measured."""


def latest(results: Sequence[Result]) -> dict[Step, Result]:
    """Return the last result of each step."""
    return {result.step: result for result in results}


def holds(step: Step, result: Result | None, digest: str) -> bool:
    """Say whether a step is done, with the answers as they are now."""
    if result is None or result.answers != digest:
        return False
    if result.outcome is Outcome.SKIPPED:
        return step in MAY_BE_SKIPPED
    return result.outcome is Outcome.PASSED


def due(
    results: Mapping[Step, Result], digests: Mapping[Step, str], *, tried: Collection[Step]
) -> Step | None:
    """Return the next step to do; None if there is none left that can be done now.

    Args:
        results: the last result of each step.
        digests: of the answers that each step depends on.
        tried: what was done in this run already.
    """
    for step in Step:
        if step in tried or holds(step, results.get(step), digests[step]):
            continue
        needed = NEEDS.get(step, frozenset())
        if all(holds(one, results.get(one), digests[one]) for one in needed):
            return step
    return None


def missing(results: Mapping[Step, Result], digests: Mapping[Step, str]) -> list[Step]:
    """Return what keeps the terminal from being handed over; empty if nothing does."""
    return [step for step in Step if not holds(step, results.get(step), digests[step])]
