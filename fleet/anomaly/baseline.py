"""What is usual: for this terminal at this hour, and for its neighbours now. NO I/O.

Taking away what the neighbours do now is what makes a heat wave, a holiday or a slow
network harmless: they are unusual for everybody, and so for nobody.

Source: median and median absolute deviation as robust location and scale (Hampel, 1974);
1.4826 makes the latter a standard deviation for normal errors.
"""

from typing import Final

import numpy as np

from fleet.anomaly.figures import HOURS_A_DAY, Figures, Grid

_NORMAL: Final = 1.4826
LEARNING_H: Final = 10 * HOURS_A_DAY
_PRIOR: Final = 60.0
"""So many tries of the fleet's habit are mixed into a terminal's own."""
FEWEST_PEERS: Final = 4
"""A district with fewer terminals is compared with the whole fleet."""


def deviation(figures: Figures, value: Grid, *, learned: int = LEARNING_H) -> Grid:
    """Return how far each value is from what is usual here and now, in its own unit.

    Args:
        figures: whose hours and districts.
        value: what is looked at.
        learned: so many first hours say what is usual.
    """
    own = value - _own(figures, value, learned)
    return own - _peers(figures, own)


def sigmas(off: Grid, *, learned: int = LEARNING_H) -> Grid:
    """Return deviations in standard deviations of each terminal's own first `learned` hours."""
    spread = median(np.abs(off[:, :learned]), axis=1) * _NORMAL
    usual = median(spread, axis=0)
    # A terminal that was steadier than the others by luck is not held to that.
    scaled: Grid = off / np.fmax(spread, usual)
    return scaled


def median(value: Grid, *, axis: int) -> Grid:
    """Return the median of what there is, with `axis` kept; NaN where there is nothing.

    By sorting: NaN come last, and for short rows that is many times as fast as
    `numpy.nanmedian`.
    """
    if value.shape[axis] == 0:
        return np.full([1 if n == axis else size for n, size in enumerate(value.shape)], np.nan)
    ranked = np.sort(value, axis=axis)
    count = np.isfinite(value).sum(axis=axis, keepdims=True)
    low, high = np.maximum((count - 1) // 2, 0), count // 2
    high = np.minimum(high, value.shape[axis] - 1)
    middle = np.take_along_axis(ranked, low, axis) + np.take_along_axis(ranked, high, axis)
    found: Grid = np.where(count > 0, middle / 2, np.nan)
    return found


def smoothed(value: Grid, *, hours: int) -> Grid:
    """Return the mean of the last `hours`, where at least half of them have data."""
    there = np.isfinite(value)
    total = _trailing(np.where(there, value, 0.0), hours)
    count = _trailing(there.astype(np.float64), hours)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(count >= hours / 2, total / count, np.nan)


def trailing(value: Grid, *, hours: int) -> Grid:
    """Return the sum over the last `hours`; no data adds nothing."""
    return _trailing(np.where(np.isfinite(value), value, 0.0), hours)


def _trailing(value: Grid, hours: int) -> Grid:
    total = np.cumsum(value, axis=1)
    before = np.zeros_like(total)
    before[:, hours:] = total[:, :-hours]
    return total - before


def _own(figures: Figures, value: Grid, learned: int) -> Grid:
    """Return each terminal's own median at each hour of the day."""
    usual = np.full(value.shape, np.nan)
    for hour in range(HOURS_A_DAY):
        at = figures.hour_of_day == hour
        usual[:, at] = median(value[:, :learned][:, at[:learned]], axis=1)
    return usual


def _peers(figures: Figures, own: Grid) -> Grid:
    """Return what the neighbours are off by now; the fleet, where there are few neighbours."""
    fleet = median(own, axis=0)
    off = np.tile(fleet, (own.shape[0], 1))
    for district in np.unique(figures.district):
        here = figures.district == district
        if here.sum() >= FEWEST_PEERS:
            near = median(own[here], axis=0)
            off[here] = np.where(np.isfinite(near), near, fleet)
    return np.where(np.isfinite(off), off, 0.0)


def usual_share(hits: Grid, tries: Grid, learned: int) -> Grid:
    """Return each terminal's own share of hits in its first `learned` hours, one column."""
    own_hits = np.nansum(hits[:, :learned], axis=1, keepdims=True)
    own_tries = np.nansum(tries[:, :learned], axis=1, keepdims=True)
    fleet = own_hits.sum() / max(1.0, own_tries.sum())
    share: Grid = (own_hits + _PRIOR * fleet) / (own_tries + _PRIOR)
    return share
