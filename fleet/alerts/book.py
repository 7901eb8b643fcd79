"""The book of alerts: opened and resolved by what is found, worked on by people.

One open alert per matter: the database holds that, so two servers cannot open two.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

import sqlalchemy as sa

from fleet.alerts.escalation import Told, due_level
from fleet.alerts.finding import Finding, runbook
from fleet.alerts.silence import Silence
from fleet.alerts.texts import text_of_note, texts_of_alerts
from fleet.health.rules import Severity
from fleet.store.database import Database
from fleet.store.tables import alert_notes, alerts, messages, silences, sites, terminals
from fleet.store.texts import write, write_new
from wire.failures import Failure

_SYSTEM: Final = "fleet"
_open = alerts.c.resolved_at.is_(None)


class NoSuchAlert(Exception):
    """There is no alert of that number."""


class Book:
    """The alerts of one database."""

    def __init__(self, database: Database) -> None:
        """Keep the book in `database`."""
        self._database = database

    # by what is found

    def found(self, ill: Iterable[Finding], well: Iterable[str], *, now: int) -> None:
        """Open what is new, freshen what goes on, resolve what is `well` (fingerprints).

        What is in neither stays as it is: no data resolves nothing.
        """
        with self._database.writing() as connection:
            for finding in sorted(ill, key=lambda one: one.fingerprint):
                connection.execute(self._opening(finding, now))
            there = connection.execute(sa.select(alerts.c.fingerprint).where(_open)).scalars()
            for fingerprint in sorted(set(there) & set(well)):
                this = alerts.c.fingerprint == fingerprint
                connection.execute(alerts.update().where(this, _open).values(resolved_at=now))
            write(connection, self._database, texts_of_alerts(connection))

    def _opening(self, finding: Finding, now: int) -> Any:
        row = {
            "fingerprint": finding.fingerprint,
            "grouped": finding.group,
            "rule": finding.rule,
            "terminal": finding.terminal,
            "district": finding.district,
            "severity": finding.severity.value,
            "failure": finding.failure.value,
            "security": finding.security,
            "sentence": finding.sentence,
            "opened_at": now,
            "seen_at": now,
            "level": 0,
            "not_useful": False,
        }
        insert = self._database.insert(alerts).values(row)
        return insert.on_conflict_do_update(
            index_elements=[alerts.c.fingerprint],
            index_where=_open,
            set_={"seen_at": now, "sentence": finding.sentence},
        )

    def tell(self, channels: Iterable[str], *, now: int) -> int:
        """Make a message for each group that is due on each of `channels`; return how many.

        The alerts change in the transaction that keeps the messages: nothing is told
        twice, and nothing is forgotten between the two.
        """
        with self._database.writing() as connection:
            due: dict[tuple[str, int], list[Any]] = {}
            quiet = _silences(connection, now)
            for row in map(dict, connection.execute(_with_labels().where(_open)).mappings()):
                silenced = any(one.covers(_labels(row), now) for one in quiet)
                level = due_level(_told(row, silenced=silenced), now)
                if level is not None:
                    due.setdefault((row["grouped"], level), []).append(row)
            made = [
                _message(channel, level, rows, now)
                for (_, level), rows in sorted(due.items())
                for channel in channels
            ]
            if made:
                connection.execute(messages.insert(), made)
            for (_, level), rows in due.items():
                these = alerts.c.id.in_([row["id"] for row in rows])
                connection.execute(alerts.update().where(these).values(told_at=now, level=level))
            return len(made)

    # by people

    def acknowledge(self, alert: int, *, by: str, now: int) -> None:
        """Say that somebody is on it: it is told to nobody else."""
        self._change(alert, "acknowledged", by=by, now=now, acknowledged_by=by)

    def assign(self, alert: int, to: str, *, by: str, now: int) -> None:
        """Say who is to deal with it."""
        self._change(alert, "assigned", to, by=by, now=now, assigned_to=to)

    def comment(self, alert: int, text: str, *, by: str, now: int) -> None:
        """Write something to it."""
        self._change(alert, "comment", text, by=by, now=now)

    def not_useful(self, alert: int, *, by: str, now: int) -> None:
        """Say that nobody needed to be told; counted for each rule."""
        self._change(alert, "not_useful", by=by, now=now, not_useful=True)

    def silence(self, silence: Silence) -> None:
        """Tell nobody of what matches, until its end."""
        with self._database.writing() as connection:
            connection.execute(
                silences.insert().values(
                    matchers=json.dumps(dict(silence.matchers), sort_keys=True),
                    begins_at=int(silence.begins_at),
                    ends_at=int(silence.ends_at),
                    author=silence.author,
                    reason=silence.reason,
                    maintenance=silence.maintenance,
                )
            )

    # to look at

    def open(self, *, now: int) -> list[dict[str, Any]]:
        """Return all open alerts, worst and oldest first, each with whether it is silenced."""
        order = sa.case({s.value: i for i, s in enumerate(Severity)}, value=alerts.c.severity)
        return self._shown(_with_labels().where(_open).order_by(order, alerts.c.opened_at), now)

    def one(self, alert: int, *, now: int) -> dict[str, Any]:
        """Return one alert, open or resolved, in the same form.

        Raises:
            NoSuchAlert: there is none.
        """
        found = self._shown(_with_labels().where(alerts.c.id == alert), now)
        if not found:
            raise NoSuchAlert("no such alert")
        return found[0]

    def notes(self, alert: int) -> list[dict[str, Any]]:
        """Return what was done about an alert, oldest first."""
        wanted = sa.select(alert_notes).where(alert_notes.c.alert == alert)
        with self._database.reading() as connection:
            rows = connection.execute(wanted.order_by(alert_notes.c.id)).mappings()
            return [dict(row) for row in rows]

    def usefulness(self) -> dict[str, tuple[int, int]]:
        """Return for each rule how many alerts it made, and how many were not useful."""
        useless = sa.func.sum(sa.case((alerts.c.not_useful, 1), else_=0))
        wanted = sa.select(alerts.c.rule, sa.func.count(), useless).group_by(alerts.c.rule)
        with self._database.reading() as connection:
            return {rule: (all_, int(no)) for rule, all_, no in connection.execute(wanted)}

    def _shown(self, wanted: sa.Select[Any], now: int) -> list[dict[str, Any]]:
        with self._database.reading() as connection:
            quiet = _silences(connection, now)
            return [
                row
                | {"silenced": any(one.covers(_labels(row), now) for one in quiet)}
                | {"runbook": runbook(Failure(row["failure"]))}
                for row in map(dict, connection.execute(wanted).mappings())
            ]

    def _change(
        self, alert: int, kind: str, text: str = "", *, by: str, now: int, **values: Any
    ) -> None:
        with self._database.writing() as connection:
            there = sa.select(alerts.c.id).where(alerts.c.id == alert)
            if connection.execute(there).first() is None:
                raise NoSuchAlert("no such alert")
            if values:
                connection.execute(alerts.update().where(alerts.c.id == alert).values(**values))
            note = {"alert": alert, "at": now, "author": by, "kind": kind, "text": text[:1000]}
            made = connection.execute(alert_notes.insert().values(note)).inserted_primary_key
            if text and made is not None:
                rows = text_of_note(connection, int(made[0]), note)
                write_new(connection, self._database, rows)


def _with_labels() -> sa.Select[Any]:
    return (
        sa.select(alerts, terminals.c.name.label("terminal_name"), sites.c.id.label("site"))
        .outerjoin(terminals, terminals.c.number == alerts.c.terminal)
        .outerjoin(sites, sites.c.id == terminals.c.site)
    )


def _labels(row: Mapping[str, Any]) -> dict[str, str]:
    return {
        "rule": row["rule"],
        "terminal": row["terminal_name"] or "",
        "site": row["site"] or "",
        "district": row["district"],
        "severity": row["severity"],
    }


def _told(row: Mapping[str, Any], *, silenced: bool) -> Told:
    return Told(
        severity=Severity(row["severity"]),
        opened_at=row["opened_at"],
        acknowledged=row["acknowledged_by"] is not None,
        silenced=silenced,
        told_at=row["told_at"],
        level=row["level"],
    )


def _silences(connection: sa.Connection, now: int) -> list[Silence]:
    wanted = sa.select(silences).where(silences.c.ends_at > now)
    return [
        Silence(
            matchers=json.loads(row["matchers"]),
            begins_at=row["begins_at"],
            ends_at=row["ends_at"],
            author=row["author"],
            reason=row["reason"],
            maintenance=row["maintenance"],
        )
        for row in connection.execute(wanted).mappings()
    ]


def _message(channel: str, level: int, rows: list[Any], now: int) -> dict[str, Any]:
    body = {
        "level": level,
        "at": now,
        "alerts": [
            {
                "id": row["id"],
                "rule": row["rule"],
                "terminal": row["terminal_name"],
                "district": row["district"],
                "severity": row["severity"],
                "security": row["security"],
                "sentence": row["sentence"],
                "opened_at": row["opened_at"],
                "runbook": runbook(Failure(row["failure"])),
            }
            for row in rows
        ],
    }
    return {
        "channel": channel,
        "level": level,
        "body": json.dumps(body, ensure_ascii=False),
        "made_at": now,
        "due_at": now,
        "attempts": 0,
    }
