"""What leaves its ray counts; what brightness, glare, tint and shadow do does not."""

from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from numpy.typing import ArrayLike, NDArray

from drivers.card.personalise import optical as specimen
from kiosk.document.optical import (
    LIMITS,
    REGIONS,
    Limits,
    OpticalReading,
    Stills,
    read,
    varies,
)

LIGHTS = 4
COLOURS = np.array([(60, 60, 200), (200, 60, 60), (60, 200, 60), (180, 180, 50)], float)
FLAT = 0.01
"""Far below every limit: what rounding to bytes leaves."""


def card(seed: int = 1) -> NDArray[np.float64]:
    """A flat card of coloured fields, none so bright that glare or tint clips it."""
    fields = np.random.default_rng(seed).uniform(60, 150, (27, 43, 3))
    return fields.repeat(24, axis=0).repeat(24, axis=1)[:648, :1027]


def stills(cards: list[NDArray[np.float64]]) -> Stills:
    return np.clip(np.stack(cards).round(), 0, 255).astype(np.uint8)


def painted(base: NDArray[np.float64], name: str, colour: ArrayLike) -> NDArray[np.float64]:
    left, top, right, bottom = (round(side * 12) for side in REGIONS[name])
    changed = base.copy()
    changed[top:bottom, left:right] = colour
    return changed


def off(reading: OpticalReading) -> list[float]:
    return [*reading.regions.values(), reading.rest]


def test_the_regions_are_those_of_the_specimens() -> None:
    assert dict(REGIONS) == {"hologram": specimen.HOLOGRAM, "ink": specimen.INK}
    assert set(LIMITS.least) == set(REGIONS)


def test_a_flat_card_in_still_light_does_not_vary() -> None:
    reading = read(stills([card()] * LIGHTS))
    assert max(off(reading)) < FLAT
    assert not varies(reading)


# A failure that is shrunk holds the pictures of every attempt: gigabytes.
@settings(max_examples=25, phases=[Phase.generate])
@given(st.lists(st.floats(0.5, 1.3), min_size=2, max_size=4), st.integers(0, 100))
def test_brightness_does_not_count(levels: list[float], seed: int) -> None:
    assert max(off(read(stills([card(seed) * level for level in levels])))) < FLAT


def test_a_shadow_and_glare_that_move_do_not_count() -> None:
    x = np.linspace(0, 1, 1027)[None, :, None]
    seen = []
    for light in range(LIGHTS):
        place = light / LIGHTS
        glare = 70 * np.exp(-((x - place) ** 2) / 0.05)
        seen.append(card() * (1 - 0.4 * np.abs(x - place)) + glare)
    assert max(off(read(stills(seen)))) < FLAT


def test_lamps_of_another_tint_do_not_count() -> None:
    tints = [(1.0, 1.0, 1.0), (1.04, 1.0, 0.96), (0.97, 1.0, 1.03), (1.0, 0.97, 1.0)]
    grey = np.repeat(card()[..., :1], 3, axis=2)
    assert max(off(read(stills([grey * tint for tint in tints])))) < FLAT


def test_glare_that_clips_says_nothing() -> None:
    # Half of the channels reach white, the others do not: what is left is another hue.
    seen = [card() + (150 if light == 1 else 0) for light in range(LIGHTS)]
    assert max(off(read(stills(seen)))) < FLAT


def test_a_patch_that_changes_its_hue_is_seen_and_only_there() -> None:
    seen = [painted(card(), "hologram", COLOURS[light]) for light in range(LIGHTS)]
    reading = read(stills(seen))
    assert reading.regions["hologram"] > 0.3
    assert reading.regions["ink"] < FLAT
    assert not varies(reading)


def test_ink_of_two_opposite_colours_is_seen() -> None:
    inks = [(40, 150, 70), (170, 40, 150)]
    seen = [painted(card(), "ink", inks[light % 2]) for light in range(LIGHTS)]
    assert read(stills(seen)).regions["ink"] > 0.3


def test_one_colour_that_only_pales_is_not_seen() -> None:
    seen = [painted(card(), "ink", np.array((40, 150, 70)) + 30 * light) for light in range(LIGHTS)]
    assert read(stills(seen)).regions["ink"] < FLAT


def test_a_card_that_changes_all_over_is_no_genuine_one() -> None:
    seen = [np.full((648, 1027, 3), COLOURS[light]) for light in range(LIGHTS)]
    # Every lamp's own tint is taken off, so the two halves change against each other.
    for light, still in enumerate(seen):
        still[:, :400] = COLOURS[light - 1]
    reading = read(stills(seen))
    assert reading.rest > LIMITS.most_rest
    assert not varies(reading)


def test_genuine_specimens_vary_and_a_picture_of_them_does_not() -> None:
    art = np.full((1080, 1712, 3), 190, np.uint8)
    ambient = specimen.lit(art, None, LIGHTS)
    genuine = [specimen.lit(art, light, LIGHTS) for light in range(LIGHTS)]
    flat = [specimen.shaded(ambient, light, LIGHTS) for light in range(LIGHTS)]
    assert varies(read(_at_twelve(genuine)))
    assert not varies(read(_at_twelve(flat)))


def _at_twelve(arts: list[NDArray[np.uint8]]) -> Stills:
    """Take every nearest pixel: 20 to 12 px/mm."""
    rows, columns = np.arange(648) * 5 // 3, np.arange(1027) * 5 // 3
    return np.stack([art[rows][:, columns] for art in arts])


def test_how_much_of_the_card_was_known_is_told() -> None:
    half = card()
    half[:, :516] = 255
    assert read(stills([card()] * LIGHTS)).known == 1.0
    assert read(stills([card(), half, card()])).known == pytest.approx(0.5, abs=0.01)


def test_a_card_too_dark_to_see_does_not_vary() -> None:
    reading = read(np.full((LIGHTS, 648, 1027, 3), 5, np.uint8))
    assert off(reading) == [0.0, 0.0, 0.0]
    assert not varies(reading)


@pytest.mark.parametrize(
    ("regions", "rest", "says"),
    [
        ({"hologram": 0.2, "ink": 0.3}, 0.1, True),
        ({"hologram": 0.2, "ink": 0.3}, 0.11, False),
        ({"hologram": 0.19, "ink": 0.3}, 0.0, False),
        ({"hologram": 0.2, "ink": 0.29}, 0.0, False),
        ({"hologram": 0.2}, 0.0, False),
    ],
)
def test_every_region_must_reach_its_limit(
    regions: Mapping[str, float], rest: float, *, says: bool
) -> None:
    limits = Limits({"hologram": 0.2, "ink": 0.3}, most_rest=0.1)
    assert varies(OpticalReading(regions, rest), limits) is says
