"""Distances and ratios of everybody's chip against everybody's live picture."""

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kiosk.face.match import ratio

Floats = NDArray[np.float64]
_SAME_PERSON: Final = 0.25
"""A face of the cohort this near to somebody's own portrait is taken for that person, and
left out of that person's pairs. Genuine pairs of the set average 0.22, strangers are 0.46
apart or more."""


def distances(chips: Floats, lives: Floats) -> Floats:
    """Return the distances, chips down and live pictures across; infinite without a face."""
    apart = np.linalg.norm(chips[:, None] - lives[None], axis=2)
    return np.where(np.isnan(apart), math.inf, apart)


def ratios(chips: Floats, lives: Floats, cohort: Floats, known: Floats, *, near: int) -> Floats:
    """Return the ratios in the same order.

    Args:
        chips: descriptors of the chips' portraits.
        lives: of the live pictures.
        cohort: of the cohort.
        known: of everybody's undegraded portrait: who is in the cohort is left out of
            their own pairs.
        near: see `kiosk.face.match.ratio`.
    """
    of_cohort = np.linalg.norm(known[:, None] - cohort[None], axis=2) <= _SAME_PERSON
    found = np.full((len(chips), len(lives)), math.inf)
    for first, chip in enumerate(chips):
        for second, live in enumerate(lives):
            if np.isnan(chip).any() or np.isnan(live).any():
                continue
            others = cohort[~(of_cohort[first] | of_cohort[second])]
            found[first, second] = ratio(chip, live, others, near=near)
    return found
