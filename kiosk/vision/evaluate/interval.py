"""Exact confidence intervals of a share (Clopper and Pearson, Biometrika 26, 1934)."""

from collections.abc import Callable
from math import exp, lgamma, log
from typing import Any

_STEPS = 60
"""Halvings: far below any digit that is printed."""


def clopper_pearson(hits: int, of: int, *, confidence: float = 0.95) -> tuple[float, float]:
    """Return the exact two-sided interval of a share.

    Args:
        hits: so many of them.
        of: trials; none gives the whole range.
        confidence: that the true share lies in the interval, at least.
    """
    if not of:
        return 0.0, 1.0
    tail = (1 - confidence) / 2
    low = 0.0 if hits == 0 else _root(lambda p: 1 - _at_most(hits - 1, of, p) - tail)
    high = 1.0 if hits == of else _root(lambda p: tail - _at_most(hits, of, p))
    return low, high


def share(hits: int, of: int) -> dict[str, Any]:
    """Return a share with its interval, as the evaluations print it."""
    low, high = clopper_pearson(hits, of)
    value = round(hits / of, 4) if of else None
    return {"hits": hits, "of": of, "share": value, "ci95": [round(low, 4), round(high, 4)]}


def _root(rising: Callable[[float], float]) -> float:
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (low, middle) if rising(middle) > 0 else (middle, high)
    return (low + high) / 2


def _at_most(hits: int, of: int, share_: float) -> float:
    """Return the probability of at most `hits` of `of`; 0 < `share_` < 1."""
    ways = lgamma(of + 1)
    logs = (
        ways - lgamma(k + 1) - lgamma(of - k + 1) + k * log(share_) + (of - k) * log(1 - share_)
        for k in range(hits + 1)
    )
    return sum(exp(one) for one in logs)
