"""Finding a card on its tray, straightening it, and saying why it cannot be."""

import cv2
import numpy as np
import pytest

from drivers.camera.camera import Picture
from drivers.card.personalise.print.view import VIEW, Condition
from kiosk.document.layout import CARD_PX
from kiosk.vision.card_finder import FoundCard, find
from tests.support.stills import art, still
from wire.document import CardHint

ROWS, COLUMNS = VIEW[1], VIEW[0]
OFF_PX = 5
"""0.4 mm at 12 pixels a millimetre: what the windows of the layout allow for."""


def tray(*, level: int = 30) -> Picture:
    noise = np.random.default_rng(1).normal(level, 2, (ROWS, COLUMNS, 3))
    return noise.clip(0, 255).astype(np.uint8)


def moved(found: Picture, wanted: Picture) -> float:
    """Return by how much two pictures of one card are shifted, in pixels."""
    grey = [cv2.cvtColor(one, cv2.COLOR_BGR2GRAY).astype(np.float32) for one in (found, wanted)]
    (x, y), _ = cv2.phaseCorrelate(grey[0], grey[1])
    return max(abs(x), abs(y))


@pytest.mark.parametrize(
    "condition",
    [
        Condition.GOOD,
        Condition.TURNED,
        Condition.PERSPECTIVE,
        Condition.UNDER,
        Condition.OVER,
        Condition.UNEVEN,
        Condition.NOISE,
        Condition.BLUR,
    ],
)
def test_a_card_is_straightened_to_where_its_print_is_looked_for(condition: Condition) -> None:
    found = find(still(condition))
    assert isinstance(found, FoundCard)
    assert found.picture.shape == (CARD_PX[1], CARD_PX[0], 3)
    wanted = cv2.resize(art(), CARD_PX, interpolation=cv2.INTER_AREA)
    assert moved(found.picture, wanted.astype(np.uint8)) < OFF_PX


def test_an_empty_tray_has_no_card() -> None:
    assert find(tray()) is CardHint.NOTHING
    assert find(tray(level=240)) is CardHint.NOTHING


def test_something_small_is_no_card() -> None:
    picture = tray()
    cv2.circle(picture, (640, 360), 80, (230, 230, 230), -1)
    assert find(picture) is CardHint.NOTHING


@pytest.mark.parametrize("seed", range(12))
def test_a_card_that_reaches_over_the_edge_is_cut_off(seed: int) -> None:
    assert find(still(Condition.CUT_OFF, seed=seed)) is CardHint.CUT_OFF


def test_a_whole_side_over_the_edge_is_cut_off() -> None:
    picture = tray()
    cv2.rectangle(picture, (700, 100), (COLUMNS, 620), (230, 230, 230), -1)
    assert find(picture) is CardHint.CUT_OFF


@pytest.mark.parametrize("seed", range(6))
def test_a_hand_over_a_corner_is_in_the_way(seed: int) -> None:
    assert find(still(Condition.FINGER, seed=seed)) is CardHint.COVERED


def test_a_thing_that_covers_a_corner_is_in_the_way() -> None:
    picture = still()
    cv2.rectangle(picture, (0, 0), (420, 260), (30, 30, 30), -1)
    assert find(picture) is CardHint.COVERED


def test_another_shape_is_no_card() -> None:
    picture = tray()
    cv2.rectangle(picture, (380, 80), (900, 640), (230, 230, 230), -1)
    assert find(picture) is CardHint.NOT_A_CARD


def test_a_round_thing_is_no_card() -> None:
    picture = tray()
    cv2.circle(picture, (640, 360), 300, (230, 230, 230), -1)
    assert find(picture) in {CardHint.NOT_A_CARD, CardHint.COVERED}


@pytest.mark.parametrize("shape", [(720, 1280), (8, 8), (2, 2)])
def test_noise_is_no_card(shape: tuple[int, int]) -> None:
    noise = np.random.default_rng(3).integers(0, 255, (*shape, 3), dtype=np.uint8)
    assert isinstance(find(noise), CardHint)
