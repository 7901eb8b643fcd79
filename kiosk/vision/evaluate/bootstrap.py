"""Intervals that know that pairs share people: draw people, not pairs.

Two hundred pairs of twenty people are no two hundred independent trials. Source: subset
bootstrap over persons (Bolle, Ratha and Pankanti 2004), percentile intervals.
"""

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
DRAWS: Final = 1000


def person_weights(people: int, rng: np.random.Generator, *, draws: int = DRAWS) -> Floats:
    """Return how often each person was drawn, one row a draw."""
    each = np.full(people, 1 / people)
    return rng.multinomial(people, each, size=draws).astype(np.float64)


def interval(
    figure: Callable[[Floats], float], people: int, rng: np.random.Generator, *, draws: int = DRAWS
) -> tuple[float, float]:
    """Return the 95 % interval of a figure over people.

    Args:
        figure: of a weight for each person.
        people: how many.
        rng: draws them.
        draws: how often.
    """
    found = [figure(weights) for weights in person_weights(people, rng, draws=draws)]
    # A limit may be infinite, between which and a number nothing can be interpolated.
    ordered = sorted(found)
    return ordered[round(0.025 * (draws - 1))], ordered[round(0.975 * (draws - 1))]
