"""Find what was said, done or noted: best first, the newest of equals first, in parts.

Rule 1: nobody finds what they may not look at, and no count tells of it.
Rule 2: an event is found by its form and a line of a foreign log by its template; then those who
said it are asked for. What people said and wrote counts more than what terminals noted.
Rule 3: the newest of each are looked at, so many and no more; a rank depends on the text and the
search alone, so a place in the list is the same place later.
"""

import base64
import binascii
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Any, Final

import msgspec
import sqlalchemy as sa

from fleet.search.full_text import PATIENCE_S, full_text
from fleet.search.words import BadQuery, Query, words_of
from fleet.store.database import Database
from fleet.store.log_tables import log_hours
from fleet.store.tables import commands, entries
from fleet.store.text_tables import Kind

_LONGEST_PLACE: Final = 300
MOST: Final = 2000
"""So many texts of each sort are looked at, and about as many of those who said them."""
_MOST_FORMS: Final = 60
_OF_A_FORM: Final = 100
_BY_PEOPLE: Final = (Kind.ALERT, Kind.NOTE, Kind.COMMAND, Kind.AUDIT)
_WEIGHTS: Final[Mapping[Kind, float]] = {
    Kind.ALERT: 3,
    Kind.NOTE: 3,
    Kind.COMMAND: 2,
    Kind.AUDIT: 2,
    Kind.TEMPLATE: 1,
    Kind.EVENT: 1,
}
Place = tuple[float, int, str, int, int, int]
"""Where a hit stands in the list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What may be found."""

    terminals: AbstractSet[int] | None
    """None for the whole fleet."""
    districts: AbstractSet[str] | None
    audit: bool

    def reaches(self, terminal: int | None, district: str) -> bool:
        """Say whether what is about a terminal, or about a whole district, may be found."""
        if terminal is None:
            return self.districts is None or district in self.districts
        return self.terminals is None or terminal in self.terminals


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One thing that was found."""

    kind: Kind
    at: int
    """Seconds since 1970."""
    text: str
    terminal: int | None
    ref: int
    about: int | None = None
    number: int = 0
    """Of an event in its terminal's trail."""
    rank: float = 0.0

    @property
    def place(self) -> Place:
        """Return where it stands."""
        score = -round(self.rank * _WEIGHTS[self.kind], 4)
        return score, -self.at, self.kind.value, self.ref, self.terminal or 0, self.number


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A part of what was found."""

    hits: list[Hit]
    counts: Mapping[Kind, int]
    """Of what was looked at, by what it is."""
    next: str | None
    """Where to go on."""


class Finder:
    """Searches one database."""

    def __init__(self, database: Database, *, patience_s: float = PATIENCE_S) -> None:
        """Search `database`, for so long at most."""
        self._database = database
        self._index = full_text(database)
        self._patience_s = patience_s

    def find(
        self,
        query: Query,
        scope: Scope,
        *,
        named: AbstractSet[int],
        kinds: AbstractSet[Kind],
        since: int,
        limit: int,
        after: str = "",
    ) -> Found:
        """Return the part of what was found that begins after a place.

        Args:
            query: what is searched for.
            scope: what may be found.
            named: numbers of the terminals that `query` names without a label.
            kinds: which of it is wanted.
            since: seconds since 1970.
            limit: so many at most.
            after: where the part before ended; empty for the first.

        Raises:
            BadQuery: `after` is no place.
            TooBroad: it takes too long.
        """
        begin = _read(after) if after else None
        with (
            self._database.reading() as connection,
            self._index.patient(connection, self._patience_s),
        ):
            hits = list(self._by_people(connection, query, scope, since))
            said = _of_machines(query)
            of = _narrowed(scope.terminals, named)
            hits += self._events(connection, said, of, since)
            hits += self._templates(connection, said, of, since)
        counts = Counter(hit.kind for hit in hits)
        shown = sorted((hit for hit in hits if hit.kind in kinds), key=lambda hit: hit.place)
        rest = [hit for hit in shown if begin is None or hit.place > begin]
        more = _written(rest[limit - 1].place) if len(rest) > limit else None
        return Found(hits=rest[:limit], counts=counts, next=more)

    def _texts(
        self, connection: sa.Connection, query: Query, kinds: Sequence[Kind]
    ) -> Iterator[tuple[Mapping[Any, Any], float]]:
        """Yield the texts that are meant, each with its rank."""
        for row in self._index.matching(connection, query, kinds, at_most=MOST):
            words = row["words"].split()
            if query.holds(words):
                yield row, query.rank(words)

    def _by_people(
        self, connection: sa.Connection, query: Query, scope: Scope, since: int
    ) -> Iterator[Hit]:
        kinds = [kind for kind in _BY_PEOPLE if kind is not Kind.AUDIT or scope.audit]
        found = [
            (Kind(row["kind"]), row, rank)
            for row, rank in self._texts(connection, query, kinds)
            if row["at"] >= since
        ]
        lots = [row["ref"] for kind, row, _ in found if kind is Kind.COMMAND]
        within = _lots_within(connection, lots, scope.terminals)
        for kind, row, rank in found:
            seen = scope.reaches(row["terminal"], row["district"])
            if kind is Kind.COMMAND:
                seen = row["ref"] in within
            if seen or kind is Kind.AUDIT:
                yield Hit(
                    kind=kind,
                    at=row["at"],
                    text=row["text"],
                    terminal=row["terminal"],
                    ref=row["ref"],
                    about=row["about"],
                    rank=rank,
                )

    def _events(
        self, connection: sa.Connection, query: Query, of: AbstractSet[int] | None, since: int
    ) -> Iterator[Hit]:
        ranks = {row["ref"]: rank for row, rank in self._texts(connection, query, [Kind.EVENT])}
        best = sorted(ranks, key=lambda form: (-ranks[form], form))[:_MOST_FORMS]
        asked: Sequence[int | None] = best if query.wanted else [None]
        each = max(_OF_A_FORM, MOST // max(1, len(asked)))
        for form in asked:
            for row in _entries(connection, form, of, since, each):
                yield Hit(
                    kind=Kind.EVENT,
                    at=row["at"],
                    text=event_text(row["event"], row["fields"]),
                    terminal=row["terminal"],
                    ref=row["form"] or 0,
                    number=row["number"],
                    rank=ranks.get(row["form"], 0.0),
                )

    def _templates(
        self, connection: sa.Connection, query: Query, of: AbstractSet[int] | None, since: int
    ) -> Iterator[Hit]:
        found = {
            row["ref"]: (row, rank) for row, rank in self._texts(connection, query, [Kind.TEMPLATE])
        }
        last = sa.func.max(log_hours.c.at)
        wanted = sa.select(log_hours.c.template, last).group_by(log_hours.c.template)
        wanted = wanted.where(log_hours.c.template.in_(list(found)), log_hours.c.at >= since)
        if of is not None:
            wanted = wanted.where(log_hours.c.terminal.in_(list(of)))
        for template, at in connection.execute(wanted):
            row, rank = found[template]
            yield Hit(
                kind=Kind.TEMPLATE, at=at, text=row["text"], terminal=None, ref=template, rank=rank
            )


def _entries(
    connection: sa.Connection, form: int | None, of: AbstractSet[int] | None, since: int, most: int
) -> Sequence[Mapping[Any, Any]]:
    """Return the newest entries of a form, or of all: along one index, however many there are."""
    wanted = sa.select(entries).where(entries.c.at >= since)
    if form is not None:
        wanted = wanted.where(entries.c.form == form)
    if of is not None:
        wanted = wanted.where(entries.c.terminal.in_(list(of)))
    newest = wanted.order_by(entries.c.at.desc()).limit(most)
    return connection.execute(newest).mappings().fetchall()


def event_text(event: str, fields: str) -> str:
    """Return an entry of a trail as it is shown: the event, and its fields."""
    named = msgspec.json.decode(fields, type=dict[str, Any])
    return " ".join((event, *(f"{name}={value}" for name, value in named.items())))


def _of_machines(query: Query) -> Query:
    """Return what is searched for among what terminals noted: their names are no words there."""
    names = {tuple(words_of(name)) for name in query.names}
    wanted = tuple(term for term in query.wanted if term.words not in names)
    return replace(query, wanted=wanted)


def _narrowed(
    terminals: AbstractSet[int] | None, named: AbstractSet[int]
) -> AbstractSet[int] | None:
    if not named:
        return terminals
    return named if terminals is None else terminals & named


def _lots_within(
    connection: sa.Connection, lots: Sequence[int], terminals: AbstractSet[int] | None
) -> AbstractSet[int]:
    """Return the lots of commands that went to one of the terminals at least."""
    wanted = sa.select(commands.c.lot).where(commands.c.lot.in_(lots)).distinct()
    if terminals is not None:
        wanted = wanted.where(commands.c.terminal.in_(list(terminals)))
    return frozenset(connection.execute(wanted).scalars())


def _written(place: Place) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(place)).decode().rstrip("=")


def _read(after: str) -> Place:
    try:
        raw = base64.urlsafe_b64decode(after[:_LONGEST_PLACE] + "=" * (-len(after) % 4))
        place: Place = msgspec.json.decode(raw, type=Place)
    except (binascii.Error, msgspec.DecodeError, ValueError):
        raise BadQuery("no_place") from None
    return place
