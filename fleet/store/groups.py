"""Saved selections: a group has the terminals that its selection means now."""

import re
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa

from fleet.access.roles import Grant, Person
from fleet.selection import BadSelection, expanded, meant, words
from fleet.store.database import Database
from fleet.store.tables import groups

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,31}")
_MOST: Final = 200


@dataclass(frozen=True, slots=True)
class Group:
    """One saved selection."""

    name: str
    selection: str
    made_by: str


class Groups:
    """The groups of one database."""

    def __init__(self, database: Database) -> None:
        """Keep them in `database`."""
        self._database = database

    def all(self) -> list[Group]:
        """Return every group by name."""
        wanted = sa.select(groups.c.name, groups.c.selection, groups.c.made_by)
        with self._database.reading() as connection:
            return [Group(*row) for row in connection.execute(wanted.order_by(groups.c.name))]

    def selections(self) -> dict[str, str]:
        """Return the selections by name."""
        return {one.name: one.selection for one in self.all()}

    def save(self, name: str, selection: str, *, by: Person) -> None:
        """Save a selection, over one of that name.

        Raises:
            BadSelection: no name of ours, nothing selected, a group in it, or too many groups.
        """
        if not _NAME.fullmatch(name):
            raise BadSelection("a group's name has small letters, digits, - and _")
        if not words(selection):
            raise BadSelection("a group that means everything would be no group")
        meant(selection)
        row = {"name": name, "selection": " ".join(words(selection)), "made_by": by.shown[:120]}
        insert = self._database.insert(groups).values(row)
        with self._database.writing() as connection:
            count = connection.execute(sa.select(sa.func.count()).select_from(groups)).scalar_one()
            if count >= _MOST:
                raise BadSelection("too many groups")
            changed = {"selection": row["selection"], "made_by": row["made_by"]}
            connection.execute(
                insert.on_conflict_do_update(index_elements=[groups.c.name], set_=changed)
            )

    def drop(self, name: str) -> bool:
        """Forget a group; False if there is none. Whose place it was sees nothing any more."""
        with self._database.writing() as connection:
            return connection.execute(groups.delete().where(groups.c.name == name)).rowcount == 1

    def placed(self, person: Person) -> Person:
        """Return the person with places that name no group; a grant for an unknown one is void."""
        if not any("group:" in grant.where for grant in person.grants):
            return person
        there, grants = self.selections(), list[Grant]()
        for grant in person.grants:
            try:
                where = expanded(grant.where, there)
            except BadSelection:
                continue
            grants.append(Grant(grant.role, where))
        return Person(person.id, person.name, tuple(grants), person.token)
