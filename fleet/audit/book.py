"""Keep the audit: one entry after another, one writer at a time, nothing ever changed.

An entry is written before what it tells of is done: nothing happens that is not in it.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import msgspec
import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from fleet.access.roles import Person
from fleet.audit.chain import FIRST, Entry, hashed
from fleet.audit.heads import Head, sign
from fleet.store.database import Database
from fleet.store.tables import audit, audit_heads
from fleet.store.text_tables import Kind
from fleet.store.texts import text_row, write_new

DAY_S: Final = 86_400
_AT_ONCE: Final = 1000
_LONGEST_VALUE: Final = 400
_LONGEST_DETAIL: Final = 4000


class Audit:
    """The audit of one database."""

    def __init__(self, database: Database, key: Ed25519PrivateKey) -> None:
        """Write into `database`; sign heads with `key`."""
        self._database = database
        self._key = key

    def add(
        self, who: Person, act: str, subject: str, detail: Mapping[str, str], *, now: int
    ) -> None:
        """Write that somebody is about to do something.

        Raises:
            sqlalchemy.exc.DBAPIError: it is not written; the act must not happen.
        """
        shortened = {name[:60]: value[:_LONGEST_VALUE] for name, value in detail.items()}
        text = msgspec.json.encode(shortened).decode()
        if len(text) > _LONGEST_DETAIL:
            text = msgspec.json.encode({"fields": len(detail)}).decode()
        with self._database.writing() as connection:
            if not self._database.is_sqlite:
                connection.execute(sa.text("LOCK TABLE audit IN SHARE ROW EXCLUSIVE MODE"))
            number, head = _last(connection)
            entry = Entry(number + 1, now, who.id, who.shown[:120], act[:80], subject[:200], text)
            row = msgspec.structs.asdict(entry) | {"hash": hashed(entry, head)}
            connection.execute(audit.insert().values(row))
            if not act.startswith("GET "):
                # Looks are in the audit; what is searched for is what somebody did.
                write_new(connection, self._database, [_text(entry, shortened)])

    def entries(self, *, after: int = 0, at_most: int | None = None) -> Iterator[Entry]:
        """Yield entries in order from the one after number `after`."""
        while True:
            wanted = sa.select(audit).where(audit.c.number > after).order_by(audit.c.number)
            lot = _AT_ONCE if at_most is None else min(at_most, _AT_ONCE)
            with self._database.reading() as connection:
                rows = connection.execute(wanted.limit(lot)).mappings().fetchall()
            for row in rows:
                yield Entry(**row)
            if len(rows) < lot or at_most is not None:
                return
            after = rows[-1]["number"]

    def latest(self, at_most: int, *, before: int | None = None) -> list[Entry]:
        """Return the last entries, newest first; older than number `before` if that is given."""
        wanted = sa.select(audit).order_by(audit.c.number.desc()).limit(at_most)
        if before is not None:
            wanted = wanted.where(audit.c.number < before)
        with self._database.reading() as connection:
            return [Entry(**row) for row in connection.execute(wanted).mappings()]

    def heads(self) -> list[Head]:
        """Return the signed heads, oldest first."""
        with self._database.reading() as connection:
            rows = connection.execute(sa.select(audit_heads).order_by(audit_heads.c.day)).mappings()
            return [Head(**row) for row in rows]

    def sign_yesterday(self, *, now: int) -> Head | None:
        """Sign the head of the last whole day if nobody has; None if there is nothing to sign."""
        day = now // DAY_S - 1
        wanted = (
            sa.select(audit.c.number, audit.c.hash)
            .where(audit.c.at < (day + 1) * DAY_S)
            .order_by(audit.c.number.desc())
            .limit(1)
        )
        with self._database.writing() as connection:
            there = connection.execute(sa.select(audit_heads.c.day).where(audit_heads.c.day >= day))
            last = connection.execute(wanted).one_or_none()
            if there.first() is not None or last is None:
                return None
            head = sign(day, last.number, last.hash, self._key)
            insert = self._database.insert(audit_heads).on_conflict_do_nothing()
            connection.execute(insert.values(msgspec.structs.asdict(head)))
        return head


def _text(entry: Entry, detail: Mapping[str, str]) -> dict[str, Any]:
    said = " ".join(f"{name}={value}" for name, value in detail.items())
    shown = f"{entry.name}: {entry.act} {entry.subject} {said}".strip()
    return text_row(Kind.AUDIT, entry.number, shown, at=entry.at)


def _last(connection: sa.Connection) -> tuple[int, str]:
    wanted = sa.select(audit.c.number, audit.c.hash).order_by(audit.c.number.desc()).limit(1)
    found = connection.execute(wanted).one_or_none()
    return (0, FIRST) if found is None else (found.number, found.hash)
