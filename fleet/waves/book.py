"""Keep rollouts: who asked, who approved, what people did, and where each stands.

Rule 1: a change and the note that tells of it are one transaction.
Rule 2: one rollout of a kind is offered at a time; the database holds that.
"""

import json
from collections.abc import Iterable
from typing import Any, Final

import msgspec
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from fleet.access.roles import Person
from fleet.rollout.course import MOVES, OFFERED, OPEN, Move, State, approvals
from fleet.rollout.plan import Plan
from fleet.store.database import Database
from fleet.store.rollout_tables import (
    rollout_approvals,
    rollout_members,
    rollout_notes,
    rollouts,
)
from fleet.store.tables import terminals
from wire.rollout import Artifact, Kind, Name, Rollout, Window

SYSTEM: Final = "fleet"
_OFFERED: Final = [state.value for state in OFFERED]


class NoSuchRollout(Exception):
    """There is none of that number, or no such terminal in it."""


class NotNow(Exception):
    """It stands where that cannot be done, or another of its kind is under way."""


class SamePerson(Exception):
    """Whoever asked, or approved already, cannot approve."""


class Wanted(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What somebody asks for."""

    artifact: Artifact
    plan: Plan
    reason: str
    urgent: bool = False
    go_back: bool = False
    takes_back: int | None = None
    models: tuple[Name, ...] = ()
    districts: tuple[Name, ...] = ()
    window: Window = Window()


class Rollouts:
    """The rollouts of one database."""

    def __init__(self, database: Database) -> None:
        """Keep them in `database`."""
        self._database = database

    # by people

    def ask(self, wanted: Wanted, *, by: Person, now: int) -> int:
        """Keep what somebody asks for, until others approve; return its number."""
        artifact = wanted.artifact
        row = {
            "kind": artifact.kind.value,
            "version": artifact.version,
            "sha256": artifact.sha256,
            "length": artifact.length,
            "state": State.ASKED.value,
            "urgent": wanted.urgent,
            "go_back": wanted.go_back,
            "takes_back": wanted.takes_back,
            "models": json.dumps(wanted.models),
            "districts": json.dumps(wanted.districts),
            "from_minute": wanted.window.from_minute,
            "until_minute": wanted.window.until_minute,
            "plan": msgspec.json.encode(wanted.plan).decode(),
            "asked_by": by.id,
            "asked_name": by.shown[:120],
            "asked_at": now,
            "reason": wanted.reason[:400],
            "wave": 0,
            "failed": 0,
            "confirmed": 0,
            "reachable": 0,
            "probability": 0.0,
        }
        with self._database.writing() as connection:
            made = connection.execute(rollouts.insert().values(row))
            assert made.inserted_primary_key is not None
            number = int(made.inserted_primary_key[0])
            write_note(connection, number, now, by.shown, "asked", text=wanted.reason)
        return number

    def approve(self, number: int, *, by: Person, now: int) -> State:
        """Be one of those who approve; the last one begins it. Return where it stands then.

        Raises:
            NoSuchRollout: there is none.
            NotNow: it waits for nobody, or another of its kind is under way.
            SamePerson: `by` asked for it, or approved already.
        """
        with self._database.writing() as connection:
            row = _row(connection, number)
            if row["state"] != State.ASKED:
                raise NotNow("waits for nobody")
            wanted = sa.select(rollout_approvals.c.who).where(rollout_approvals.c.rollout == number)
            given = set(connection.execute(wanted).scalars())
            if by.token or by.id in given | {row["asked_by"]}:
                raise SamePerson("asked or approved by the same person")
            values = {"rollout": number, "who": by.id, "name": by.shown[:120], "at": now}
            connection.execute(rollout_approvals.insert().values(values))
            write_note(connection, number, now, by.shown, "approved")
            if len(given) + 1 < approvals(urgent=row["urgent"]):
                return State.ASKED
            return _begin(connection, row, now)

    def move(self, number: int, move: Move, *, by: Person, now: int, reason: str = "") -> State:
        """Do to a rollout what people may; return where it stands then.

        Raises:
            NoSuchRollout, NotNow: see `approve`.
        """
        with self._database.writing() as connection:
            state = State(_row(connection, number)["state"])
            after = MOVES.get((state, move))
            if after is None:
                raise NotNow("not from there")
            moved(connection, number, state, after, now)
            write_note(connection, number, now, by.shown, move.value, text=reason)
        return after

    def exclude(self, number: int, terminal: int, *, by: Person, now: int, out: bool) -> None:
        """Leave a terminal out, or let it in again; what it has come to stays counted.

        Raises:
            NoSuchRollout: there is none, or the terminal is not in it.
        """
        this = sa.and_(rollout_members.c.rollout == number, rollout_members.c.terminal == terminal)
        name = sa.select(terminals.c.name).where(terminals.c.number == terminal)
        with self._database.writing() as connection:
            change = rollout_members.update().where(this).values(excluded=out)
            if connection.execute(change).rowcount == 0:
                raise NoSuchRollout("not in it")
            kind = "excluded" if out else "admitted"
            shown = connection.execute(name).scalar_one()
            write_note(connection, number, now, by.shown, kind, text=shown)

    # to look at

    def latest(self, at_most: int) -> list[dict[str, Any]]:
        """Return the newest rollouts, newest first."""
        return self._shown(sa.true(), at_most)

    def one(self, number: int) -> dict[str, Any]:
        """Return a rollout with its approvals.

        Raises:
            NoSuchRollout: there is none.
        """
        found = self._shown(rollouts.c.id == number, 1)
        if not found:
            raise NoSuchRollout("no such rollout")
        return found[0]

    def members(self, number: int) -> list[dict[str, Any]]:
        """Return the terminals of a rollout, by wave and name."""
        wanted = (
            sa.select(rollout_members, terminals.c.name)
            .join(terminals, terminals.c.number == rollout_members.c.terminal)
            .where(rollout_members.c.rollout == number)
            .order_by(rollout_members.c.wave, terminals.c.name)
        )
        with self._database.reading() as connection:
            return [dict(row) for row in connection.execute(wanted).mappings()]

    def notes(self, number: int) -> list[dict[str, Any]]:
        """Return what was done, oldest first."""
        wanted = sa.select(rollout_notes).where(rollout_notes.c.rollout == number)
        with self._database.reading() as connection:
            rows = connection.execute(wanted.order_by(rollout_notes.c.id)).mappings()
            return [dict(row) for row in rows]

    def of_terminal(self, terminal: int, at_most: int) -> list[dict[str, Any]]:
        """Return the rollouts a terminal is in, newest first, with how far it came."""
        wanted = (
            sa.select(rollouts, rollout_members.c.progress, rollout_members.c.since)
            .join(rollout_members, rollout_members.c.rollout == rollouts.c.id)
            .where(rollout_members.c.terminal == terminal)
            .order_by(rollouts.c.id.desc())
            .limit(at_most)
        )
        with self._database.reading() as connection:
            return [dict(row) for row in connection.execute(wanted).mappings()]

    def before(self, number: int) -> dict[str, Any] | None:
        """Return the last rollout that was finished before this one's, of its kind; or None."""
        this = self.one(number)
        wanted = sa.and_(
            rollouts.c.kind == this["kind"],
            rollouts.c.id < number,
            rollouts.c.version != this["version"],
            rollouts.c.state.in_([State.REPLACED.value, State.DONE.value]),
        )
        found = self._shown(wanted, 1)
        return found[0] if found else None

    def offered(self) -> list[Rollout]:
        """Return what terminals are to be told now, in the order of kinds."""
        with self._database.reading() as connection:
            rows = connection.execute(
                sa.select(rollouts).where(rollouts.c.state.in_(_OFFERED)).order_by(rollouts.c.kind)
            ).mappings()
            return [_offer(connection, read(row)) for row in rows]

    def _shown(self, which: sa.ColumnElement[bool], at_most: int) -> list[dict[str, Any]]:
        wanted = sa.select(rollouts).where(which).order_by(rollouts.c.id.desc()).limit(at_most)
        with self._database.reading() as connection:
            rows = [dict(row) for row in connection.execute(wanted).mappings()]
            given: dict[int, list[dict[str, Any]]] = {}
            of = rollout_approvals.c.rollout.in_([row["id"] for row in rows])
            approved = sa.select(rollout_approvals).where(of).order_by(rollout_approvals.c.at)
            for one in connection.execute(approved).mappings():
                given.setdefault(one["rollout"], []).append(dict(one))
        return [read(row) | {"approvals": given.get(row["id"], [])} for row in rows]


def read(row: sa.RowMapping | dict[str, Any]) -> dict[str, Any]:
    """Return a row with what it holds as text made into what it means.

    Terminals know the rollout by its `name`, and their buckets depend on it.
    """
    return {str(name): value for name, value in row.items()} | {
        "name": f"{row['kind']}-{row['version']}-{row['id']}",
        "models": tuple(json.loads(row["models"])),
        "districts": tuple(json.loads(row["districts"])),
        "plan": msgspec.json.decode(row["plan"], type=Plan),
    }


def is_name(text: str) -> bool:
    """Say whether a terminal's name may stand in a rollout."""
    try:
        msgspec.convert(text, Name)
    except msgspec.ValidationError:
        return False
    return True


def write_note(
    connection: sa.Connection, number: int, now: int, author: str, kind: str, *, text: str = ""
) -> None:
    """Keep what was done, in the transaction that does it."""
    row = {"rollout": number, "at": now, "author": author[:120], "kind": kind, "text": text[:400]}
    connection.execute(rollout_notes.insert().values(row))


def moved(connection: sa.Connection, number: int, before: State, after: State, now: int) -> bool:
    """Let a rollout stand elsewhere, unless somebody moved it meanwhile."""
    values: dict[str, Any] = {"state": after.value}
    if after not in OPEN:
        values["ended_at"] = now
    this = sa.and_(rollouts.c.id == number, rollouts.c.state == before.value)
    return connection.execute(rollouts.update().where(this).values(values)).rowcount == 1


def _row(connection: sa.Connection, number: int) -> sa.RowMapping:
    wanted = sa.select(rollouts).where(rollouts.c.id == number).with_for_update()
    found = connection.execute(wanted).mappings().one_or_none()
    if found is None:
        raise NoSuchRollout("no such rollout")
    return found


def _begin(connection: sa.Connection, row: sa.RowMapping, now: int) -> State:
    done = sa.and_(rollouts.c.kind == row["kind"], rollouts.c.state == State.DONE.value)
    for number in connection.execute(sa.select(rollouts.c.id).where(done)).scalars().all():
        moved(connection, number, State.DONE, State.REPLACED, now)
        write_note(connection, number, now, SYSTEM, Move.REPLACE.value)
    this = rollouts.update().where(rollouts.c.id == row["id"])
    values = {"state": State.RUNNING.value, "begun_at": now, "wave_at": now}
    try:
        connection.execute(this.values(values))
    except IntegrityError:
        raise NotNow("another of its kind is under way") from None
    write_note(connection, row["id"], now, SYSTEM, Move.BEGIN.value)
    return State.RUNNING


def _offer(connection: sa.Connection, row: dict[str, Any]) -> Rollout:
    wanted = (
        sa.select(terminals.c.name, rollout_members.c.wave, rollout_members.c.excluded)
        .join(terminals, terminals.c.number == rollout_members.c.terminal)
        .where(rollout_members.c.rollout == row["id"])
        .where(sa.or_(rollout_members.c.wave == 0, rollout_members.c.excluded))
        .order_by(terminals.c.name)
    )
    found = connection.execute(wanted).fetchall()
    return Rollout(
        id=row["name"],
        artifact=Artifact(Kind(row["kind"]), row["version"], row["sha256"], row["length"]),
        share=row["plan"].waves[row["wave"]].share,
        named=_names(name for name, wave, out in found if wave == 0 and not out),
        excluded=_names(name for name, _, out in found if out),
        models=row["models"],
        districts=row["districts"],
        window=Window(row["from_minute"], row["until_minute"]),
        paused=row["state"] == State.PAUSED,
        urgent=row["urgent"],
        go_back=row["go_back"],
    )


def _names(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(name for name in names if is_name(name))
