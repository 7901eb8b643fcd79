"""Keep commands: who asked, who approved, what has become of each at its terminal."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec
import sqlalchemy as sa

from fleet.access.roles import Person
from fleet.commands.policy import OPEN, State, expired, told, wants_second
from fleet.store.database import Database
from fleet.store.tables import bundles, commands, terminals
from fleet.store.text_tables import Kind, texts
from fleet.store.texts import text_row, write
from wire.commands import MOST_AT_ONCE, Command, Order, Outcome, Program
from wire.diagnostics import Bundle

_OPEN: Final = [state.value for state in OPEN]
_DELIVERABLE: Final = [State.QUEUED.value, State.DELIVERED.value]
_KEPT_S: Final = 400 * 86_400


class NoSuchCommand(Exception):
    """There is none of that number, or not in a state that allows it."""


class SamePerson(Exception):
    """Whoever asked cannot approve."""


class Commands:
    """The commands of one database."""

    def __init__(self, database: Database) -> None:
        """Keep them in `database`."""
        self._database = database
        self._due: frozenset[int] = frozenset()

    # by people

    def ask(
        self,
        terminals_: Sequence[int],
        order: Order,
        program: Program | None,
        *,
        by: Person,
        reason: str,
        now: int,
        lasts_s: int,
    ) -> int:
        """Ask all of `terminals_` for the same; return how many were asked.

        A terminal at which the same order is open already is not asked again.
        """
        second = wants_second(order, len(terminals_))
        row = {
            "ordered": order.value,
            "program": program.value if program else None,
            "state": (State.ASKED if second else State.QUEUED).value,
            "asked_by": by.id,
            "asked_name": by.shown[:120],
            "asked_at": now,
            "reason": reason[:400],
            "expires_at": now + lasts_s,
        }
        same = sa.and_(commands.c.ordered == order.value, commands.c.state.in_(_OPEN))
        with self._database.writing() as connection:
            lot = connection.execute(sa.select(sa.func.max(commands.c.lot))).scalar() or 0
            there = set(connection.execute(sa.select(commands.c.terminal).where(same)).scalars())
            wanted = [number for number in terminals_ if number not in there]
            if wanted:
                rows = [row | {"terminal": number, "lot": lot + 1} for number in wanted]
                connection.execute(commands.insert(), rows)
                write(connection, self._database, [_text(connection, rows)])
        self.refresh()
        return len(wanted)

    def lot(self, number: int) -> list[dict[str, Any]]:
        """Return the commands that were asked for together with this one.

        Raises:
            NoSuchCommand: there is none.
        """
        one = sa.select(commands.c.lot).where(commands.c.id == number).scalar_subquery()
        found = self._shown(commands.c.lot == one)
        if not found:
            raise NoSuchCommand("no such command")
        return found

    def approve(self, lot: int, *, by: Person, now: int) -> None:
        """Let go what waits for a second person.

        Raises:
            SamePerson: `by` has asked for it.
            NoSuchCommand: nothing of it waits any more.
        """
        waits = sa.and_(commands.c.lot == lot, commands.c.state == State.ASKED.value)
        with self._database.writing() as connection:
            asked = connection.execute(sa.select(commands.c.asked_by).where(waits)).scalars().all()
            if not asked:
                raise NoSuchCommand("nothing waits")
            if by.id in asked:
                raise SamePerson("asked by the same person")
            values = {"state": State.QUEUED.value, "approved_name": by.name, "approved_at": now}
            connection.execute(commands.update().where(waits).values(values))
        self.refresh()

    def withdraw(self, lot: int, *, now: int) -> None:
        """End what no terminal has been told of.

        Raises:
            NoSuchCommand: nothing of it can be withdrawn any more.
        """
        unsent = commands.c.state.in_([State.ASKED.value, State.QUEUED.value])
        change = commands.update().where(commands.c.lot == lot, unsent)
        with self._database.writing() as connection:
            values = {"state": State.WITHDRAWN.value, "ended_at": now}
            if connection.execute(change.values(values)).rowcount == 0:
                raise NoSuchCommand("nothing to withdraw")
        self.refresh()

    # by terminals

    def is_due(self, terminal: int) -> bool:
        """Say, from memory, whether there may be something for a terminal."""
        return terminal in self._due

    def refresh(self) -> None:
        """Read for whom there is something; each server does so each second."""
        wanted = sa.select(commands.c.terminal).where(commands.c.state.in_(_DELIVERABLE)).distinct()
        with self._database.reading() as connection:
            self._due = frozenset(connection.execute(wanted).scalars())

    def hand_out(self, terminal: int, *, now: int) -> tuple[Command, ...]:
        """Return what a terminal is to do: the same again until it tells what became of it."""
        wanted = (
            sa.select(commands)
            .where(
                commands.c.terminal == terminal,
                commands.c.state.in_(_DELIVERABLE),
                commands.c.expires_at > now,
            )
            .order_by(commands.c.id)
            .limit(MOST_AT_ONCE)
        )
        with self._database.writing() as connection:
            rows = connection.execute(wanted).fetchall()
            fresh = [row.id for row in rows if row.state == State.QUEUED.value]
            if fresh:
                change = commands.update().where(commands.c.id.in_(fresh))
                values = {"state": State.DELIVERED.value, "delivered_at": now}
                connection.execute(change.values(values))
        return tuple(
            Command(
                row.id,
                Order(row.ordered),
                row.expires_at * 1000,
                Program(row.program) if row.program else None,
            )
            for row in rows
        )

    def told(self, terminal: int, outcomes: Iterable[Outcome], *, now: int) -> None:
        """Keep what a terminal says of its own commands; of others' nothing is believed."""
        with self._database.writing() as connection:
            for outcome in outcomes:
                this = sa.and_(commands.c.id == outcome.number, commands.c.terminal == terminal)
                row = connection.execute(sa.select(commands.c.state).where(this)).one_or_none()
                after = row and told(State(row.state), outcome.progress, outcome.failure)
                if after is None:
                    continue
                values: dict[str, Any] = {"state": after.value}
                if after is State.RUNNING:
                    values["running_at"] = now
                else:
                    values["ended_at"] = now
                    values["failure"] = outcome.failure.value if outcome.failure else None
                    values["checks"] = json.dumps(dict(outcome.checks), sort_keys=True)
                connection.execute(commands.update().where(this).values(values))

    def keep(self, terminal: int, bundle: Bundle, *, now: int) -> bool:
        """Keep a bundle that was asked for; False for one that nobody asked this terminal for."""
        asked = sa.and_(
            commands.c.id == bundle.number,
            commands.c.terminal == terminal,
            commands.c.ordered == Order.DIAGNOSTICS.value,
            commands.c.state.in_([State.DELIVERED.value, State.RUNNING.value]),
        )
        row = {"command": bundle.number, "at": now, "body": msgspec.msgpack.encode(bundle)}
        with self._database.writing() as connection:
            if connection.execute(sa.select(commands.c.id).where(asked)).first() is None:
                return False
            connection.execute(self._database.insert(bundles).on_conflict_do_nothing(), [row])
        return True

    # by the clock

    def expire(self, *, now: int) -> int:
        """End what the clock ends; return how many. Forget what ended long ago."""
        wanted = sa.select(commands).where(
            commands.c.state.in_(_OPEN), commands.c.expires_at <= now
        )
        count = 0
        with self._database.writing() as connection:
            for row in connection.execute(wanted).fetchall():
                end = expired(State(row.state), expires_at=row.expires_at, now=now)
                if end is not None:
                    values = {"state": end[0].value, "failure": end[1].value, "ended_at": now}
                    change = commands.update().where(commands.c.id == row.id)
                    connection.execute(change.values(values))
                    count += 1
            old = sa.select(commands.c.id).where(commands.c.ended_at < now - _KEPT_S)
            connection.execute(bundles.delete().where(bundles.c.command.in_(old)))
            connection.execute(commands.delete().where(commands.c.ended_at < now - _KEPT_S))
            lots = sa.select(commands.c.lot).where(commands.c.lot == texts.c.ref)
            gone = (texts.c.kind == Kind.COMMAND.value, texts.c.at < now - _KEPT_S)
            connection.execute(texts.delete().where(*gone, ~lots.exists()))
        return count

    # to look at

    def latest(self, at_most: int, *, of: int | None = None) -> list[dict[str, Any]]:
        """Return the newest commands, of one terminal or of all."""
        return self._shown(sa.true() if of is None else commands.c.terminal == of, at_most)

    def bundle(self, number: int) -> bytes | None:
        """Return the bundle that a command brought, as it was sent."""
        wanted = sa.select(bundles.c.body).where(bundles.c.command == number)
        with self._database.reading() as connection:
            found: bytes | None = connection.execute(wanted).scalar_one_or_none()
        return found

    def _shown(self, which: sa.ColumnElement[bool], at_most: int = 1000) -> list[dict[str, Any]]:
        wanted = (
            sa.select(
                commands,
                terminals.c.name.label("terminal_name"),
                bundles.c.command.label("bundle"),
            )
            .join(terminals, terminals.c.number == commands.c.terminal)
            .outerjoin(bundles, bundles.c.command == commands.c.id)
            .where(which)
            .order_by(commands.c.id.desc())
            .limit(at_most)
        )
        with self._database.reading() as connection:
            rows = connection.execute(wanted).mappings()
            return [dict(row) | {"checks": json.loads(row["checks"] or "{}")} for row in rows]


def _text(connection: sa.Connection, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return by what the commands that are asked for together are found."""
    first, only = rows[0], len(rows) == 1
    this = sa.select(terminals.c.name).where(terminals.c.number == first["terminal"])
    name = connection.execute(this).scalar() if only else None
    order = " ".join(filter(None, (first["ordered"], first["program"])))
    return text_row(
        Kind.COMMAND,
        first["lot"],
        f"{first['asked_name']}: {order}: {first['reason']}",
        at=first["asked_at"],
        also=(name or "",),
        terminal=first["terminal"] if only else None,
    )
