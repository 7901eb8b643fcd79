"""List which terminals are most unlike themselves and their neighbours today. NO I/O.

A score to look at, never to wake anybody by: the three largest deviations of the last day, each
in robust standard deviations, together. No threshold, no alarm; whoever has time looks at the
first few. A learned model (isolation forest) was weighed and left out: it needs scikit-learn and
SciPy, some 150 MB, and on the same figures it found less and explained nothing (docs/fleet.md).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from fleet.anomaly.baseline import LEARNING_H, deviation, sigmas, smoothed, usual_share
from fleet.anomaly.figures import HOURS_A_DAY, Figures, Grid

MOST_SIGMA: Final = 12.0
"""Beyond this, more says no more."""
_TOGETHER: Final = 3
_LEAST: Final = 2.0
"""Less than this is no reason to name."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """One terminal, and what is unlike it."""

    name: str
    score: float
    reasons: tuple[tuple[str, float], ...]
    """Figures and their standard deviations, largest first."""


def rank(figures: Figures, *, learned: int = LEARNING_H) -> list[Ranked]:
    """Return every terminal with a reason to be looked at, most unusual first."""
    all_ = {
        "temperature": _level(figures, figures.temperature_c, learned),
        "way": _level(figures, np.log(np.maximum(figures.round_trip_ms, 1.0)), learned),
        "clock": np.abs(_level(figures, figures.clock_offset_ms, learned)),
        "reader": _share(figures.card_failures, figures.cards, learned),
        "capture": _share(figures.capture_rejections, figures.photos, learned),
        "completion": _share(figures.started - figures.completed, figures.started, learned),
        "presentation": _share(figures.presentation_rejections, figures.face_checks, learned),
        "visits": _fewer(figures.started, learned),
    }
    names = list(all_)
    table = np.clip(np.nan_to_num(np.stack(list(all_.values()))), 0.0, MOST_SIGMA)
    largest = np.sort(table, axis=0)[-_TOGETHER:]
    scores = np.sqrt((largest**2).sum(axis=0))
    found = [
        Ranked(
            figures.names[row],
            round(float(scores[row]), 1),
            tuple(
                (names[index], round(float(table[index, row]), 1))
                for index in np.argsort(-table[:, row])[:_TOGETHER]
                if table[index, row] >= _LEAST
            ),
        )
        for row in np.argsort(-scores, kind="stable")
    ]
    return [one for one in found if one.reasons]


def _level(figures: Figures, value: Grid, learned: int) -> Grid:
    """Return how far the last hours' mean is from what is usual here and now."""
    off = sigmas(smoothed(deviation(figures, value, learned=learned), hours=6), learned=learned)
    return off[:, -1]


def _share(hits: Grid, tries: Grid, learned: int) -> Grid:
    """Return how far a share of the last day is beyond its own habit, raised by the fleet's now."""
    some, all_ = np.nan_to_num(hits), np.nan_to_num(tries)
    usual = usual_share(some, all_, learned)[:, 0]
    k, n = some[:, -HOURS_A_DAY:].sum(axis=1), all_[:, -HOURS_A_DAY:].sum(axis=1)
    fleet = some[:, :learned].sum() / max(1.0, all_[:, :learned].sum())
    now = k.sum() / max(1.0, n.sum())
    share = np.clip(usual * np.clip(now / max(fleet, 1e-9), 1.0, 5.0), 1e-4, 0.98)
    far: Grid = (k - n * share) / np.sqrt(np.fmax(n * share * (1 - share), 1.0))
    return far


def _fewer(started: Grid, learned: int) -> Grid:
    """Return how many fewer visits came in the last day than by own habit and the fleet today."""
    visits = np.nan_to_num(started)
    usual = visits[:, :learned].sum(axis=1) / max(1, learned) * HOURS_A_DAY
    came = visits[:, -HOURS_A_DAY:].sum(axis=1)
    expected = usual * min(1.0, came.sum() / max(1.0, usual.sum()))
    # A count's own spread is that of Poisson; days differ by more than that.
    far: Grid = (expected - came) / np.sqrt(np.fmax(expected, 1.0)) / 2
    return far
