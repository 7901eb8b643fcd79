"""Orders of the fleet on disk: each is done once, and its outcome kept until it was told.

One small SQLite file of `kiosk.sync` alone. Where a disruptive order stands is written
before it is done: after a power cut nothing is done a second time.
"""

import sqlite3
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

import msgspec

from wire.commands import MOST_AT_ONCE, Command, Outcome, Progress

MOST_KEPT: Final = 500
_TABLE: Final = """
CREATE TABLE IF NOT EXISTS orders (
    number INTEGER PRIMARY KEY,
    command BLOB NOT NULL,
    stage TEXT NOT NULL,
    mark TEXT NOT NULL DEFAULT '',
    outcome BLOB,
    told INTEGER NOT NULL DEFAULT 1
) STRICT
"""


class Stage(StrEnum):
    """How far an order has come here."""

    TAKEN = "taken"
    ANNOUNCED = "announced"
    """The fleet is told that it is about to be done."""
    BEGUN = "begun"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Row:
    """One order."""

    command: Command
    stage: Stage
    mark: str
    """What would be another after it was done: the boot, the run of the program."""
    told: bool


class Ledger:
    """The file; for one thread."""

    def __init__(self, path: Path) -> None:
        """Open the file at `path`; a damaged one is begun anew: the fleet asks again.

        Raises:
            sqlite3.Error: it cannot be made.
        """
        try:
            self._open(path)
        except sqlite3.DatabaseError:
            self.close()
            path.unlink(missing_ok=True)
            self._open(path)

    def _open(self, path: Path) -> None:
        self._db = sqlite3.connect(path, isolation_level=None)
        for pragma in ("journal_mode=DELETE", "synchronous=FULL"):
            self._db.execute(f"PRAGMA {pragma}")
        self._db.execute(_TABLE)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def take(self, command: Command) -> bool:
        """Keep an order; False if it was there already."""
        values = (command.number, msgspec.msgpack.encode(command), Stage.TAKEN)
        statement = "INSERT OR IGNORE INTO orders (number, command, stage) VALUES (?, ?, ?)"
        taken = self._db.execute(statement, values).rowcount == 1
        self._db.execute(
            "DELETE FROM orders WHERE told = 1 AND stage = 'ended' AND number NOT IN"
            " (SELECT number FROM orders ORDER BY number DESC LIMIT ?)",
            (MOST_KEPT,),
        )
        return taken

    def open(self) -> list[Row]:
        """Return the orders that have not ended, oldest first."""
        wanted = (
            "SELECT command, stage, mark, told FROM orders WHERE stage != 'ended' ORDER BY number"
        )
        return [
            Row(msgspec.msgpack.decode(body, type=Command), Stage(stage), mark, bool(told))
            for body, stage, mark, told in self._db.execute(wanted).fetchall()
        ]

    def announce(self, number: int) -> None:
        """Say to the fleet that an order is about to be done."""
        self._move(number, Stage.ANNOUNCED, Outcome(number, Progress.RUNNING))

    def begin(self, number: int, mark: str) -> None:
        """Note that an order is being done now."""
        self._change("stage = ?, mark = ?", (Stage.BEGUN, mark), number)

    def end(self, outcome: Outcome) -> None:
        """Note what has become of an order."""
        self._move(outcome.number, Stage.ENDED, outcome)

    def untold(self) -> tuple[Outcome, ...]:
        """Return the outcomes that the fleet does not know."""
        wanted = "SELECT outcome FROM orders WHERE told = 0 ORDER BY number LIMIT ?"
        rows = self._db.execute(wanted, (MOST_AT_ONCE,)).fetchall()
        return tuple(msgspec.msgpack.decode(body, type=Outcome) for (body,) in rows)

    def told(self, outcomes: tuple[Outcome, ...]) -> None:
        """The fleet knows these, if nothing has changed since."""
        for outcome in outcomes:
            body = msgspec.msgpack.encode(outcome)
            statement = "UPDATE orders SET told = 1 WHERE number = ? AND outcome = ?"
            self._db.execute(statement, (outcome.number, body))

    def _move(self, number: int, stage: Stage, outcome: Outcome) -> None:
        values = (stage, msgspec.msgpack.encode(outcome))
        self._change("stage = ?, outcome = ?, told = 0", values, number)

    def _change(self, what: str, values: tuple[Any, ...], number: int) -> None:
        self._db.execute(f"UPDATE orders SET {what} WHERE number = ?", (*values, number))  # noqa: S608  (words of ours)
