"""Synthetic people: always the same from one seed, always possible."""

import numpy as np

from drivers.card.commercial_codes import characters_by_code
from drivers.card.personalise.crowd import person
from kiosk.document.hkid_number import HkidNumber


def crowd(seed: int, count: int) -> list[object]:
    random = np.random.default_rng(seed)
    return [person(random) for _ in range(count)]


def test_a_seed_gives_the_same_people_and_another_gives_others() -> None:
    assert crowd(1, 5) == crowd(1, 5)
    assert crowd(1, 5) != crowd(2, 5)


def test_everybody_is_possible() -> None:
    random, table = np.random.default_rng(3), characters_by_code()
    for _ in range(300):
        who = person(random)
        assert HkidNumber.parse(who.number).compact == who.number
        assert who.birth < who.issued <= "20261231"
        assert who.birth[:6] <= who.first_registered <= who.issued[:6]
        assert "".join(table[code] for code in who.commercial_codes) == who.chinese


def test_the_published_examples_of_codes_hold() -> None:
    """Source: docs/hkid.md, "Card face"."""
    assert [characters_by_code()[code] for code in ("2621", "2535", "5174")] == ["李", "智", "能"]
