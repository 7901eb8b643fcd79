"""What is wrong with a still, in the order in which it is told."""

from dataclasses import replace

import pytest

from kiosk.document.still import StillMeasures, flaw_of
from wire.document import CardHint

GOOD = StillMeasures(paper=230, contrast=180, sharpness=0.28, glare=0.0)


def test_a_good_still_has_no_flaw() -> None:
    assert flaw_of(GOOD) is None


@pytest.mark.parametrize(
    ("measure", "limit", "flaw"),
    [
        ("paper", 60, CardHint.TOO_DARK),
        ("contrast", 40, CardHint.TOO_BRIGHT),
        ("sharpness", 0.18, CardHint.BLURRED),
    ],
)
def test_each_measure_has_its_limit(measure: str, limit: float, flaw: CardHint) -> None:
    assert flaw_of(replace(GOOD, **{measure: limit})) is None
    assert flaw_of(replace(GOOD, **{measure: limit * 0.99})) is flaw


def test_light_on_the_print_is_told_before_all_else() -> None:
    assert flaw_of(replace(GOOD, glare=0.1)) is None
    assert flaw_of(StillMeasures(paper=0, contrast=0, sharpness=0, glare=0.11)) is CardHint.GLARE
