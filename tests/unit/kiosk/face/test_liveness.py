"""Every indicator is told by name; what was not measured is never taken for good."""

import math
from dataclasses import fields, replace
from itertools import product
from typing import Any

import pytest

from kiosk.face.liveness import (
    Challenge,
    Evidence,
    Indicator,
    Presentation,
    challenges,
    judge,
)

LIVE = Evidence(
    frozen=False,
    repeated=False,
    answers_exposure=True,
    unbroken=True,
    continuous=True,
    moved_as_asked=True,
    height=0.04,
    correlation=0.96,
    amplitude=0.034,
)
AGAINST: list[tuple[Indicator, dict[str, Any]]] = [
    (Indicator.FROZEN, {"frozen": True}),
    (Indicator.REPEATED, {"repeated": True}),
    (Indicator.EXPOSURE_IGNORED, {"answers_exposure": False}),
    (Indicator.CAMERA_CHANGED, {"same_camera": False}),
    (Indicator.TRACK_LOST, {"unbroken": False}),
    (Indicator.IDENTITY_CHANGED, {"continuous": False}),
    (Indicator.WRONG_MOVE, {"moved_as_asked": False}),
    (Indicator.FLAT, {"height": 0.013}),
    (Indicator.FLAT, {"height": math.nan}),
    (Indicator.COLOURS_UNANSWERED, {"correlation": 0.54}),
    (Indicator.COLOURS_UNANSWERED, {"correlation": math.nan}),
    (Indicator.ANSWER_TOO_WEAK, {"amplitude": 0.005}),
    (Indicator.ANSWER_TOO_WEAK, {"amplitude": math.nan}),
]
UNMEASURED: list[tuple[Indicator, dict[str, Any]]] = [
    (Indicator.NO_MOVE, {"height": None}),
    (Indicator.NO_MOVE, {"moved_as_asked": None}),
    (Indicator.NO_COLOURS, {"correlation": None}),
    (Indicator.NO_COLOURS, {"amplitude": None}),
    (Indicator.NO_IDENTITY, {"continuous": None}),
    (Indicator.NO_IDENTITY, {"unbroken": None}),
    (Indicator.NO_FRAMES, {"frozen": None}),
    (Indicator.NO_FRAMES, {"repeated": None}),
]


def test_a_living_face_is_supported() -> None:
    verdict = judge(LIVE)
    assert (verdict.presentation, verdict.reasons) == (Presentation.SUPPORTED, ())


@pytest.mark.parametrize(("indicator", "seen"), AGAINST)
def test_one_thing_against_is_suspected_by_name(indicator: Indicator, seen: dict[str, Any]) -> None:
    verdict = judge(replace(LIVE, **seen))
    assert (verdict.presentation, verdict.reasons) == (Presentation.SUSPECTED, (indicator,))


@pytest.mark.parametrize(("indicator", "seen"), UNMEASURED)
def test_one_thing_unmeasured_is_inconclusive(indicator: Indicator, seen: dict[str, Any]) -> None:
    verdict = judge(replace(LIVE, **seen))
    assert (verdict.presentation, verdict.reasons) == (Presentation.INCONCLUSIVE, (indicator,))


def test_what_speaks_against_is_told_beside_what_was_not_measured() -> None:
    for (one, against), (other, missing) in product(AGAINST, UNMEASURED):
        if against.keys() & missing.keys() or {one, other} in _EXCLUDE:
            continue
        verdict = judge(replace(LIVE, **against, **missing))
        assert verdict.presentation is Presentation.SUSPECTED
        assert verdict.reasons == (one, other)


_EXCLUDE = (
    {Indicator.COLOURS_UNANSWERED, Indicator.NO_COLOURS},
    {Indicator.ANSWER_TOO_WEAK, Indicator.NO_COLOURS},
)
"""What was not measured cannot speak against."""


def test_nothing_measured_supports_nothing() -> None:
    assert judge(Evidence()).presentation is Presentation.INCONCLUSIVE


def test_every_camera_without_control_of_exposure_can_be_used() -> None:
    assert judge(replace(LIVE, answers_exposure=None)).presentation is Presentation.SUPPORTED


def test_every_indicator_can_be_told() -> None:
    told = {one for one, _ in AGAINST + UNMEASURED}
    assert told == set(Indicator)
    assert len(fields(Evidence)) == 10


def test_a_session_asks_two_moves_of_which_one_is_a_turn() -> None:
    asked = {challenges(_drawing(draws)) for draws in product(range(3), range(2))}
    assert len(asked) == 6
    assert all(len(set(pair)) == 2 and set(pair) != {Challenge.COME_CLOSER} for pair in asked)


def _drawing(draws: tuple[int, ...]) -> Any:
    left = list(draws)
    return lambda count: min(left.pop(0), count - 1)
