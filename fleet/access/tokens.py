"""Tokens by which a person's programs come in: a role of that person's, a place, an end.

Rule 1: a token has no more than its maker has.
Rule 2: it acts in its maker's name, so it is no second person; it makes no token.
Rule 3: only its hash is kept; it is shown once.
"""

import secrets
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

import msgspec
import sqlalchemy as sa

from fleet.access.break_glass import WHO
from fleet.access.roles import Grant, Person
from fleet.store.database import Database
from fleet.store.tables import tokens

PREFIX: Final = "fleet_"
LONGEST_S: Final = 365 * 86_400


class BadToken(Exception):
    """Such a token cannot be made."""


@dataclass(frozen=True, slots=True)
class Made:
    """One token, to look at and to end."""

    id: int
    name: str
    person: Person
    made_at: int
    ends_at: int


class Tokens:
    """The tokens of one database."""

    def __init__(self, database: Database) -> None:
        """Keep them in `database`."""
        self._database = database

    def make(self, name: str, grant: Grant, *, by: Person, now: int, lasts_s: int) -> str:
        """Return a new token.

        Raises:
            BadToken: without a name or an end, by a token or by the break-glass token, or for more
                than `by` has.
        """
        if not name.strip() or not 0 < lasts_s <= LONGEST_S or by.token or by.id == WHO.id:
            raise BadToken("a token has a name, and an end within a year")
        if grant not in by.grants and Grant(grant.role) not in by.grants:
            raise BadToken("a token has no more than its maker")
        text = PREFIX + secrets.token_urlsafe(32)
        person = Person(by.id, by.name, (grant,), name.strip()[:60])
        row = {
            "digest": _digest(text),
            "name": person.token,
            "who": by.id,
            "person": msgspec.json.encode(person).decode(),
            "made_at": now,
            "ends_at": now + lasts_s,
        }
        with self._database.writing() as connection:
            connection.execute(tokens.delete().where(tokens.c.ends_at <= now))
            connection.execute(tokens.insert().values(row))
        return text

    def who(self, text: str, *, now: int) -> Person | None:
        """Return in whose name a token acts; None for none of ours, or one that has ended."""
        wanted = sa.select(tokens.c.person).where(
            tokens.c.digest == _digest(text), tokens.c.ends_at > now
        )
        with self._database.reading() as connection:
            found = connection.execute(wanted).scalar_one_or_none()
        return None if found is None else msgspec.json.decode(found, type=Person)

    def open(self, *, now: int, of: str | None = None) -> list[Made]:
        """Return the tokens of one person, or all."""
        mine = sa.true() if of is None else tokens.c.who == of
        wanted = sa.select(tokens).where(tokens.c.ends_at > now, mine).order_by(tokens.c.id.desc())
        with self._database.reading() as connection:
            return [
                Made(
                    row["id"],
                    row["name"],
                    msgspec.json.decode(row["person"], type=Person),
                    row["made_at"],
                    row["ends_at"],
                )
                for row in connection.execute(wanted).mappings()
            ]

    def end(self, number: int, *, of: str | None = None) -> bool:
        """End a token, of one person alone if `of` names one; False if there is none such."""
        mine = sa.true() if of is None else tokens.c.who == of
        with self._database.writing() as connection:
            done = connection.execute(tokens.delete().where(tokens.c.id == number, mine))
            return done.rowcount == 1


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
