"""The sites of a fleet: where they are, when they are open, whom to call."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from fleet.console.districts import districts
from fleet.health.hours import Hours
from fleet.store.database import Database
from fleet.store.tables import sites, terminals

_LONGEST: Final = {"name_en": 120, "name_zh": 120, "contact": 200, "notes": 1000}
_CLOCK: Final = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
_DAYS: Final = re.compile(r"[1-7]{1,7}")


class BadSite(ValueError):
    """What was filled in is no site's; the message is the field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One site."""

    id: str
    name_en: str
    name_zh: str
    district: str
    hours: Hours
    contact: str
    notes: str
    terminals: int = 0
    """How many stand there and are not retired."""

    @property
    def days(self) -> str:
        """Return its days as they are filled in: 1 is Monday."""
        return "".join(str(day + 1) for day in range(7) if self.hours.days >> day & 1)


class Sites:
    """The sites of one database."""

    def __init__(self, database: Database) -> None:
        """Keep them in `database`."""
        self._database = database

    def all(self) -> list[Site]:
        """Return every site, by district and name."""
        there = (terminals.c.site == sites.c.id) & terminals.c.retired.is_(sa.false())
        wanted = (
            sa.select(sites, sa.func.count(terminals.c.number).label("terminals"))
            .outerjoin(terminals, there)
            .group_by(*sites.c)
            .order_by(sites.c.district, sites.c.id)
        )
        with self._database.reading() as connection:
            return [_site(row) for row in connection.execute(wanted).mappings()]

    def save(self, site: str, form: Mapping[str, str]) -> bool:
        """Change a site to what was filled in; False if there is none such.

        Raises:
            BadSite: a field is missing, too long, or cannot be meant.
        """
        change = sites.update().where(sites.c.id == site).values(_filled_in(form))
        with self._database.writing() as connection:
            return connection.execute(change).rowcount == 1


def _filled_in(form: Mapping[str, str]) -> dict[str, Any]:
    values: dict[str, Any] = {name: form.get(name, "").strip() for name in _LONGEST}
    for name, longest in _LONGEST.items():
        if len(values[name]) > longest or (name.startswith("name") and not values[name]):
            raise BadSite(name)
    district = form.get("district", "")
    if district not in districts():
        raise BadSite("district")
    where = districts()[district]
    days = form.get("days", "")
    if not _DAYS.fullmatch(days):
        raise BadSite("days")
    return values | {
        "district": district,
        "x": where.x,
        "y": where.y,
        "opens": _minute(form, "opens"),
        "closes": _minute(form, "closes"),
        "days": sum(1 << int(day) - 1 for day in set(days)),
    }


def _minute(form: Mapping[str, str], name: str) -> int:
    found = _CLOCK.fullmatch(form.get(name, ""))
    if found is None:
        raise BadSite(name)
    return int(found[1]) * 60 + int(found[2])


def _site(row: Mapping[Any, Any]) -> Site:
    return Site(
        id=row["id"],
        name_en=row["name_en"],
        name_zh=row["name_zh"],
        district=row["district"],
        hours=Hours(row["opens"], row["closes"], row["days"]),
        contact=row["contact"],
        notes=row["notes"],
        terminals=row["terminals"],
    )
