"""Colours that nobody can guess and that harm nobody; a face answers, a recording cannot."""

import random
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from kiosk.face.flashes import COLOURS, STEP_S, STEPS, Colour, answer, sequence

ROOM = np.array([0.30, 0.25, 0.20])


def below(seed: int) -> random.Random:
    return random.Random(seed)


def lit(shown: tuple[Colour, ...], share: float) -> NDArray[np.float64]:
    """Skin in a room, the screen giving a share of the light."""
    return ROOM * (1 + share * np.array(shown))


@given(st.integers(0, 10_000))
def test_no_sequence_harms_anybody(seed: int) -> None:
    shown = sequence(below(seed).randrange)
    assert len(shown) == STEPS
    assert all(one != other for one, other in pairwise(shown))
    assert 1 / STEP_S <= 3
    for red, green, blue in shown:
        total = red + green + blue
        assert total == 0 or red / total < 0.8


@given(st.integers(0, 10_000))
def test_every_sequence_asks_each_channel(seed: int) -> None:
    changes = np.count_nonzero(np.diff(np.array(sequence(below(seed).randrange)), axis=0), axis=0)
    assert changes.min() >= 2


def test_a_sequence_that_asks_too_little_is_drawn_again() -> None:
    # Blue and black by turns ask nothing of red and green; then others come.
    boring = [3, 0] + [2, 0] * 3
    rest = random.Random(1)
    draws = iter(boring)
    shown = sequence(lambda count: next(draws, None) or rest.randrange(count))
    assert {colour[1] for colour in shown} == {0.0, 1.0}


def test_sequences_differ() -> None:
    assert len({sequence(below(seed).randrange) for seed in range(50)}) > 45


def test_a_lit_face_answers_with_the_share_of_the_screen() -> None:
    shown = sequence(below(3).randrange)
    correlation, amplitude = answer(shown, lit(shown, 0.05))
    assert correlation > 0.99
    assert amplitude == pytest.approx(0.05, rel=0.1)


def test_a_tablet_answers_weakly() -> None:
    shown = sequence(below(3).randrange)
    correlation, amplitude = answer(shown, lit(shown, 0.005))
    assert correlation > 0.99
    assert amplitude < 0.006


def test_an_old_recording_answers_to_another_sequence() -> None:
    found = [
        answer(sequence(below(seed).randrange), lit(sequence(below(seed + 9999).randrange), 0.05))[
            0
        ]
        for seed in range(300)
    ]
    assert sum(one > 0.8 for one in found) <= 3
    assert min(found) < 0


def test_light_that_does_not_change_answers_nothing() -> None:
    shown = sequence(below(3).randrange)
    assert answer(shown, np.tile(ROOM, (STEPS, 1))) == (0.0, 0.0)
    assert answer([COLOURS[1]] * 4, lit((COLOURS[1],) * 4, 0.1)) == (0.0, 0.0)


def test_another_number_of_rows_and_black_skin_are_refused() -> None:
    shown = sequence(below(3).randrange)
    with pytest.raises(ValueError, match="row"):
        answer(shown, lit(shown, 0.1)[:-1])
    with pytest.raises(ValueError, match="black"):
        answer(shown, lit(shown, 0.1) * 0)
