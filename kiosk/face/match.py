"""Compare two descriptors: raw distance, cohort-normalised ratio, band, likelihood ratio.

Rule 1: a band says *match*, *likely* or *refer*; nothing here rejects a person.
Rule 2: the limits and the errors they were measured at come from one policy file.

The ratio is the distance of the two faces over the mean distance of each to its nearest
faces of a cohort (S-norm as in speaker recognition; docs/face.md, "The match"): where
strangers lie close together, two faces must lie closer still.
"""

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kiosk.face.match_policy import Limits, MatchPolicy

DESCRIPTOR: Final = 128
"""Numbers of a descriptor."""
Descriptor = NDArray[np.float64]


class Band(StrEnum):
    """What the local pre-check says."""

    MATCH = "match"
    LIKELY = "likely"
    """One more try with hints, then staff."""
    REFER = "refer"
    """Unclear: staff, or the register's own comparison."""


@dataclass(frozen=True, slots=True)
class Match:
    """One comparison; numbers for the evidence record."""

    distance: float
    """Euclidean, of the two descriptors."""
    ratio: float
    """`distance` over that of strangers of the cohort."""
    band: Band
    log10_likelihood_ratio: float
    """Same person against strangers, held within what the data support."""


def ratio(
    first: Descriptor, second: Descriptor, cohort: NDArray[np.float64], *, near: int
) -> float:
    """Return the cohort-normalised distance of two descriptors.

    Args:
        first: 128 numbers.
        second: 128 numbers.
        cohort: descriptors of other people, one a row; at least `near` rows.
        near: how many nearest faces of the cohort each side is held against.

    Raises:
        ValueError: the cohort is smaller than `near`.
    """
    if len(cohort) < near:
        raise ValueError(f"a cohort of {len(cohort)} holds no {near} neighbours")
    strangers = [
        float(np.partition(np.linalg.norm(cohort - one, axis=1), near - 1)[:near].mean())
        for one in (first, second)
    ]
    scale = sum(strangers) / 2
    return math.inf if scale == 0 else float(np.linalg.norm(first - second)) / scale


def compare(
    first: Descriptor, second: Descriptor, cohort: NDArray[np.float64], policy: MatchPolicy
) -> Match:
    """Compare two faces after a policy.

    Raises:
        ValueError: the cohort is too small for the policy.
    """
    distance = float(np.linalg.norm(first - second))
    normalised = ratio(first, second, cohort, near=policy.neighbours)
    return Match(
        distance,
        normalised,
        band(distance, normalised, policy),
        log10_likelihood_ratio(distance, policy),
    )


def band(distance: float, normalised: float, policy: MatchPolicy) -> Band:
    """Return the band; a number that is none refers."""
    if _within(distance, normalised, policy.match):
        return Band.MATCH
    return Band.LIKELY if _within(distance, normalised, policy.likely) else Band.REFER


def log10_likelihood_ratio(distance: float, policy: MatchPolicy) -> float:
    """Return the evidence of a distance, clamped.

    Source: logistic calibration with even priors (Bruemmer and du Preez 2006).
    """
    of = policy.likelihood
    natural = of.intercept - of.slope * distance
    return min(max(natural / math.log(10), of.log10_least), of.log10_most)


def _within(distance: float, normalised: float, limits: Limits) -> bool:
    return distance <= limits.distance_up_to and normalised <= limits.ratio_up_to
