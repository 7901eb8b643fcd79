"""One hint at a time, and the photograph when all has been well for a while."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.face.framing import DEBOUNCE_S, HOLD_S, FaceBox, Guide, Guided, hint_for
from wire.vision import FaceHint

WIDTH, HEIGHT = 1000, 800
WELL = FaceBox(500, 400, 280)
STEP_S = 0.1


@pytest.mark.parametrize(
    ("faces", "hint"),
    [
        ([], FaceHint.NO_FACE),
        ([WELL, FaceBox(200, 400, 200)], FaceHint.TWO_FACES),
        ([FaceBox(200, 400, 160), WELL], FaceHint.HOLD_STILL),
        ([FaceBox(500, 400, 169)], FaceHint.NEARER),
        ([FaceBox(500, 400, 401)], FaceHint.BACK),
        ([FaceBox(645, 400, 280)], FaceHint.CENTRE),
        ([FaceBox(500, 285, 280)], FaceHint.CENTRE),
        ([WELL], FaceHint.HOLD_STILL),
    ],
)
def test_the_gravest_hint_is_given(faces: list[FaceBox], hint: FaceHint) -> None:
    assert hint_for(faces, width=WIDTH, height=HEIGHT) is hint


def looks(*spans: tuple[FaceHint, float]) -> list[tuple[float, Guided]]:
    """Let a guide look every tenth of a second, for so long at each hint."""
    guide, now, seen = Guide(), 0.0, []
    for hint, seconds in spans:
        for _ in range(round(seconds / STEP_S)):
            seen.append((now, guide.see(hint, now)))
            now += STEP_S
    return seen


def test_the_first_hint_is_shown_at_once_and_once() -> None:
    shown = [guided.show for _, guided in looks((FaceHint.NEARER, 2))]
    assert shown == [FaceHint.NEARER] + [None] * 19


def test_a_hint_stays_long_enough_to_be_read() -> None:
    seen = looks(*[(FaceHint.NEARER, 0.2), (FaceHint.BACK, 0.2)] * 10)
    shown = [now for now, guided in seen if guided.show]
    assert all(b - a >= DEBOUNCE_S - 1e-9 for a, b in pairwise(shown))
    assert len(shown) > 2


def test_the_photograph_is_taken_after_all_was_well_for_a_while() -> None:
    first = next(now for now, guided in looks((FaceHint.HOLD_STILL, 2)) if guided.take)
    assert first == pytest.approx(HOLD_S)


def test_a_break_begins_the_wait_anew() -> None:
    almost = (FaceHint.HOLD_STILL, HOLD_S - STEP_S)
    assert not any(guided.take for _, guided in looks(*[almost, (FaceHint.CENTRE, 0.1)] * 5))


@given(st.lists(st.tuples(st.sampled_from(FaceHint), st.integers(1, 30)), max_size=10))
def test_nobody_is_photographed_who_was_not_told_to_hold_still(
    spans: list[tuple[FaceHint, int]],
) -> None:
    standing: FaceHint | None = None
    for _, guided in looks(*[(hint, count * STEP_S) for hint, count in spans]):
        standing = guided.show or standing
        assert not guided.take or standing is FaceHint.HOLD_STILL
