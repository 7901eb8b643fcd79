"""Specimen fronts and what a camera sees of them."""

import numpy as np
import pytest
from numpy.typing import NDArray

from drivers.card.personalise.print.front import DOTS_PER_MM, SIZE
from drivers.card.personalise.print.places import FORM_2003, FORM_2018, Form
from drivers.card.personalise.print.view import VIEW, Condition
from tests.support.stills import art, still


@pytest.mark.parametrize("old_form", [False, True])
def test_a_front_says_in_red_that_it_is_a_specimen(old_form: bool) -> None:  # noqa: FBT001
    front = art(old_form=old_form)
    assert front.shape == (SIZE[1], SIZE[0], 3)
    blue, _, red = (front[:, :, channel].astype(int) for channel in range(3))
    assert (red - blue > 10).mean() > 0.04


@pytest.mark.parametrize(("old_form", "form"), [(False, FORM_2018), (True, FORM_2003)])
def test_every_line_is_printed_where_the_layout_says(old_form: bool, form: Form) -> None:  # noqa: FBT001
    dark = art(old_form=old_form).max(axis=2) < 110
    for line in form.lines.values():
        top, left = round((line.y - line.height) * DOTS_PER_MM), round(line.x * DOTS_PER_MM)
        assert dark[top : round(line.y * DOTS_PER_MM), left : left + 120].any()


@pytest.mark.parametrize("condition", Condition)
def test_a_seed_gives_the_same_still_and_another_gives_another(condition: Condition) -> None:
    one = still(condition, seed=1)
    assert one.shape == (VIEW[1], VIEW[0], 3)
    assert np.array_equal(one, still(condition, seed=1))
    assert not np.array_equal(one, still(condition, seed=2))


@pytest.fixture(scope="module")
def good() -> NDArray[np.int16]:
    return still(Condition.GOOD).astype(np.int16)


@pytest.mark.parametrize(
    "condition", sorted(set(Condition) - {Condition.GOOD, Condition.UPSIDE_DOWN})
)
def test_a_condition_grows_with_its_strength(good: NDArray[np.int16], condition: Condition) -> None:
    def away(strength: float) -> float:
        return float(np.abs(still(condition, strength=strength) - good).mean())

    assert away(1.0) > away(0.1)
