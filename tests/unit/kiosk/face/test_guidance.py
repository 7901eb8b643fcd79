"""One hint at a time, a countdown once all holds, and the best frame of it."""

from collections.abc import Mapping
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.face.guidance import (
    COUNTDOWN_S,
    DEBOUNCE_S,
    FORGIVE_S,
    HOLD_S,
    LOOKS_FOR_PHOTO,
    Guide,
    Guided,
    hint_for,
    worth,
)
from kiosk.face.quality import Measure
from wire.vision import FaceHint

Values = Mapping[Measure, float]
WELL: dict[Measure, float] = {
    Measure.SECOND_FACE: 0.0,
    Measure.INTER_EYE_DISTANCE: 120.0,
    Measure.HEAD_SIZE: 0.3,
    Measure.OFFSET_X: 0.0,
    Measure.OFFSET_Y: 0.0,
    Measure.YAW: 0.0,
    Measure.PITCH: 0.0,
    Measure.ROLL: 0.0,
    Measure.UNDER_EXPOSURE: 0.0,
    Measure.OVER_EXPOSURE: 0.0,
    Measure.DYNAMIC_RANGE: 6.5,
    Measure.ILLUMINATION_UNIFORMITY: 0.8,
    Measure.SHARPNESS: 0.45,
    Measure.MASK: 0.0,
    Measure.NATURAL_COLOUR: 0.0,
    Measure.HAT: 0.0,
    Measure.GLASSES: 0.0,
    Measure.EYES_OPEN: 1.0,
    Measure.MOUTH_OPEN: 0.0,
}
CLOSED: Values = WELL | {Measure.EYES_OPEN: 0.2}
STEP_S = 0.05


@pytest.mark.parametrize(
    ("change", "hint"),
    [
        ({}, FaceHint.HOLD_STILL),
        ({Measure.SECOND_FACE: 0.7}, FaceHint.TWO_FACES),
        ({Measure.INTER_EYE_DISTANCE: 60.0}, FaceHint.NEARER),
        ({Measure.HEAD_SIZE: 0.6}, FaceHint.BACK),
        ({Measure.OFFSET_X: -0.3}, FaceHint.LEFT),
        ({Measure.OFFSET_X: 0.3}, FaceHint.RIGHT),
        ({Measure.OFFSET_Y: 0.3}, FaceHint.UP),
        ({Measure.OFFSET_Y: -0.3}, FaceHint.DOWN),
        ({Measure.OFFSET_Y: 0.2}, FaceHint.HOLD_STILL),  # who sits is seen lower
        ({Measure.OFFSET_Y: -0.2}, FaceHint.DOWN),
        ({Measure.YAW: 20.0}, FaceHint.TURN_TO_CAMERA),
        ({Measure.PITCH: -20.0}, FaceHint.TURN_TO_CAMERA),
        ({Measure.ROLL: 20.0}, FaceHint.TURN_TO_CAMERA),
        ({Measure.UNDER_EXPOSURE: 0.9}, FaceHint.TOO_DARK),
        ({Measure.DYNAMIC_RANGE: 2.0}, FaceHint.TOO_DARK),
        ({Measure.OVER_EXPOSURE: 0.3}, FaceHint.TOO_BRIGHT),
        ({Measure.ILLUMINATION_UNIFORMITY: 0.1}, FaceHint.UNEVEN_LIGHT),
        ({Measure.NATURAL_COLOUR: 40.0}, FaceHint.UNEVEN_LIGHT),
        ({Measure.SHARPNESS: 0.05}, FaceHint.BLURRED),
        ({Measure.SHARPNESS: 0.95}, FaceHint.TOO_DARK),
        ({Measure.MASK: 100.0}, FaceHint.MASK),
        ({Measure.HAT: 150.0}, FaceHint.HAT),
        ({Measure.GLASSES: 900.0}, FaceHint.GLASSES),
        ({Measure.EYES_OPEN: 0.2}, FaceHint.EYES_CLOSED),
        ({Measure.MOUTH_OPEN: 0.3}, FaceHint.MOUTH_OPEN),
        ({Measure.MOUTH_OPEN: 0.3, Measure.SECOND_FACE: 0.7}, FaceHint.TWO_FACES),
    ],
)
def test_each_fault_has_its_hint(change: Values, hint: FaceHint) -> None:
    assert hint_for(WELL | dict(change)) is hint


def test_no_face_is_a_hint_and_every_hint_can_be_given() -> None:
    assert hint_for(None) is FaceHint.NO_FACE
    assert len(FaceHint) == 19


def looks(*spans: tuple[Values | None, float]) -> list[tuple[float, Guided]]:
    """Let a guide look twenty times a second, for so long at each."""
    guide, count, seen = Guide(), 0, []
    for values, seconds in spans:
        for _ in range(round(seconds / STEP_S)):
            now = count * STEP_S
            seen.append((now, guide.see(values, now)))
            count += 1
    return seen


def first(seen: list[tuple[float, Guided]], name: str) -> float | None:
    return next((now for now, one in seen if getattr(one, name) not in {None, False}), None)


def test_the_first_hint_is_shown_at_once_and_once() -> None:
    shown = [one.show for _, one in looks((None, 2))]
    assert shown == [FaceHint.NO_FACE] + [None] * 39


def test_a_hint_stays_long_enough_to_be_read() -> None:
    seen = looks(*[(None, 0.2), (CLOSED, 0.2)] * 10)
    shown = [now for now, one in seen if one.show]
    assert all(b - a >= DEBOUNCE_S - 1e-9 for a, b in pairwise(shown))
    assert len(shown) > 2


def test_all_must_hold_for_a_while_before_the_countdown() -> None:
    seen = looks((WELL, HOLD_S + COUNTDOWN_S + 1))
    began = next(now for now, one in seen if one.left_s is not None)
    assert began == pytest.approx(HOLD_S, abs=STEP_S)
    assert first(seen, "take") == pytest.approx(began + COUNTDOWN_S, abs=STEP_S)


def test_the_countdown_goes_down() -> None:
    left = [one.left_s for _, one in looks((WELL, HOLD_S + COUNTDOWN_S)) if one.left_s is not None]
    assert left == sorted(left, reverse=True)
    assert left[0] == pytest.approx(COUNTDOWN_S)


def test_hold_still_must_be_shown_before_the_countdown() -> None:
    seen = looks((CLOSED, 0.1), (WELL, 5))
    began = next(now for now, one in seen if one.left_s is not None)
    assert began >= DEBOUNCE_S


def test_a_break_starts_the_wait_anew() -> None:
    seen = looks(*[(WELL, 0.5), (CLOSED, 0.1)] * 5)
    assert first(seen, "left_s") is None


def test_a_blink_does_not_end_the_countdown_and_is_not_the_photograph() -> None:
    seen = looks((WELL, 1.2), (CLOSED, FORGIVE_S - STEP_S), (WELL, 3))
    assert first(seen, "drop") is None
    assert first(seen, "take") is not None
    assert not any(one.keep for now, one in seen if 1.2 <= now < 1.35)


def test_going_away_ends_the_countdown_and_wipes_what_was_kept() -> None:
    seen = looks((WELL, 1.2), (None, 2))
    dropped = first(seen, "drop")
    assert dropped == pytest.approx(1.15 + FORGIVE_S, abs=2 * STEP_S)
    assert first(seen, "take") is None
    assert [one.show for _, one in seen if one.show] == [FaceHint.HOLD_STILL, FaceHint.NO_FACE]


def test_coming_back_begins_anew() -> None:
    seen = looks((WELL, 1.2), (None, 1), (WELL, 5))
    taken = first(seen, "take")
    assert taken is not None
    assert taken >= 2.2 + HOLD_S + COUNTDOWN_S - STEP_S


def test_the_best_frame_is_kept() -> None:
    values = [WELL | {Measure.YAW: yaw} for yaw in (5.0, 3.0, 4.0, 1.0, 2.0)]
    guide = Guide()
    for step in range(13):
        guide.see(WELL | {Measure.YAW: 7.0}, step * STEP_S)
    kept = [guide.see(one, 0.65 + step * STEP_S).keep for step, one in enumerate(values)]
    assert kept == [True, True, False, True, False]


def test_a_photograph_is_the_best_of_several_looks() -> None:
    guide, now, good = Guide(), 0.0, 0
    guide.see(WELL, now)
    guide.see(WELL, now := now + HOLD_S)
    guide.see(WELL, now := now + 0.2)
    while not guide.see(WELL, now := now + COUNTDOWN_S / 4).take:
        good += 1
    assert good + 3 >= LOOKS_FOR_PHOTO


@pytest.mark.parametrize(
    "worse",
    [
        {Measure.YAW: -5.0},
        {Measure.PITCH: 5.0},
        {Measure.ROLL: 5.0},
        {Measure.EYES_OPEN: 0.8},
        {Measure.SHARPNESS: 0.3},
        {Measure.MOUTH_OPEN: 0.04},
    ],
)
def test_what_compares_worse_is_worth_less(worse: Values) -> None:
    assert worth(WELL | dict(worse)) < worth(WELL)


@given(st.lists(st.sampled_from([WELL, CLOSED, None]), max_size=120))
def test_no_photograph_without_a_good_look_kept(seen: list[Values | None]) -> None:
    guide, kept = Guide(), False
    for step, values in enumerate(seen):
        guided = guide.see(values, step * 0.1)
        kept = (kept and not guided.drop) or guided.keep
        assert not guided.keep or values is WELL
        assert kept or not guided.take
        if guided.take:
            return
