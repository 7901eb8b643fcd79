"""The terminals of a rollout: who is in it, what their trails said since, how visits go."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from fleet.rollout.course import PROGRESS, Told
from fleet.rollout.decide import PRESENT_WITHIN_S, Member, Progress
from fleet.rollout.plan import Place, Plan, canaries, wave_of
from fleet.rollout.stop import Sessions
from fleet.store.database import Database
from fleet.store.reading_back import Place as Terminal
from fleet.store.reading_back import Present
from fleet.store.rollout_tables import rollout_members, updates
from fleet.store.tables import hours
from fleet.waves.book import is_name
from wire.checkin import Sessions as Counted

USUAL_S: Final = 14 * 86_400
_LARGEST: Final = 2**31 - 1
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Runs:
    """What a terminal runs by its own word."""

    version: str
    before: str
    number: int
    """Of its last word."""


def meant(rollout: Mapping[str, Any], places: Iterable[Terminal]) -> list[Terminal]:
    """Return the terminals that a rollout is for."""
    return [
        place
        for place in places
        if not place.retired
        and is_name(place.name)
        and (not rollout["models"] or place.model in rollout["models"])
        and (not rollout["districts"] or place.district in rollout["districts"])
    ]


def joining(
    rollout: Mapping[str, Any],
    there: Iterable[Row],
    terminals: Iterable[Terminal],
    *,
    heard: Mapping[int, float],
    runs: Mapping[int, Runs],
    now: int,
) -> list[Row]:
    """Return rows for terminals that are not in a rollout yet: all at first, late ones after.

    Args:
        rollout: as `fleet.waves.book.read` returns it.
        there: rows of those that are in it.
        terminals: those it is for.
        heard: when each was heard last.
        runs: what each runs, as far as it said.
        now: seconds since 1970.
    """
    known = {row["terminal"]: row["wave"] for row in there}
    fresh = [one for one in terminals if one.number not in known]
    if not fresh:
        return []
    plan: Plan = rollout["plan"]
    said = {one.number: runs.get(one.number, Runs("", "", -1)) for one in fresh}
    have = {number for number, one in said.items() if one.version == rollout["version"]}
    named: tuple[str, ...] = ()

    def lately(one: Terminal) -> bool:
        return now - heard.get(one.number, 0.0) <= PRESENT_WITHIN_S

    if not known:
        wanting = [one for one in fresh if one.number not in have]
        named = canaries(
            rollout["name"],
            [Place(one.name, one.model, one.network, lately(one)) for one in wanting],
        )
    return [
        {
            "rollout": rollout["id"],
            "terminal": one.number,
            "wave": wave_of(rollout["name"], one.name, plan, named),
            "progress": (Progress.HAD if one.number in have else Progress.WAITING).value,
            "since": now,
            "seen": said[one.number].number,
            "excluded": False,
            "usual_ended": 0,
            "usual_completed": 0,
            "then_ended": 0,
            "then_completed": 0,
        }
        for one in fresh
    ]


def running(connection: sa.Connection, kind: str) -> dict[int, Runs]:
    """Return what each terminal runs of a kind, of those that ever spoke of it."""
    wanted = (
        sa.select(updates)
        .where(updates.c.kind == kind)
        .order_by(updates.c.terminal, updates.c.number)
    )
    found: dict[int, Runs] = {}
    for word in connection.execute(wanted).mappings():
        runs = found.get(word["terminal"], Runs("", "", -1))
        version, before = runs.version, runs.before
        if word["event"] == Told.CONFIRMED:
            version, before = word["version"], version
        elif word["event"] == Told.UNDONE and word["version"] == version:
            version, before = before, ""
        found[word["terminal"]] = Runs(version, before, word["number"])
    return found


def heeded(
    connection: sa.Connection,
    rollout: Mapping[str, Any],
    rows: Iterable[Row],
    present: Mapping[int, Present],
) -> list[Row]:
    """Return the rows that changed by what trails said since, changed."""
    by_terminal = {row["terminal"]: row for row in rows}
    since = rollout_members.alias()
    wanted = (
        sa.select(updates)
        .join(since, since.c.terminal == updates.c.terminal)
        .where(since.c.rollout == rollout["id"], updates.c.number > since.c.seen)
        .where(updates.c.kind == rollout["kind"])
        .order_by(updates.c.terminal, updates.c.number)
    )
    changed: dict[int, Row] = {}
    for word in connection.execute(wanted).mappings():
        number = word["terminal"]
        row = changed.setdefault(number, dict(by_terminal[number]))
        row["seen"] = word["number"]
        if word["version"] != rollout["version"]:
            continue
        progress = PROGRESS[Told(word["event"])]
        if progress is Progress.CRASHED and row["progress"] != Progress.CONFIRMED:
            # Of what it ran before the rollout, or has left, it is no evidence.
            continue
        row |= {"progress": progress.value, "since": word["at"]}
        if progress is Progress.CONFIRMED and number in present:
            row |= _visits(connection, number, present[number].reading.sessions, word["at"])
    return list(changed.values())


def _visits(connection: sa.Connection, terminal: int, counted: Counted, at: int) -> Row:
    first = sa.select(*(sa.func.min(hours.c[name]) for name in _ENDS)).where(
        hours.c.terminal == terminal, hours.c.at >= at - USUAL_S
    )
    then, began = summed(counted), connection.execute(first).one()
    usual = Sessions(0, 0)
    if None not in began:
        usual = _between(Sessions(sum(began), began[0]), then)
    return {
        "usual_ended": usual.ended,
        "usual_completed": usual.completed,
        "then_ended": then.ended,
        "then_completed": then.completed,
    }


_ENDS: Final = ("completed", "left", "referred", "broken")


def summed(counted: Counted) -> Sessions:
    """Return a terminal's visits since its first day."""
    ended = sum(getattr(counted, name) for name in _ENDS)
    return Sessions(min(ended, _LARGEST), min(counted.completed, _LARGEST))


def _between(then: Sessions, now: Sessions) -> Sessions:
    """Return what happened in between; nothing where figures began anew."""
    ended, completed = now.ended - then.ended, now.completed - then.completed
    return Sessions(ended, completed) if 0 <= completed <= ended else Sessions(0, 0)


def as_members(
    rows: Iterable[Row], present: Mapping[int, Present], heard: Mapping[int, float]
) -> list[Member]:
    """Return what is decided by. Who was left out before it began to switch is not asked."""
    made = []
    for row in rows:
        number, progress = row["terminal"], Progress(row["progress"])
        if row["excluded"] and progress is Progress.WAITING:
            continue
        before = after = Sessions(0, 0)
        if progress is Progress.CONFIRMED and number in present:
            before = Sessions(row["usual_ended"], row["usual_completed"])
            then = Sessions(row["then_ended"], row["then_completed"])
            after = _between(then, summed(present[number].reading.sessions))
        made.append(
            Member(
                str(number),
                row["wave"],
                progress,
                float(row["since"]),
                heard.get(number, 0.0),
                before,
                after,
            )
        )
    return made


def keep(database: Database, connection: sa.Connection, rows: Sequence[Row]) -> None:
    """Write rows, new or changed; people's exclusions stay as they are."""
    if not rows:
        return
    insert = database.insert(rollout_members)
    told = {name: insert.excluded[name] for name in rows[0] if name not in _KEPT}
    keys = list(rollout_members.primary_key)
    connection.execute(insert.on_conflict_do_update(index_elements=keys, set_=told), rows)


_KEPT: Final = frozenset({"rollout", "terminal", "excluded"})
