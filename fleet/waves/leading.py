"""Lead rollouts from wave to wave: read what came, decide, write it down, publish, alert.

Several servers may lead the same rollout: each change says from where it goes, and happens once.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

import sqlalchemy as sa

from fleet.alerts.book import Book
from fleet.alerts.finding import Finding, fingerprint
from fleet.health.rules import Severity
from fleet.rollout.course import OFFERED, Move, State
from fleet.rollout.decide import Act, Decision, Reason, decide
from fleet.rollout.stop import TOLERABLE
from fleet.store.database import Database
from fleet.store.reading_back import Place, Present
from fleet.store.rollout_tables import rollout_members, rollouts
from fleet.waves import members
from fleet.waves.book import SYSTEM, Rollouts, moved, read, write_note
from fleet.waves.publishing import NotPublished, Publishing
from fleet.waves.refusals import REFUSED, refusals
from wire.failures import Failure

WATCHED_S: Final = 7 * 86_400
"""So long a rollout that is done is still judged."""
_UNPUBLISHED: Final = "rollout.unpublished"
_RECENT: Final = 20
Row = dict[str, Any]
Told = Callable[[str, str, Mapping[str, str]], None]


class Leading:
    """Leads the rollouts of one database."""

    def __init__(self, database: Database, publishing: Publishing | None = None) -> None:
        """Lead what is in `database`; without `publishing` no terminal hears of it."""
        self._database = database
        self._rollouts = Rollouts(database)
        self._book = Book(database)
        self.publishing = publishing
        self.told: Told = lambda *_: None
        """Hears what the fleet itself does to a rollout: act, subject, detail."""

    def look(self, places: Mapping[int, Place], present: Mapping[int, Present], now: float) -> None:
        """Look at every rollout once.

        Args:
            places: the inventory, by number.
            present: what each terminal told last.
            now: seconds since 1970.
        """
        at = int(now)
        heard = {number: float(told.received_at) for number, told in present.items()}
        ill: list[Finding] = []
        for rollout in self._watched(at):
            said = self._lead(rollout, places, present, heard, at)
            if said.reason is Reason.STALLED and rollout["state"] == State.RUNNING:
                ill.append(_stalled(rollout, at))
        ill += self._stopped()
        failed = self._publish()
        if failed is not None:
            ill.append(failed)
        refused = refusals(self._database, places, now=at)
        ill += refused
        there = {one.fingerprint for one in ill}
        known = [_UNPUBLISHED]
        for row in self._rollouts.latest(_RECENT):
            known += [_rule("stopped", row), _rule("stalled", row)]
        well = {fingerprint(rule, None, "") for rule in known} - there
        well |= {fingerprint(REFUSED, number, "") for number in places} - there
        self._book.found(ill, well, now=at)

    def _watched(self, now: int) -> list[Row]:
        lately = sa.or_(rollouts.c.ended_at.is_(None), rollouts.c.ended_at > now - WATCHED_S)
        offered = rollouts.c.state.in_([state.value for state in OFFERED])
        with self._database.reading() as connection:
            wanted = sa.select(rollouts).where(offered, lately).order_by(rollouts.c.id)
            return [read(row) for row in connection.execute(wanted).mappings()]

    def _lead(
        self,
        rollout: Row,
        places: Mapping[int, Place],
        present: Mapping[int, Present],
        heard: Mapping[int, float],
        now: int,
    ) -> Decision:
        of = sa.select(rollout_members).where(rollout_members.c.rollout == rollout["id"])
        with self._database.reading() as connection:
            rows = [dict(row) for row in connection.execute(of).mappings()]
            wanted = members.meant(rollout, places.values())
            fresh = {one.number for one in wanted} - {row["terminal"] for row in rows}
            runs = members.running(connection, rollout["kind"]) if fresh else {}
            new = members.joining(rollout, rows, wanted, heard=heard, runs=runs, now=now)
            changed = members.heeded(connection, rollout, rows, present)
        whole = {row["terminal"]: row for row in (*rows, *new, *changed)}
        there = members.as_members(whole.values(), present, heard)
        said = decide(
            rollout["plan"], rollout["wave"], float(rollout["wave_at"]), there, float(now)
        )
        with self._database.writing() as connection:
            members.keep(self._database, connection, [*new, *changed])
            act = _write(connection, rollout, said, now)
        if act:
            self.told(f"rollout {act}", f"/rollouts/{rollout['id']}", _figures(said))
        return said

    def _stopped(self) -> list[Finding]:
        """Return what the rule stopped and nobody has begun anything after."""
        newest: dict[str, Row] = {}
        for row in self._rollouts.latest(_RECENT):
            if row["begun_at"] is not None:
                newest.setdefault(row["kind"], row)
        return [_stop(row) for row in newest.values() if row["state"] == State.STOPPED]

    def _publish(self) -> Finding | None:
        if self.publishing is None:
            return None
        try:
            self.publishing.offer(self._rollouts.offered)
        except NotPublished:
            return _finding(
                _UNPUBLISHED,
                Failure.ROLLOUT_UNPUBLISHED,
                "the signed repository cannot be written: rollouts stand still",
            )
        return None


def _write(connection: sa.Connection, rollout: Row, said: Decision, now: int) -> str:
    """Write a decision and what follows from it; return what was done, empty for nothing."""
    number, state = rollout["id"], State(rollout["state"])
    this = sa.and_(rollouts.c.id == number, rollouts.c.state == state.value)
    values: Row = {
        "because": said.reason.value,
        "failed": said.failed,
        "confirmed": said.confirmed,
        "reachable": said.reachable,
        "probability": said.probability,
    }
    if said.act is Act.STOP:
        connection.execute(rollouts.update().where(this).values(values))
        return _move(connection, number, (state, State.STOPPED), said, now)
    if said.act is Act.NEXT_WAVE and state is State.RUNNING:
        values |= {"wave": rollout["wave"] + 1, "wave_at": now}
        this = sa.and_(this, rollouts.c.wave == rollout["wave"])
    # Only what changed is written: nobody wants a write for each look.
    differs = any(rollout[name] != value for name, value in values.items())
    if differs and connection.execute(rollouts.update().where(this).values(values)).rowcount == 0:
        return ""
    if "wave" in values:
        write_note(connection, number, now, SYSTEM, "wave", text=str(values["wave"]))
        return "wave"
    if said.act is Act.DONE and state is State.RUNNING:
        return _move(connection, number, (state, State.DONE), said, now)
    return ""


def _move(
    connection: sa.Connection, number: int, way: tuple[State, State], said: Decision, now: int
) -> str:
    before, after = way
    if not moved(connection, number, before, after, now):
        return ""
    move = Move.STOP if after is State.STOPPED else Move.FINISH
    write_note(connection, number, now, SYSTEM, move.value, text=said.reason.value)
    return move.value


def _figures(said: Decision) -> dict[str, str]:
    return {
        "reason": said.reason.value,
        "failed": str(said.failed),
        "confirmed": str(said.confirmed),
        "probability": f"{said.probability:.3f}",
    }


def _rule(what: str, rollout: Mapping[str, Any]) -> str:
    return f"rollout.{what}.{rollout['id']}"


def _stalled(rollout: Row, now: int) -> Finding:
    hours = (now - rollout["wave_at"]) // 3600
    return _finding(
        _rule("stalled", rollout),
        Failure.ROLLOUT_STALLED,
        f"{rollout['name']}: the wave has waited for {hours} h for terminals to confirm",
    )


def _stop(rollout: Row) -> Finding:
    if rollout["because"] == Reason.SESSIONS:
        sentence = f"{rollout['name']}: stopped, citizens complete fewer visits than before"
    else:
        sentence = (
            f"{rollout['name']}: stopped, {rollout['failed']} failed and {rollout['confirmed']}"
            f" work; more than {TOLERABLE:.0%} fail, by {rollout['probability']:.0%}"
        )
    return _finding(_rule("stopped", rollout), Failure.ROLLOUT_STOPPED, sentence)


def _finding(rule: str, failure: Failure, sentence: str) -> Finding:
    return Finding(
        rule=rule,
        terminal=None,
        district="",
        severity=Severity.PAGE,
        failure=failure,
        sentence=sentence,
    )
