"""A camera's frames are never equal; a face does not leave and come back as another."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.face import stream
from kiosk.face.stream import FROZEN_AFTER, LONGEST_GAP_S, LOOP_FRAMES


@given(st.lists(st.integers(), unique=True))
def test_frames_that_all_differ_are_a_camera(frames: list[int]) -> None:
    assert not stream.frozen(frames)
    assert not stream.repeated(frames)


def test_a_late_camera_repeats_a_frame_and_a_frozen_one_goes_on() -> None:
    assert not stream.frozen([1, *[2] * (FROZEN_AFTER - 1), 3])
    assert stream.frozen([1, *[2] * FROZEN_AFTER, 3])


def test_a_loop_is_told_even_if_frames_are_doubled() -> None:
    assert stream.repeated([*range(20), *range(20)])
    assert stream.repeated([frame for frame in [*range(20), *range(20)] for _ in (0, 1)])


def test_a_frame_or_four_seen_before_are_chance() -> None:
    assert not stream.repeated([*range(20), *range(LOOP_FRAMES - 1)])
    assert stream.repeated([*range(20), *range(LOOP_FRAMES)])


def test_a_frame_that_stands_is_no_loop() -> None:
    assert not stream.repeated([7] * 40)


@pytest.mark.parametrize(
    ("factor", "after", "answers"),
    [
        (0.5, 0.10, True),
        (0.5, 0.20, False),
        (2.0, 0.38, True),
        (2.0, 0.20, False),
        (0.5, 0.16, False),
    ],
)
def test_a_camera_answers_to_a_change_of_exposure(
    *, factor: float, after: float, answers: bool
) -> None:
    assert stream.answers_exposure(0.2, after, factor=factor) is answers


@pytest.mark.parametrize(
    ("before", "after", "factor"), [(0, 1, 2), (1, 0, 2), (1, 1, 1), (1, 1, 0)]
)
def test_no_light_and_no_change_are_refused(before: float, after: float, factor: float) -> None:
    with pytest.raises(ValueError, match="exposure"):
        stream.answers_exposure(before, after, factor=factor)


@pytest.mark.parametrize(
    ("distances", "same"),
    [([0.1, 0.25], True), ([0.35], True), ([0.1, 0.36], False), ([], False), ([math.nan], False)],
)
def test_one_identity_all_along(*, distances: list[float], same: bool) -> None:
    assert stream.continuous(distances) is same


@pytest.mark.parametrize(
    ("seen_at_s", "whole"),
    [([0, 0.3, 0.6], True), ([0, LONGEST_GAP_S + 0.01], False), ([1.0], True), ([], False)],
)
def test_a_face_out_of_sight_may_come_back_as_another(
    *, seen_at_s: list[float], whole: bool
) -> None:
    assert stream.unbroken(seen_at_s) is whole
