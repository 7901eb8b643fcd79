"""The exact interval of an error rate.

Source: C. J. Clopper and E. S. Pearson, The use of confidence or fiducial limits illustrated in
the case of the binomial, Biometrika 26 (1934). Each end is the rate at which what was seen, or
more extreme, has a chance of half of what is left over.
"""

import math
from collections.abc import Callable
from typing import Any, Final

CONFIDENCE: Final = 0.95
_STEPS: Final = 60
"""Halvings: 2 to the power of -60 is below what a float tells apart near 1."""


def clopper_pearson(
    errors: int, trials: int, *, confidence: float = CONFIDENCE
) -> tuple[float, float]:
    """Return lowest and highest rate, 0 to 1, for so many errors in independent trials.

    Raises:
        ValueError: no trials, or errors below 0 or above the trials.
    """
    if trials < 1 or not 0 <= errors <= trials:
        raise ValueError("errors must be 0 to the number of trials, and trials 1 or more")
    tail = (1 - confidence) / 2
    ways = _ways(errors, trials)
    low = _root(lambda rate: 1 - tail - _chance(ways[:-1], trials, rate)) if errors else 0.0
    if errors == trials:
        return low, 1.0
    return low, _root(lambda rate: tail - _chance(ways, trials, rate))


def _ways(errors: int, trials: int) -> list[float]:
    """Return the logarithm of how many ways there are to 0, 1 and up to so many errors."""
    whole = math.lgamma(trials + 1)
    return [
        whole - math.lgamma(count + 1) - math.lgamma(trials - count + 1)
        for count in range(errors + 1)
    ]


def _chance(ways: list[float], trials: int, rate: float) -> float:
    """Return the chance of any of these counts of errors; `rate` lies inside 0 and 1."""
    yes, no = math.log(rate), math.log1p(-rate)
    return math.fsum(
        math.exp(way + count * yes + (trials - count) * no) for count, way in enumerate(ways)
    )


def _root(rising: Callable[[float], float]) -> float:
    """Return where a rising function of a rate passes zero."""
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if rising(middle) < 0 else (low, middle)
    return (low + high) / 2


def share(hits: int, of: int) -> dict[str, Any]:
    """Return a share with its interval, as the evaluations print it; of none nothing is known."""
    low, high = clopper_pearson(hits, of) if of else (0.0, 1.0)
    value = round(hits / of, 4) if of else None
    return {"hits": hits, "of": of, "share": value, "ci95": [round(low, 4), round(high, 4)]}
