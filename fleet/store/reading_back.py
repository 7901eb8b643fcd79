"""Read the present of all terminals, and how visits ended lately and before."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import msgspec
import sqlalchemy as sa

from fleet.health.hours import Hours
from fleet.health.measures import Visits
from fleet.store.database import Database
from fleet.store.tables import hours, latest, sites, terminals, trails
from wire.checkin import Reading, Sessions
from wire.rollout import Network

_decode = msgspec.msgpack.Decoder(Reading).decode
_ENDS: Final = ("started", "completed", "left", "referred", "broken")
DAY_S: Final = 86_400
USUAL_S: Final = 14 * DAY_S


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A terminal in the inventory."""

    number: int
    name: str
    site: str
    district: str
    hours: Hours
    retired: bool
    model: str = ""
    tags: str = ""
    notes: str = ""
    """What people wrote about the terminal."""
    contact: str = ""
    """Whom to call at the site."""
    site_notes: str = ""
    site_en: str = ""
    site_zh: str = ""
    """What people call the site."""
    network: Network = Network.WIRED


@dataclass(frozen=True, slots=True)
class Present:
    """What a terminal told last, and when that came."""

    received_at: int
    reading: Reading


def places(database: Database) -> dict[int, Place]:
    """Return every terminal of the inventory, by number."""
    wanted = sa.select(terminals, sites).outerjoin(sites, sites.c.id == terminals.c.site)
    wanted = wanted.set_label_style(sa.LABEL_STYLE_TABLENAME_PLUS_COL)
    with database.reading() as connection:
        return {
            row["terminals_number"]: Place(
                number=row["terminals_number"],
                name=row["terminals_name"],
                site=row["terminals_site"] or "",
                district=row["sites_district"] or "",
                hours=Hours(
                    row["sites_opens"] or 0,
                    row["sites_closes"] or 0,
                    0b1111111 if row["sites_days"] is None else row["sites_days"],
                ),
                retired=row["terminals_retired"],
                model=row["terminals_model"],
                tags=row["terminals_tags"],
                notes=row["terminals_notes"],
                contact=row["sites_contact"] or "",
                site_notes=row["sites_notes"] or "",
                site_en=row["sites_name_en"] or "",
                site_zh=row["sites_name_zh"] or "",
                network=Network(row["terminals_network"]),
            )
            for row in connection.execute(wanted).mappings()
        }


def present(database: Database, *, since: int = 0) -> dict[int, Present]:
    """Return the present of terminals that were heard at or after `since`, by number."""
    wanted = sa.select(latest.c.terminal, latest.c.received_at, latest.c.reading)
    with database.reading() as connection:
        return {
            terminal: Present(received_at, _decode(reading))
            for terminal, received_at, reading in connection.execute(
                wanted.where(latest.c.received_at >= since)
            )
        }


def conflicts(database: Database) -> frozenset[int]:
    """Return the terminals whose trail once led back or aside."""
    wanted = sa.select(trails.c.terminal).where(trails.c.conflict).distinct()
    with database.reading() as connection:
        return frozenset(connection.execute(wanted).scalars())


def visits(database: Database, *, now: int) -> dict[int, Visits]:
    """Return how visits ended in the last day, and in the fourteen days before it."""
    begin, recent = now - DAY_S - USUAL_S, now - DAY_S
    figures = [hours.c[name] for name in _ENDS]

    def span(since: int, until: int) -> Any:
        # Figures only grow, so the difference of the extremes is what happened between.
        grown = [(sa.func.max(f) - sa.func.min(f)).label(f.name) for f in figures]
        return (
            sa.select(hours.c.terminal, *grown)
            .where(hours.c.at >= since, hours.c.at < until)
            .group_by(hours.c.terminal)
        )

    with database.reading() as connection:
        lately = _sessions(connection.execute(span(recent - 3600, now)).fetchall())
        usually = _sessions(connection.execute(span(begin, recent)).fetchall())
    return {
        terminal: Visits(lately[terminal], usually[terminal])
        for terminal in lately.keys() & usually.keys()
    }


def _sessions(rows: Iterable[Any]) -> dict[int, Sessions]:
    return {
        terminal: Sessions(**{name: value or 0 for name, value in zip(_ENDS, ends, strict=True)})
        for terminal, *ends in rows
    }
