"""The outbox: sealed records on disk until the register has signed for them.

Rule 1: `store` returns only when the record survives a power cut: first its wrapping
key is synced, then the transaction that holds the payload.
Rule 2: a payload is overwritten in the transaction that notes its receipt; then its
wrapping key is destroyed, and the write-ahead log is cut. What a power cut interrupts
is done by whoever opens the outbox next.
Rule 3: nothing here can read a record; the columns beside it are not personal.

The engine stores and asks, `kiosk.sync` sends; each has a connection of its own
(WAL, so that asking never waits for sending).
"""

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from kiosk.flow.clock_trust import RegisterTime
from kiosk.sync import database, tables
from kiosk.sync.backoff import LONGEST_WAIT_S
from kiosk.sync.database import Connection
from kiosk.sync.keyring import Keyring, Unwrappable
from kiosk.sync.stored import (
    Carried,
    Counts,
    DeadLetter,
    OutboxError,
    OutboxFull,
    OutboxState,
    OutboxWriteFailed,
    Outcome,
    PayloadDamaged,
    Waiting,
)
from wire.record import SUITE, SealSuite, Verdict
from wire.trail_head import TrailHead

__all__ = [
    "Counts",
    "DeadLetter",
    "Outbox",
    "OutboxError",
    "OutboxFull",
    "OutboxState",
    "OutboxWriteFailed",
    "Outcome",
    "PayloadDamaged",
    "Waiting",
]


class Outbox(Connection):
    """One connection to the outbox file, safe to use from several threads.

    Whatever the database refuses leaves as an `OutboxError`.
    """

    def __init__(
        self, path: Path, *, limit_records: int, limit_age_s: float, clock: Callable[[], float]
    ) -> None:
        """Open the outbox at `path`, made durably if it is not there.

        Args:
            path: the file; its folder must exist.
            limit_records: how many records may wait.
            limit_age_s: how old the oldest waiting record may be.
            clock: seconds since the epoch.

        Raises:
            OutboxWriteFailed: the file cannot be made, or is no outbox.
        """
        self._limit_records = limit_records
        self._limit_age_s = limit_age_s
        self._clock = clock
        super().__init__()
        self._untidy = True
        try:
            with database.folder_held(path.parent):
                self._keys = Keyring(path.with_suffix(".keys"))
                self._db = database.opened(path)
                with self._writing():
                    for statement in tables.TABLES:
                        self._db.execute(statement)
                    self._retire_orphans()
                with self._writing():
                    self._destroy_retired()
        except (sqlite3.Error, OSError) as cause:
            raise OutboxWriteFailed("the outbox cannot be opened") from cause

    def close(self) -> None:
        """Close this connection."""
        with self._lock:
            self._db.close()
            self._keys.close()

    # the engine's side

    def store(
        self,
        record_id: str,
        sealed: bytes,
        *,
        key_id: str,
        created_at: str,
        suite: SealSuite = SUITE,
        trail: TrailHead | None = None,
    ) -> None:
        """Keep `sealed` until the register has it; durable on return.

        Storing the same record again changes nothing, so a caller may repeat it.

        Args:
            record_id: the record's UUID.
            sealed: what `kiosk.session.seal` returned.
            key_id: `wire.record.key_id` of the key it is sealed to.
            created_at: the record's own: UTC, ISO 8601 to the second.
            suite: how it is sealed.
            trail: the head of the terminal's trail now, to be anchored at the register.

        Raises:
            OutboxFull: as many or as old records wait as the settings allow.
            OutboxWriteFailed: it could not be made durable.
            ValueError: `created_at` is no time, or names no zone.
        """
        _seconds(created_at)
        row = {
            "record_id": record_id,
            "state": OutboxState.QUEUED.value,
            "key_id": key_id,
            "suite": suite.value,
            "digest": hashlib.sha256(sealed).hexdigest(),
            "created_at": created_at,
        }
        try:
            with self._writing():
                if self._is_stored(record_id, row["digest"]):
                    return
                self._refuse_if_full()
                (slot,) = self._db.execute(tables.FREE_SLOT).fetchone()
                wrapped = self._keys.wrap(slot, sealed, bound_to=record_id)
                number = self._db.table("records").insert(row).last_pk
                payload = {"number": number, "slot": slot, "wrapped": wrapped}
                self._db.table("payloads").insert(payload)
                if trail is not None:
                    self._db.execute(tables.NOTE_TRAIL, (trail.count, trail.hash))
        except (sqlite3.Error, OSError) as cause:
            raise OutboxWriteFailed("the record could not be made durable") from cause

    def outcome(self, record_id: str) -> Outcome:
        """Say what is known of a record.

        Raises:
            KeyError: no such record was stored.
        """
        row = self._one(tables.STANDING, record_id)
        if row is None:
            raise KeyError("no such record")
        state, verdict, linked, attempts, status, code, created_at = row
        return Outcome(
            state=OutboxState(state),
            verdict=Verdict(verdict) if verdict else None,
            linked=bool(linked),
            attempts=attempts,
            status=status,
            code=code,
            age_s=self._age_s(created_at),
        )

    def counts(self) -> Counts:
        """Say how full the outbox is."""
        with self._reading():
            numbers = dict(self._db.execute("SELECT state, COUNT(*) FROM records GROUP BY state"))
        return Counts(
            queued=numbers.get("queued", 0),
            set_aside=numbers.get("set_aside", 0),
            delivered=numbers.get("delivered", 0),
            oldest_age_s=self._oldest_age_s(),
        )

    def register_time(self) -> RegisterTime | None:
        """Return what the register's clock said last; None if it was never told."""
        row = self._one(tables.TIME)
        return RegisterTime(*row) if row else None

    def anchor(self) -> TrailHead:
        """Return the head of the trail that the register signed for last."""
        row = self._one(tables.ANCHOR)
        assert row is not None
        return TrailHead(*row)

    def dead_letters(self) -> list[DeadLetter]:
        """Return the records that the register refuses for good, oldest first."""
        with self._reading():
            rows = self._db.execute(tables.DEAD_LETTERS).fetchall()
        return [
            DeadLetter(record_id, attempts, status, code, self._age_s(created_at))
            for record_id, attempts, status, code, created_at in rows
        ]

    # the uploader's side

    def change_mark(self) -> int:
        """Return a number that differs once another connection has changed the outbox."""
        row = self._one("PRAGMA data_version")
        assert row is not None
        return int(row[0])

    def due(self, now: float) -> Waiting | None:
        """Return the record whose turn has come, if any: untried ones first, then by age.

        An untried one may have a citizen waiting for it.

        Raises:
            PayloadDamaged: it is no more what was stored.
        """
        row = self._one(tables.DUE, now, now + LONGEST_WAIT_S)
        if row is None:
            return None
        record_id, key_id, suite, attempts, slot, wrapped, count, head = row
        try:
            sealed = self._keys.unwrap(slot, wrapped, bound_to=record_id)
        except (Unwrappable, OSError) as cause:
            raise PayloadDamaged(record_id) from cause
        trail = TrailHead(count, head)
        return Waiting(record_id, key_id, SealSuite(suite), attempts, sealed, trail)

    def carried(self) -> Iterator[Carried]:
        """Yield every record that has its payload still, in order, to be carried elsewhere.

        Raises:
            PayloadDamaged: one is no more what was stored.
        """
        number = 0
        while (row := self._one(tables.CARRIED, number)) is not None:
            number, record_id, key_id, suite, created_at, slot, wrapped = row
            try:
                sealed = self._keys.unwrap(slot, wrapped, bound_to=record_id)
            except (Unwrappable, OSError) as cause:
                raise PayloadDamaged(record_id) from cause
            yield Carried(record_id, key_id, SealSuite(suite), created_at, sealed)

    def retry_now(self) -> None:
        """Give every waiting record its turn: the register is back."""
        self._change((tables.RETRY_NOW, ()))

    def failed(self, record_id: str, code: str, retry_at: float, *, status: int = 0) -> None:
        """Note that an attempt failed with `code` and when to try again.

        Args:
            record_id: whose attempt.
            code: a failure of wire/failures.toml.
            retry_at: seconds since the epoch.
            status: the answer's HTTP status; 0 if there was none.
        """
        self._change((tables.NOTE_FAILURE, (self._clock(), status, code, retry_at, record_id)))

    def delivered(
        self,
        record_id: str,
        receipt_jws: str,
        verdict: Verdict,
        *,
        status: int = 0,
        trail: TrailHead | None = None,
    ) -> None:
        """Keep the register's receipt in place of the payload, which is erased.

        Args:
            record_id: whose receipt.
            receipt_jws: as the register signed it; verified.
            verdict: the register's.
            status: the answer's HTTP status.
            trail: the head that went with the record, and is anchored now.
        """
        now = self._clock()
        self._untidy = True
        changes = [
            (tables.NOTE_RECEIPT, (now, now, status, receipt_jws, verdict.value, record_id)),
            (tables.RETIRE_DELIVERED, (record_id,)),
            (tables.ERASE_PAYLOAD, (record_id,)),
        ]
        if trail is not None:
            changes.append((tables.NOTE_ANCHOR, (trail.count, trail.hash)))
        self._change(*changes)
        self.tidy()

    def set_aside(self, record_id: str, code: str, *, status: int = 0) -> None:
        """Keep a record apart that the register refuses for good; `code` says why."""
        now = self._clock()
        self._change((tables.NOTE_REFUSAL, (now, now, status, code, record_id)))

    def latest_unlinked(self, *, since: float) -> str | None:
        """Return the record delivered last, if accepted after `since` and not linked yet."""
        row = self._one(tables.LATEST_DELIVERED, since)
        if row is None or row[1] != Verdict.ACCEPTED or row[2]:
            return None
        return str(row[0])

    def linked(self, record_id: str) -> None:
        """Note that the citizen's phone has finished."""
        self._change((tables.NOTE_LINK, (record_id,)))

    def expire(self, *, receipts_before: float, dead_letters_before: float) -> tuple[int, int]:
        """Let go of what was kept long enough; return how many receipts and dead letters.

        Args:
            receipts_before: delivered records that ended before this go, seconds since the epoch.
            dead_letters_before: refused ones go, payload and key too.

        Raises:
            OutboxWriteFailed: the disk refuses it.
        """
        before = self.counts()
        self._untidy = True
        self._change(
            (tables.RETIRE_REFUSED, (dead_letters_before,)),
            (tables.ERASE_REFUSED, (dead_letters_before,)),
            (tables.FORGET, (receipts_before, dead_letters_before)),
        )
        self.tidy()
        after = self.counts()
        return before.delivered - after.delivered, before.set_aside - after.set_aside

    def note_time(self, told: RegisterTime) -> None:
        """Keep what the register's clock said."""
        self._change((tables.NOTE_TIME, (told.register_s, told.steady_s, told.boot)))

    def tidy(self) -> bool:
        """Destroy the keys of erased payloads and cut the log; False if it must be done again.

        Raises:
            OutboxWriteFailed: the disk refuses it.
        """
        if self._untidy:
            try:
                with self._writing():
                    self._destroy_retired()
            except (sqlite3.Error, OSError) as cause:
                raise OutboxWriteFailed("a key could not be destroyed") from cause
            self._untidy = not self.cut_log()
        return not self._untidy

    def cut_log(self) -> bool:
        """Cut the write-ahead log to nothing; False if the other program is still reading."""
        with self._reading():
            busy, _, _ = self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy

    def _retire_orphans(self) -> None:
        """Retire every key without a payload; holds the write lock.

        A program killed while it commits leaves a transaction in the log that nobody sees
        until the log is read anew, payload and all. A commit of ours writes over it: only
        after that its key may be destroyed, so retiring is a transaction of its own.
        """
        used = {slot for (slot,) in self._db.execute("SELECT slot FROM payloads")}
        for slot in sorted(self._keys.held() - used):
            self._db.execute(tables.RETIRE, (slot,))

    def _destroy_retired(self) -> None:
        """Destroy the keys that are retired; holds the write lock."""
        retired = [slot for (slot,) in self._db.execute("SELECT slot FROM retired")]
        if retired:
            self._keys.destroy(retired)
            self._db.execute("DELETE FROM retired")

    def _is_stored(self, record_id: str, digest: str) -> bool:
        row = self._one("SELECT digest FROM records WHERE record_id = ?", record_id)
        if row is not None and row[0] != digest:
            raise sqlite3.IntegrityError("another content waits under this record id")
        return row is not None

    def _refuse_if_full(self) -> None:
        row = self._one("SELECT COUNT(*) FROM records WHERE state = 'queued'")
        assert row is not None
        if row[0] >= self._limit_records:
            raise OutboxFull("as many records wait as the settings allow")
        if self._oldest_age_s() > self._limit_age_s:
            raise OutboxFull("a record waits for longer than the settings allow")

    def _oldest_age_s(self) -> float:
        row = self._one("SELECT MIN(created_at) FROM records WHERE state = 'queued'")
        return 0.0 if row is None or row[0] is None else self._age_s(row[0])

    def _age_s(self, created_at: str) -> float:
        return max(0.0, self._clock() - _seconds(created_at))


def _seconds(created_at: str) -> float:
    moment = datetime.fromisoformat(created_at)
    if moment.tzinfo is None:
        raise ValueError("a time without a zone")
    return moment.timestamp()
