"""Tell the fleet how the terminal is: make a reading, keep it, send what waits.

The trail is the buffer of events and the spool that of readings: what the fleet did not
take is sent again, in order, however long the terminal was offline. The fleet keeps each
reading and each entry once, so a lost answer costs a repetition.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from typing import Final

import msgspec
from msgspec.structs import replace

from drivers.errors import DeviceError
from kiosk.audit.follow import Mark, Told, follow
from kiosk.audit.trail import TrailBroken
from kiosk.flow.states import OUTSIDE_SESSION
from kiosk.sync import foreign_logs, host
from kiosk.sync.answers import Answer as HttpAnswer
from kiosk.sync.backoff import jittered, silence_s
from kiosk.sync.journal import Journal
from kiosk.sync.outbox import Counts
from kiosk.sync.signature import Signer
from kiosk.sync.spool import Progress, Spool
from kiosk.sync.tally import after
from kiosk.sync.transport import RegisterError, Transport
from wire import checkin as wire
from wire.audit_events import AuditEvent
from wire.commands import Command, Outcome
from wire.failures import Failure

_COUNT_AT_ONCE: Final = 5000
_BUSY: Final = frozenset({408, 425, 429, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Taken:
    """The fleet has stored what was sent; come again after `pause_s`."""

    pause_s: float
    commands: tuple[Command, ...]
    server_at: int
    """The fleet's time, milliseconds since 1970."""
    calm: bool
    """Nobody stands at the terminal, as far as its trail says."""


@dataclass(frozen=True, slots=True)
class NotTaken:
    """It has not; everything is kept."""

    pause_s: float
    failure: Failure
    status: int = 0


class _Problem(msgspec.Struct, frozen=True):
    code: str = ""
    server_at: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Where a reading comes from."""

    trail: Path
    state: Path
    counts: Callable[[], Counts]
    certificate_ends: datetime
    journal: Journal | None = None
    """Foreign logs; None where they are not read."""


class Reporter:
    """Checks in for one terminal; for one thread."""

    def __init__(
        self,
        spool: Spool,
        transport: Transport,
        signer: Signer,
        sources: Sources,
        *,
        url: str,
        clock: Callable[[], float],
        chance: Callable[[], float],
    ) -> None:
        """Report to the fleet at `url`.

        Args:
            spool: where readings wait.
            transport: the way to the fleet.
            signer: signs in the terminal's name.
            sources: where readings come from.
            url: the fleet's address, as `transport` has it.
            clock: seconds since the epoch.
            chance: random numbers from 0 to 1, below 1.
        """
        self._spool = spool
        self._transport = transport
        self._signer = signer
        self._sources = sources
        self._url = url.rstrip("/") + wire.PATH
        self._clock = clock
        self._chance = chance
        self._failed = 0
        self._offset_ms: int | None = None
        self._round_trip_ms: int | None = None

    def first_pause_s(self) -> float:
        """Return how long to wait after starting: a fleet switched on at once spreads out."""
        return self._chance() * wire.EVERY_S

    def check_in(self, outcomes: tuple[Outcome, ...] = ()) -> Taken | NotTaken:
        """Make a reading and send what waits, oldest first, with the `outcomes` of orders.

        Raises:
            OSError: the trail is there and cannot be read.
            OutboxError: the outbox cannot be read.
            sqlite3.Error: the spool cannot be written.
        """
        progress, broken = self._counted(self._spool.progress())
        logs, progress = self._logs(progress)
        reading = replace(self._reading(progress, broken=broken), logs=logs)
        self._spool.keep(reading, progress)
        readings = self._spool.waiting(wire.MOST_READINGS)
        entries, sent = self._entries(progress, broken=broken)
        body = msgspec.msgpack.encode(
            wire.CheckIn(
                readings,
                entries,
                progress.counted.count,
                bytes.fromhex(progress.counted.head),
                outcomes,
            )
        )
        answer = self._exchange(body)
        if isinstance(answer, NotTaken):
            return answer
        self._failed = 0
        self._spool.taken(answer.sequence, replace(progress, sent=sent))
        more = self._spool.count() or sent.count < progress.counted.count
        pause_s = min(answer.next_s, wire.SOONEST_S) if more else answer.next_s
        calm = progress.tally.screen in OUTSIDE_SESSION and not broken
        return Taken(self._jittered(pause_s), answer.commands, answer.server_at, calm)

    def reading(self) -> wire.Reading:
        """Return how the terminal is now, without telling anybody.

        Raises:
            OutboxError: the outbox cannot be read.
        """
        return self._reading(self._spool.progress(), broken=False)

    def created(self) -> int:
        """Return when a request is signed: now, by the fleet's clock as far as it is known."""
        return int(self._clock() - (self._offset_ms or 0) / 1000)

    def _counted(self, progress: Progress) -> tuple[Progress, bool]:
        """Count what the trail says since the last time; and whether it breaks."""
        tally, mark = progress.tally, progress.counted
        progress = replace(progress, sequence=progress.sequence + 1)
        try:
            while True:
                told, further = follow(self._sources.trail, mark, most=_COUNT_AT_ONCE)
                for entry in told:
                    tally = after(tally, entry)
                mark = further
                if len(told) < _COUNT_AT_ONCE:
                    return replace(progress, tally=tally, counted=mark), False
        except TrailBroken:
            return progress, True

    def _logs(self, progress: Progress) -> tuple[tuple[wire.Noticed, ...] | None, Progress]:
        """Read foreign logs on; None if that cannot be done now."""
        if self._sources.journal is None:
            return None, progress
        try:
            followed = foreign_logs.follow(self._sources.journal, progress.logs)
        except OSError:
            return None, progress
        told, followed = foreign_logs.noticed(followed)
        return told, replace(progress, logs=followed)

    def _entries(self, progress: Progress, *, broken: bool) -> tuple[tuple[wire.Entry, ...], Mark]:
        if broken:
            return (), progress.sent
        told, mark = follow(self._sources.trail, progress.sent, most=wire.MOST_ENTRIES)
        return tuple(filter(None, map(entry_of, told))), mark

    def _reading(self, progress: Progress, *, broken: bool) -> wire.Reading:
        now, counts = self._clock(), self._sources.counts()
        tally, before = progress.tally, self._spool.progress().tally
        failures = {c: n for c, n in tally.failures.items() if before.failures.get(c) != n}
        if broken:
            failures[Failure.TRAIL_BROKEN] = 1
        return wire.Reading(
            sequence=progress.sequence,
            at=max(0, round(now * 1000)),
            screen=tally.screen,
            screen_s=max(0, round(now - tally.screen_at / 1000)) if tally.screen_at else 0,
            parts=tally.parts,
            paper=tally.paper,
            sessions=tally.sessions,
            queued=counts.queued,
            set_aside=counts.set_aside,
            oldest_s=max(0, round(counts.oldest_age_s)),
            host=self._host(now),
            steps={s: step for s, step in tally.steps.items() if before.steps.get(s) != step},
            failures=failures,
        )

    def _host(self, now: float) -> wire.Host:
        left_s = self._sources.certificate_ends.timestamp() - now
        return host.measure(
            self._sources.state,
            clock_offset_ms=self._offset_ms,
            round_trip_ms=self._round_trip_ms,
            certificate_days=int(left_s // 86_400),
        )

    def _exchange(self, body: bytes) -> wire.Answer | NotTaken:
        began = self._clock()
        try:
            fields = self._signer.sign(
                "POST",
                self._url,
                wire.CONTENT_TYPE,
                body,
                created=self.created(),
                tag=wire.SIGNATURE_TAG,
            )
            answer = self._transport.post(wire.PATH, body, fields)
        except DeviceError as refused:
            return self._not_taken(Failure(refused.code))
        except RegisterError:
            return self._not_taken(Failure.FLEET_UNREACHABLE)
        ended = self._clock()
        if answer.status != HTTPStatus.OK:
            return self._refused(answer, ended)
        try:
            read = wire.decode_answer(answer.body)
        except wire.BadCheckIn:
            return self._not_taken(Failure.FLEET_REFUSED, answer.status)
        self._offset_ms = round((began + ended) * 500 - read.server_at)
        self._round_trip_ms = max(0, round((ended - began) * 1000))
        return read

    def _refused(self, answer: HttpAnswer, ended: float) -> NotTaken:
        try:
            problem = msgspec.json.decode(answer.body, type=_Problem)
        except (msgspec.DecodeError, UnicodeDecodeError):
            problem = _Problem()
        if problem.code == Failure.SIGNATURE_CLOCK and problem.server_at > 0:
            # The clock itself is not set from here; only what is signed and reported.
            self._offset_ms = round(ended * 1000 - problem.server_at)
        asked = answer.headers.get("retry-after", "")
        asked_s = float(asked) if asked.isascii() and asked.isdigit() else 0.0
        busy = answer.status in _BUSY
        failure = Failure.FLEET_BUSY if busy else Failure.FLEET_REFUSED
        return self._not_taken(failure, answer.status, asked_s)

    def _not_taken(self, failure: Failure, status: int = 0, asked_s: float = 0.0) -> NotTaken:
        self._failed += 1
        pause_s = silence_s(self._failed, asked_s=min(asked_s, wire.LATEST_S), chance=self._chance)
        return NotTaken(pause_s, failure, status)

    def _jittered(self, pause_s: float) -> float:
        return jittered(pause_s, chance=self._chance())


def entry_of(told: Told) -> wire.Entry | None:
    """Return an entry as it travels; None for one that this version's catalogue lacks."""
    try:
        event = AuditEvent(told.event)
    except ValueError:
        return None
    if not wire.is_of_catalogue(event, told.with_):
        return None
    return wire.Entry(told.n, max(0, round(told.at.timestamp() * 1000)), event, told.with_)
