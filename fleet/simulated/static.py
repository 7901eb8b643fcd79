"""The peer: fixed limits on each figure, as most fleets watch themselves. Not shipped.

Limits were chosen on the same seeds as those of our detectors, for the fewest false
episodes at which nearly all faults are still found.
"""

import numpy as np

from fleet.anomaly.baseline import trailing
from fleet.anomaly.episode import Episode, Kind, episodes
from fleet.anomaly.figures import HOURS_A_DAY, Figures, Grid, Mask
from fleet.anomaly.log_findings import is_grave
from fleet.simulated.happenings import FIRST_DAY


def detect(figures: Figures) -> list[Episode]:
    """Return the episodes in which a figure is beyond its limit."""
    found = [
        episode
        for kind, unusual in _unusual(figures).items()
        for episode in episodes(kind, unusual, lambda row, _: f"{figures.names[row]}: over limit")
    ]
    return [one for one in found if one.end >= FIRST_DAY * HOURS_A_DAY]


def _unusual(figures: Figures) -> dict[Kind, Mask]:
    quiet = trailing(np.where(figures.is_open, np.nan_to_num(figures.started), 1.0), hours=6) == 0
    return {
        Kind.READER: _share(figures.card_failures, figures.cards) > 0.2,
        Kind.CAPTURE: _share(figures.capture_rejections, figures.photos) > 0.3,
        Kind.COMPLETION: _share(figures.started - figures.completed, figures.started) > 0.5,
        Kind.ATTACK: figures.presentation_rejections >= 3,
        Kind.QUIET: quiet,
        Kind.HOT: figures.temperature_c > 62,
        Kind.SLOW: figures.round_trip_ms > 100,
        Kind.CLOCK: np.abs(figures.clock_offset_ms) > 40,
        Kind.DISK: figures.disk_free < 0.2,
        Kind.PAPER: figures.paper_left < 0.15,
        Kind.CERTIFICATE: figures.certificate_days < 10,
        Kind.LOG_SURGE: _grave_lines(figures) > 30,
    }


def _grave_lines(figures: Figures) -> Grid:
    """Return the lines of a day that speak of something that went wrong."""
    lines = np.zeros(figures.started.shape)
    for form, grid in figures.logs.grids(figures.started.shape):
        if is_grave(form):
            lines += grid
    return trailing(lines, hours=HOURS_A_DAY)


def _share(hits: Grid, tries: Grid) -> Grid:
    of = trailing(tries, hours=HOURS_A_DAY)
    share: Grid = np.where(of >= 8, trailing(hits, hours=HOURS_A_DAY) / np.fmax(of, 1), 0.0)
    return share
