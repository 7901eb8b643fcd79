"""Stills of specimen cards under each condition, drawn from a seed."""

from functools import cache

import numpy as np

from drivers.camera.camera import Picture
from drivers.card.personalise.person import SPECIMEN, Person
from drivers.card.personalise.print.front import front, front_2003
from drivers.card.personalise.print.view import Condition, see
from tests.support.faces import folder_of_pictures


@cache
def art(person: Person = SPECIMEN, *, old_form: bool = False) -> Picture:
    """Return a card's front."""
    portrait = (folder_of_pictures() / "holder_chip.jpg").read_bytes()
    return (front_2003 if old_form else front)(person, portrait)


def still(
    condition: Condition = Condition.GOOD,
    *,
    strength: float = 0.5,
    seed: int = 7,
    person: Person = SPECIMEN,
    old_form: bool = False,
) -> Picture:
    """Return what the document camera sees."""
    return see(
        art(person, old_form=old_form), condition, np.random.default_rng(seed), strength=strength
    )
