"""Error rates of a matrix of distances: chips down, live pictures across, people in order.

The diagonal holds the genuine pairs. Infinite stands for a picture without a face: never
accepted, so it costs a genuine pair and flatters no rate of strangers that is counted
over all pairs. A rate may be weighted by people (see `bootstrap`).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kiosk.vision.evaluate.bootstrap import interval

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Rates:
    """At one limit."""

    limit: float
    false_accepts: float
    """FAR: share of impostor pairs at or below the limit."""
    false_rejects: float
    """FRR: share of genuine pairs above it."""


def at(distances: Floats, limit: float) -> Rates:
    """Return the rates of accepting at or below a limit."""
    genuine, impostor = _apart(distances)
    return Rates(limit, float((impostor <= limit).mean()), float((genuine > limit).mean()))


def limit_for(distances: Floats, far: float, weights: Floats | None = None) -> float:
    """Return the largest limit whose FAR is at most `far`, just below the next stranger."""
    people = np.ones(len(distances)) if weights is None else weights
    mask = ~np.eye(len(distances), dtype=bool)
    impostor, each = distances[mask], np.outer(people, people)[mask]
    order = np.argsort(impostor)
    passed = np.cumsum(each[order]) / max(each.sum(), 1e-12)
    beyond = int(np.searchsorted(passed, far, side="right"))
    if beyond >= len(order):
        return math.inf
    return float(np.nextafter(impostor[order[beyond]], -math.inf))


def false_rejects(distances: Floats, limit: float, weights: Floats | None = None) -> float:
    """Return the share of genuine pairs above a limit."""
    people = np.ones(len(distances)) if weights is None else weights
    return float(people[np.diag(distances) > limit].sum() / people.sum())


def det(distances: Floats, limits: Sequence[float]) -> list[dict[str, float]]:
    """Return FAR and FRR at each limit (ISO/IEC 19795-1, DET)."""
    return [
        {"limit": one.limit, "far": one.false_accepts, "frr": one.false_rejects}
        for one in (at(distances, limit) for limit in limits)
    ]


def at_far(distances: Floats, far: float, rng: np.random.Generator) -> dict[str, Any]:
    """Return limit and FRR at a FAR, with 95 % intervals over people."""
    limit = limit_for(distances, far)
    people = len(distances)

    def frr(weights: Floats) -> float:
        return false_rejects(distances, limit_for(distances, far, weights), weights)

    return {
        "far": far,
        "limit": limit,
        "limit_95": interval(lambda weights: limit_for(distances, far, weights), people, rng),
        "frr": false_rejects(distances, limit),
        "frr_95": interval(frr, people, rng),
        "genuine_pairs": people,
        "impostor_pairs": people * (people - 1),
    }


def _apart(distances: Floats) -> tuple[Floats, Floats]:
    mask = np.eye(len(distances), dtype=bool)
    return distances[mask], distances[~mask]
