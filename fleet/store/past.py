"""Read the past of terminals as arrays, from the hourly roll-ups.

The caller says which terminals: whole districts, some hundred terminals at once, because
they are compared with one another, and a large fleet would not fit in memory.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final

import numpy as np
import sqlalchemy as sa

from fleet.anomaly.figures import HOURS_A_DAY, Figures, Grid
from fleet.store.database import Database
from fleet.store.logs import logs
from fleet.store.reading_back import Place
from fleet.store.tables import hours

HOUR_S: Final = 3600
LOOKED_AT_H: Final = 17 * HOURS_A_DAY
_LEVELS: Final = ("temperature_c", "round_trip_ms", "clock_offset_ms", "disk_free", "paper_left")
_COUNTS: Final = (
    "started",
    "completed",
    "cards_read",
    "card_failures",
    "photos",
    "capture_rejections",
    "face_checks",
    "presentation_rejections",
)
_EPOCH: Final = date(1970, 1, 1)


def figures(
    database: Database, places: Sequence[Place], *, until: int, length: int = LOOKED_AT_H
) -> Figures:
    """Return what `places` told in the `length` whole hours before `until` (seconds).

    Counts are differences: of an hour whose predecessor is missing, since the last one
    there is, so that a visit counted offline is counted when it is heard of.
    """
    last = until // HOUR_S
    begin = last - length
    row = {place.number: index for index, place in enumerate(places)}
    # One hour more, to take the first difference from.
    levels = {name: np.full((len(places), length + 1), np.nan) for name in (*_LEVELS, *_COUNTS)}
    wanted = sa.select(
        hours.c.terminal, hours.c.at, *(hours.c[name] for name in (*_LEVELS, *_COUNTS))
    ).where(
        hours.c.at >= (begin - 1) * HOUR_S,
        hours.c.at < last * HOUR_S,
        hours.c.terminal.in_(list(row)),
    )
    with database.reading() as connection:
        for terminal, at, *values in connection.execute(wanted):
            column = at // HOUR_S - begin + 1
            for name, value in zip(levels, values, strict=True):
                if value is not None:
                    levels[name][row[terminal], column] = value
    counts = {name: _differences(levels[name]) for name in _COUNTS}
    shape = (len(places), length)
    open_ = {
        kind: [kind.is_open((begin + hour) * HOUR_S) for hour in range(length)]
        for kind in {place.hours for place in places}
    }
    return Figures(
        names=tuple(place.name for place in places),
        district=np.unique([place.district for place in places], return_inverse=True)[1],
        begin=begin,
        holidays=frozenset(
            (day - _EPOCH).days for place in places for day in place.hours.closed_on
        ),
        is_open=np.array([open_[place.hours] for place in places], dtype=bool).reshape(shape),
        **{name: levels[name][:, 1:] for name in _LEVELS},
        # `fleet.health` has a rule for it, on what was told last.
        certificate_days=np.full(shape, np.nan),
        started=counts["started"],
        completed=counts["completed"],
        cards=counts["cards_read"] + counts["card_failures"],
        card_failures=counts["card_failures"],
        photos=counts["photos"],
        capture_rejections=counts["capture_rejections"],
        face_checks=counts["face_checks"],
        presentation_rejections=counts["presentation_rejections"],
        next_visit_h=np.full(shape, np.nan),
        logs=logs(database, row, begin=begin, hours=length),
    )


def first_hour(database: Database) -> int | None:
    """Return when the first roll-up begins, in seconds; None if there is none."""
    with database.reading() as connection:
        first: int | None = connection.execute(sa.select(sa.func.min(hours.c.at))).scalar_one()
        return first


def _differences(total: Grid) -> Grid:
    """Return what was added in each hour to a figure that counts up; a reset begins anew."""
    known = np.where(np.isfinite(total), np.arange(total.shape[1])[None, :], 0)
    last = np.maximum.accumulate(known, axis=1)
    filled = np.take_along_axis(total, last, axis=1)
    grown = np.diff(filled, axis=1)
    grown = np.where(grown < 0, filled[:, 1:], grown)
    added: Grid = np.where(np.isfinite(total[:, 1:]), np.nan_to_num(grown), np.nan)
    return added
