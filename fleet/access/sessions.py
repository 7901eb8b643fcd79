"""Who has signed in: kept in the database, so that every server knows and one act ends it.

A cookie is 256 random bits; only its hash is kept. A copied database opens nothing.
"""

import secrets
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

import msgspec
import sqlalchemy as sa

from fleet.access.break_glass import WHO
from fleet.access.provider import Begun
from fleet.access.roles import Person
from fleet.store.database import Database
from fleet.store.tables import sessions, sign_ins

LASTS_S: Final = 12 * 3600
BREAK_GLASS_LASTS_S: Final = 3600
SIGN_IN_LASTS_S: Final = 600
_MOST_SIGN_INS: Final = 1000


@dataclass(frozen=True, slots=True)
class Open:
    """One session, to look at and to end."""

    id: int
    person: Person
    begun_at: int
    ends_at: int


class Sessions:
    """The sessions of one database."""

    def __init__(self, database: Database) -> None:
        """Keep them in `database`."""
        self._database = database

    def begin(self, person: Person, *, now: int) -> tuple[str, int]:
        """Return the cookie of a new session, and how many seconds it lasts."""
        cookie = secrets.token_urlsafe(32)
        lasts = BREAK_GLASS_LASTS_S if person.id == WHO.id else LASTS_S
        row = {
            "digest": _digest(cookie),
            "person": msgspec.json.encode(person).decode(),
            "who": person.id,
            "begun_at": now,
            "ends_at": now + lasts,
        }
        with self._database.writing() as connection:
            connection.execute(sessions.delete().where(sessions.c.ends_at <= now))
            connection.execute(sessions.insert().values(row))
        return cookie, lasts

    def who(self, cookie: str, *, now: int) -> Person | None:
        """Return whose cookie that is; None for nobody's, or one that has ended."""
        if not cookie:
            return None
        wanted = sa.select(sessions.c.person).where(
            sessions.c.digest == _digest(cookie), sessions.c.ends_at > now
        )
        with self._database.reading() as connection:
            found = connection.execute(wanted).scalar_one_or_none()
        return None if found is None else msgspec.json.decode(found, type=Person)

    def end(self, cookie: str) -> None:
        """End one session."""
        with self._database.writing() as connection:
            connection.execute(sessions.delete().where(sessions.c.digest == _digest(cookie)))

    def end_number(self, number: int) -> bool:
        """End the session of that number; False if there is none."""
        with self._database.writing() as connection:
            done = connection.execute(sessions.delete().where(sessions.c.id == number))
            return done.rowcount == 1

    def open(self, *, now: int) -> list[Open]:
        """Return all sessions, newest first."""
        wanted = sa.select(sessions).where(sessions.c.ends_at > now)
        with self._database.reading() as connection:
            rows = connection.execute(wanted.order_by(sessions.c.begun_at.desc())).mappings()
            return [
                Open(
                    row["id"],
                    msgspec.json.decode(row["person"], type=Person),
                    row["begun_at"],
                    row["ends_at"],
                )
                for row in rows
            ]

    def glass_is_broken(self, *, now: int) -> bool:
        """Say whether somebody is in by the break-glass token."""
        wanted = sa.select(sessions.c.id).where(sessions.c.who == WHO.id, sessions.c.ends_at > now)
        with self._database.reading() as connection:
            return connection.execute(wanted).first() is not None

    # on the way to the provider and back

    def leave(self, begun: Begun, *, now: int) -> bool:
        """Remember somebody who is on the way to the provider; False if too many are."""
        with self._database.writing() as connection:
            connection.execute(sign_ins.delete().where(sign_ins.c.ends_at <= now))
            count = connection.execute(sa.select(sa.func.count()).select_from(sign_ins)).scalar()
            if (count or 0) >= _MOST_SIGN_INS:
                return False
            row = {"state": _digest(begun.state), "nonce": begun.nonce, "verifier": begun.verifier}
            connection.execute(sign_ins.insert().values(row | {"ends_at": now + SIGN_IN_LASTS_S}))
        return True

    def come_back(self, state: str, *, now: int) -> Any | None:
        """Return nonce and verifier of who comes back with `state`, once; else None."""
        this = sign_ins.c.state == _digest(state)
        with self._database.writing() as connection:
            found = connection.execute(
                sa.select(sign_ins).where(this, sign_ins.c.ends_at > now)
            ).one_or_none()
            connection.execute(sign_ins.delete().where(this))
        return found


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
