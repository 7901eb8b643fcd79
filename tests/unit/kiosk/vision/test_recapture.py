"""Each reason is found where it is put, and in nothing else."""

import cv2
import numpy as np
import pytest

from drivers.camera.camera import Picture
from kiosk.vision.recapture import LIMITS, Limits, Reason, Recapture, look

SHAPE = (648, 1027)


def card(*, colour: float = 25.0, noise: float = 2.0) -> Picture:
    """A card of coloured fields with text, seen by a sensor."""
    random = np.random.default_rng(1)
    fields = 190 + random.uniform(-colour, colour, (6, 9, 3))
    picture = cv2.resize(fields, SHAPE[::-1], interpolation=cv2.INTER_LINEAR)
    for line in range(5):
        cv2.putText(picture, "NOBODY 123456", (300, 120 + 100 * line), 0, 1.5, (40, 40, 40), 3)
    return _seen(picture + random.normal(0, noise, picture.shape))


def waves(per_mm: float, degrees: float, depth: float, channels: tuple[float, ...]) -> Picture:
    """The card under a regular pattern."""
    y, x = np.mgrid[0 : SHAPE[0], 0 : SHAPE[1]] / 12
    angle = np.radians(degrees)
    wave = np.cos(2 * np.pi * per_mm * (x * np.cos(angle) + y * np.sin(angle)))
    return _seen(card() + depth * wave[..., None] * np.array(channels))


def _seen(picture: np.ndarray) -> Picture:
    seen: Picture = np.clip(picture, 0, 255).astype(np.uint8)
    return seen


def test_a_card_without_a_pattern_gives_no_reason() -> None:
    assert look(card()).reasons() == frozenset()


@pytest.mark.parametrize("degrees", [20, 45, 70, 110, 160])
@pytest.mark.parametrize("per_mm", [2.6, 3.3, 4.2, 5.2])
def test_a_turned_screen_of_dots_is_halftone(per_mm: float, degrees: float) -> None:
    assert look(waves(per_mm, degrees, 4, (1, 1, 1))).reasons() == {Reason.HALFTONE}


@pytest.mark.parametrize("degrees", [0, 90, 2])
def test_a_pattern_along_the_edges_is_a_panel(degrees: float) -> None:
    assert look(waves(4.5, degrees, 4, (1, 1, 1))).reasons() == {Reason.SCREEN_GRID}


def test_slow_coloured_bands_are_moire() -> None:
    assert look(waves(0.9, 12, 8, (1, -0.4, -0.6))).reasons() == {Reason.MOIRE}


def test_a_card_without_colour_is_grey_whatever_the_light() -> None:
    tinted = card(colour=0) * np.array((1.05, 1.0, 0.95))
    assert look(_seen(tinted)).reasons() == {Reason.GREY}


def test_a_picture_without_light_has_no_colour() -> None:
    assert look(np.zeros((648, 1027, 3), np.uint8)).colour == 0.0


def test_dots_finer_than_the_camera_sees_are_not_claimed() -> None:
    assert look(waves(5.95, 45, 4, (1, 1, 1))).reasons() == frozenset()


def test_a_limit_is_passed_only_above_it() -> None:
    limits = Limits(halftone=4.0, screen_grid=4.0, moire=4.0, least_colour=0.1)
    assert Recapture(4.0, 4.0, 4.0, 0.1).reasons(limits) == frozenset()
    assert Recapture(4.1, 4.1, 4.1, 0.09).reasons(limits) == set(Reason)
    assert Limits() == LIMITS
