"""Slips for machines, asked for by people: who may become which terminal, and for how long.

Rule 1: a code is shown to whoever made it, once; what is kept of it is a hash.
Rule 2: a terminal that is there keeps its site: a slip swaps the machine, never the place.
"""

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa

from fleet.access.roles import Person, Right
from fleet.identity.claims import ClaimRefused, Claims, Slip
from fleet.store.database import Database
from fleet.store.known import Inventory
from fleet.store.tables import sites, terminals
from wire.claim import LASTS_S, TOKEN_BYTES, ClaimCode

LASTS: Final = (LASTS_S, 2 * LASTS_S, 4 * LASTS_S)
"""So long a slip may count, in seconds; the first is usual."""
_NAME = re.compile(r"[A-Za-z0-9._-]{1,64}")


class NotMeant(ValueError):
    """No terminal or site of that name, or a time that nobody offers."""


class NotTheirs(Exception):
    """The terminal is in a place that is none of theirs."""


@dataclass(frozen=True, slots=True)
class Printed:
    """What stands on a slip."""

    terminal: str
    site: str
    code: str
    ends_at: int
    """Seconds since 1970."""

    def __repr__(self) -> str:
        return f"<Printed for {self.terminal}>"


class Admission:
    """Makes and withdraws slips of one fleet."""

    def __init__(
        self,
        database: Database,
        *,
        server: str,
        authority: bytes,
        random_bytes: Callable[[int], bytes] = secrets.token_bytes,
    ) -> None:
        """Make codes that lead to `server`.

        Args:
            database: where codes are.
            server: host and port of the door for claims.
            authority: what a code says of the fleet's authority, see `wire.claim.pin`.
            random_bytes: a token's.
        """
        self._database = database
        self._claims = Claims(database, random_bytes=random_bytes)
        self._server = server
        self._authority = authority

    def make(self, who: Person, name: str, site: str, *, lasts_s: int, now: int) -> Printed:
        """Return a slip by which one machine becomes the terminal `name`.

        Args:
            who: asks; the terminal must be theirs to admit.
            name: of the terminal; a new one is added to the inventory.
            site: where a new one stands; empty for one that is there.
            lasts_s: one of LASTS.
            now: seconds since 1970.

        Raises:
            NotMeant: the words cannot be meant, or the terminal was retired.
            NotTheirs: it is in a place where `who` admits nobody.
        """
        if lasts_s not in LASTS or not _NAME.fullmatch(name):
            raise NotMeant("no such name, or no such time")
        stands, labels = self._place(name, site)
        if not who.reaches(labels, Right.ADMIT):
            raise NotTheirs("not theirs to admit")
        Inventory(self._database).add(name, site=stands)
        try:
            token = self._claims.make(
                name, by=who.shown, now=now, size=TOKEN_BYTES, lasts_s=lasts_s
            )
        except ClaimRefused:
            raise NotMeant("a terminal that is out") from None
        code = str(ClaimCode(self._server, self._authority, token))
        return Printed(name, stands, code, now + lasts_s)

    def slips(self, who: Person, *, now: int) -> list[Slip]:
        """Return the slips of a day, newest first, for terminals that are theirs to admit."""
        return [one for one in self._claims.slips(now=now) if who.reaches(one.labels, Right.ADMIT)]

    def withdraw(self, who: Person, name: str, *, now: int) -> None:
        """End the slip for a terminal that nobody has used.

        Raises:
            NotMeant: there is none that `who` sees.
        """
        theirs = {one.terminal for one in self.slips(who, now=now) if one.is_open(now)}
        if name not in theirs or not self._claims.withdraw(name, now=now):
            raise NotMeant("no open slip")

    def _place(self, name: str, site: str) -> tuple[str, dict[str, str]]:
        """Return where the terminal stands or will, and what selections go by."""
        with self._database.reading() as connection:
            there = connection.execute(
                sa.select(terminals).where(terminals.c.name == name)
            ).one_or_none()
            stands = (there.site or "") if there else site
            if there and site and site != stands:
                raise NotMeant("a terminal keeps its site")
            of_site = sa.select(sites.c.district).where(sites.c.id == stands)
            district = connection.execute(of_site).scalar_one_or_none()
        if district is None:
            raise NotMeant("no such site")
        at_site = of_site_alone(stands, district)
        if there is None:
            # Its name is whoever asks's own choice: it opens no place to them.
            return stands, at_site
        return stands, at_site | {"name": name, "model": there.model, "tag": there.tags}


def of_site_alone(site: str, district: str) -> dict[str, str]:
    """Return what selections go by where there is no terminal yet."""
    return {"state": "", "name": "", "site": site, "district": district, "model": "", "tag": ""}
