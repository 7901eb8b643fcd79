"""The terminals of a rollout: who is in it, what their trails said since, how visits go."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import sqlalchemy as sa

from fleet.rollout.course import PROGRESS, Told
from fleet.rollout.decide import Member, Progress
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
    heard: Mapping[int, float],
    words: Mapping[int, Row],
    *,
    now: int,
) -> list[Row]:
    """Return rows for terminals that are not in a rollout yet: all at first, late ones after.

    Args:
        rollout: as `fleet.waves.book.read` returns it.
        there: rows of those that are in it.
        terminals: those it is for.
        heard: when each was heard, of those heard lately.
        words: the last word of each terminal's trail on updates.
        now: seconds since 1970.
    """
    known = {row["terminal"]: row["wave"] for row in there}
    fresh = [one for one in terminals if one.number not in known]
    if not fresh:
        return []
    plan: Plan = rollout["plan"]
    have = {one.number for one in fresh if _runs(words.get(one.number), rollout["version"])}
    named: tuple[str, ...] = ()
    if not known:
        wanting = [one for one in fresh if one.number not in have]
        named = canaries(
            rollout["name"],
            [Place(one.name, one.model, one.network, one.number in heard) for one in wanting],
        )
    return [
        {
            "rollout": rollout["id"],
            "terminal": one.number,
            "wave": wave_of(rollout["name"], one.name, plan, named),
            "progress": (Progress.HAD if one.number in have else Progress.WAITING).value,
            "since": now,
            "seen": words[one.number]["number"] if one.number in words else -1,
            "excluded": False,
            "usual_ended": 0,
            "usual_completed": 0,
            "then_ended": 0,
            "then_completed": 0,
        }
        for one in fresh
    ]


def _runs(word: Row | None, version: str) -> bool:
    return word is not None and word["event"] == Told.CONFIRMED and word["version"] == version


def last_words(connection: sa.Connection) -> dict[int, Row]:
    """Return the last word of each terminal's trail on updates."""
    newest = (
        sa.select(updates.c.terminal, sa.func.max(updates.c.number).label("number"))
        .group_by(updates.c.terminal)
        .subquery()
    )
    same = sa.and_(updates.c.terminal == newest.c.terminal, updates.c.number == newest.c.number)
    wanted = sa.select(updates).join(newest, same)
    return {row["terminal"]: dict(row) for row in connection.execute(wanted).mappings()}


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


def keep(database: Database, connection: sa.Connection, rows: Iterable[Row]) -> None:
    """Write rows, new or changed; people's exclusions stay as they are."""
    for row in rows:
        insert = database.insert(rollout_members).values(row)
        told = {name: insert.excluded[name] for name in row if name not in {"rollout", "terminal"}}
        told.pop("excluded")
        connection.execute(
            insert.on_conflict_do_update(
                index_elements=list(rollout_members.primary_key), set_=told
            )
        )
