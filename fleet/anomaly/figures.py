"""What terminals told, as arrays: one row for each terminal, one column for each hour.

NO I/O. NaN is no data. Counts are what happened in the hour, not since the first day.
"""

from dataclasses import dataclass, fields, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fleet.anomaly.logs import Logs

Grid = NDArray[np.float64]
Mask = NDArray[np.bool_]
HOURS_A_DAY: Final = 24
HONG_KONG_H: Final = 8
"""Hours ahead of UTC."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The past of some terminals, hour by hour; shapes are (terminals, hours)."""

    names: tuple[str, ...]
    district: NDArray[np.int64]
    """Of each terminal, as an index."""
    begin: int
    """First hour, in hours since 1970, UTC."""
    holidays: frozenset[int]
    """Public holidays, in days since 1970 of Hong Kong: known long before."""
    is_open: Mask
    temperature_c: Grid
    round_trip_ms: Grid
    clock_offset_ms: Grid
    disk_free: Grid
    paper_left: Grid
    certificate_days: Grid
    started: Grid
    completed: Grid
    cards: Grid
    """Cards read or not read."""
    card_failures: Grid
    photos: Grid
    capture_rejections: Grid
    face_checks: Grid
    presentation_rejections: Grid
    next_visit_h: Grid
    """Hours until a service visit is planned; NaN if none is."""
    logs: Logs = Logs()  # noqa: RUF009  (empty, and nobody changes it)
    """What kernels and card services said."""

    @property
    def hours(self) -> int:
        """Return how many hours there are."""
        return int(self.is_open.shape[1])

    @property
    def hour_of_day(self) -> NDArray[np.int64]:
        """Return the hour of the day in Hong Kong of each column."""
        return (np.arange(self.begin, self.begin + self.hours) + HONG_KONG_H) % HOURS_A_DAY

    def until(self, hours: int) -> "Figures":
        """Return the first `hours` of these figures: what was known then."""
        grids = {
            field.name: getattr(self, field.name)[:, :hours]
            for field in fields(self)
            if field.name not in {"names", "district", "begin", "holidays", "logs"}
        }
        return replace(self, **grids, logs=self.logs.until(hours))
