"""Keep which device stands in which place of which terminal, and notice when one was swapped."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from fleet.store.database import Database
from fleet.store.fitting_tables import fittings, swaps
from wire.devices import Fitted, Place, Report

_MOST_SWAPS: Final = 100
"""Of one terminal: a device that changes its number all day fills no disk."""


@dataclass(frozen=True, slots=True)
class Fitting:
    """A device in its place."""

    model: str
    serial: str
    """Empty if it has none."""
    since: int
    """Told first, seconds since 1970."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Swap:
    """Another device than before."""

    terminal: int
    place: Place
    at: int
    model: str
    serial: str
    model_before: str
    serial_before: str


NOTHING: Final[Mapping[Place, Fitting]] = {}


class Fittings:
    """The devices in the terminals of one database."""

    def __init__(self, database: Database) -> None:
        """Keep them in `database`."""
        self._database = database

    def told(self, terminal: int, report: Report, *, now: int) -> None:
        """Keep what a terminal says stands there.

        A place that is not told keeps what stood there: a device that is unplugged is missing,
        which its state says, and it is the next one there that may be another.

        Raises:
            sqlalchemy.exc.DBAPIError: nothing is kept.
        """
        with self._database.writing() as connection:
            wanted = sa.select(fittings).where(fittings.c.terminal == terminal)
            # Two reports of one terminal at once would both see what stood there before.
            rows = connection.execute(wanted.with_for_update()).mappings()
            before = {row["place"]: row for row in rows}
            for one in report.devices:
                connection.execute(self._keeping(terminal, one, before.get(one.place.value), now))
            changed = [
                _swap(terminal, one, before[one.place.value], now)
                for one in report.devices
                if one.place.value in before and _differs(one, before[one.place.value])
            ]
            if changed:
                connection.execute(swaps.insert(), changed)
                connection.execute(swaps.delete().where(_beyond(terminal)))

    def _keeping(self, terminal: int, one: Fitted, before: Any, now: int) -> Any:
        stays = before is not None and not _differs(one, before)
        row = {
            "terminal": terminal,
            "place": one.place.value,
            "model": one.model,
            "serial": one.serial or "",
            "since": before["since"] if stays else now,
            "told_at": now,
        }
        insert = self._database.insert(fittings).values(row)
        changing = ("model", "serial", "since", "told_at")
        return insert.on_conflict_do_update(
            index_elements=list(fittings.primary_key),
            set_={name: insert.excluded[name] for name in changing},
        )

    def since(self, moment: int) -> dict[int, dict[Place, Fitting]]:
        """Return the devices that stand where they are since `moment` or later, by terminal."""
        found: dict[int, dict[Place, Fitting]] = {}
        wanted = sa.select(fittings).where(fittings.c.since >= moment)
        with self._database.reading() as connection:
            for row in connection.execute(wanted).mappings():
                fitting = Fitting(row["model"], row["serial"], row["since"])
                found.setdefault(row["terminal"], {})[Place(row["place"])] = fitting
        return found

    def swapped(self, *, since: int) -> list[Swap]:
        """Return the swaps since then, oldest first."""
        return self._swaps(swaps.c.at >= since)

    def swaps_of(self, terminal: int) -> list[Swap]:
        """Return a terminal's swaps, newest first."""
        return self._swaps(swaps.c.terminal == terminal)[::-1]

    def _swaps(self, which: sa.ColumnElement[bool]) -> list[Swap]:
        wanted = sa.select(swaps).where(which).order_by(swaps.c.id)
        with self._database.reading() as connection:
            rows: Iterable[Mapping[Any, Any]] = connection.execute(wanted).mappings().fetchall()
        return [
            Swap(
                terminal=row["terminal"],
                place=Place(row["place"]),
                at=row["at"],
                model=row["model"],
                serial=row["serial"],
                model_before=row["model_before"],
                serial_before=row["serial_before"],
            )
            for row in rows
        ]


def _differs(one: Fitted, before: Mapping[Any, Any]) -> bool:
    return (one.model, one.serial or "") != (before["model"], before["serial"])


def _swap(terminal: int, one: Fitted, before: Mapping[Any, Any], now: int) -> dict[str, Any]:
    return {
        "terminal": terminal,
        "place": one.place.value,
        "at": now,
        "model": one.model,
        "serial": one.serial or "",
        "model_before": before["model"],
        "serial_before": before["serial"],
    }


def _beyond(terminal: int) -> sa.ColumnElement[bool]:
    mine = sa.select(swaps.c.id).where(swaps.c.terminal == terminal)
    kept = mine.order_by(swaps.c.id.desc()).limit(_MOST_SWAPS)
    return sa.and_(swaps.c.terminal == terminal, swaps.c.id.not_in(kept))
