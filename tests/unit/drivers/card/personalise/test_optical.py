"""How specimens and their copies answer to the lights."""

from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray

from drivers.camera.camera import Picture
from drivers.card.personalise import optical
from drivers.card.personalise.copies import SPECIES, Copy

LIGHTS = 4


def art() -> Picture:
    """A front with colour, grey and text-like edges."""
    random = np.random.default_rng(7)
    fields = random.integers(60, 230, (27, 43, 3)).astype(np.uint8)
    return fields.repeat(40, axis=0).repeat(40, axis=1)[:1080, :1712]


def box(picture: Picture, mm: tuple[float, float, float, float]) -> Picture:
    left, top, right, bottom = (round(side * optical.PX_PER_MM) for side in mm)
    return picture[top:bottom, left:right]


def colour(picture: Picture, mm: tuple[float, float, float, float]) -> tuple[float, ...]:
    return tuple(box(picture, mm).reshape(-1, 3).astype(float).mean(axis=0))


MIDDLE_OF_ARROW = (68.0, 38.5, 72.0, 39.5)


def test_the_arrow_is_green_under_low_lights_and_magenta_under_high_ones() -> None:
    for light in range(LIGHTS):
        blue, green, red = colour(optical.lit(art(), light, LIGHTS), MIDDLE_OF_ARROW)
        assert bool(green > max(blue, red)) is (light % 2 == 0)


def test_the_hologram_is_another_under_every_light() -> None:
    seen = [box(optical.lit(art(), k, LIGHTS), optical.HOLOGRAM) for k in (None, *range(LIGHTS))]
    for one in range(len(seen)):
        for other in range(one):
            assert np.abs(seen[one].astype(int) - seen[other].astype(int)).mean() > 4


def test_beside_its_features_a_specimen_is_only_shaded() -> None:
    left = (0.0, 0.0, 60.0, 54.0)
    for light in range(LIGHTS):
        lit, flat = optical.lit(art(), light, LIGHTS), optical.shaded(art(), light, LIGHTS)
        assert np.array_equal(box(lit, left), box(flat, left))
    assert np.array_equal(box(optical.lit(art(), None, LIGHTS), left), box(art(), left))


def test_the_side_towards_the_light_is_the_brighter_one() -> None:
    grey = np.full((1080, 1712, 3), 128, np.uint8)
    top, right, bottom, left = (optical.shaded(grey, k, LIGHTS).mean(axis=2) for k in range(4))
    assert top[:100].mean() > top[-100:].mean()
    assert right[:, -100:].mean() > right[:, :100].mean()
    assert bottom[-100:].mean() > bottom[:100].mean()
    assert left[:, :100].mean() > left[:, -100:].mean()


def test_glare_moves_with_the_light_and_grows_with_the_gloss() -> None:
    grey = np.full((1080, 1712, 3), 90, np.uint8)
    top, bottom = (optical.glare(grey, k, LIGHTS, gloss=0.5).mean(axis=(1, 2)) for k in (0, 2))
    assert int(top.argmax()) < 300
    assert int(bottom.argmax()) > 780
    most = [optical.glare(grey, 0, LIGHTS, gloss=gloss).max() for gloss in (0.0, 0.4, 0.8)]
    assert most == sorted(set(most))
    assert np.array_equal(optical.glare(grey, None, LIGHTS, gloss=1), grey)


def test_the_first_order_is_where_the_grating_equation_puts_it() -> None:
    # A grating across a low light from the right: 0.6 um times (cos 25 + 0.095) is 601 nm, red.
    theta, pitch = np.zeros((1, 1), np.float32), np.full((1, 1), 0.6, np.float32)
    right = optical.diffracted(theta, pitch, 2, 8)[0, 0]
    assert int(right.argmax()) == 2
    assert right.max() > 0.9
    turned = np.full((1, 1), np.pi / 2, np.float32)
    assert optical.diffracted(turned, pitch, 2, 8).max() < 0.05


@dataclass(frozen=True, slots=True)
class Made:
    """Copies of one species, each by another chance."""

    species: str
    copies: tuple[Copy, ...]


def copied(species: str, seed: int) -> Copy:
    return SPECIES[species](optical.lit(art(), None, LIGHTS), np.random.default_rng(seed))


@pytest.fixture(scope="module", params=SPECIES)
def made(request: pytest.FixtureRequest) -> Made:
    return Made(request.param, tuple(copied(request.param, seed) for seed in range(4)))


def test_a_copy_is_a_front_and_the_same_for_the_same_seed(made: Made) -> None:
    one, other, *_ = made.copies
    assert one.art.shape == (1080, 1712, 3)
    assert one.art.dtype == np.uint8
    assert np.array_equal(one.art, copied(made.species, 0).art)
    assert not np.array_equal(one.under(1, LIGHTS), other.under(1, LIGHTS))
    assert np.array_equal(one.under(None, LIGHTS), one.art)


def test_a_copy_still_shows_the_card(made: Made) -> None:
    small = (slice(20, None, 40), slice(20, None, 40))
    seen = optical.lit(art(), None, LIGHTS)
    grey, copy = (_smooth(picture)[small].ravel() for picture in (seen, made.copies[0].art))
    assert np.corrcoef(grey, copy)[0, 1] > 0.8


def _smooth(picture: Picture) -> NDArray[np.float64]:
    grey: NDArray[np.float64] = picture.astype(float).mean(axis=2)
    smooth = np.zeros_like(grey)
    for shift in [(y, x) for y in (-4, 0, 4) for x in (-4, 0, 4)]:
        smooth += np.roll(grey, shift, (0, 1)) / 9
    return smooth


def test_only_foil_changes_colour_with_the_light(made: Made) -> None:
    changed = []
    for copy in made.copies:
        inks = [colour(copy.under(k, LIGHTS), MIDDLE_OF_ARROW) for k in range(LIGHTS)]
        hues = [np.array(ink) - np.mean(ink) for ink in inks]
        changed.append(max(float(np.abs(a - b).max()) for a in hues for b in hues))
    assert (max(changed) > 40) is (made.species == "photo print under rainbow foil")


def test_a_screen_does_not_mind_the_light() -> None:
    seen = optical.lit(art(), None, LIGHTS)
    screen = SPECIES["phone screen"](seen, np.random.default_rng(3))
    assert screen.self_lit
    corner = screen.under(2, LIGHTS)[:100, :100].astype(int)
    assert np.abs(corner - screen.art[:100, :100]).mean() < 3


def test_a_grey_copy_has_no_colour() -> None:
    copy = SPECIES["grey photocopy"](art(), np.random.default_rng(1))
    assert (copy.art[..., 0] == copy.art[..., 2]).all()
