"""Carry one record at a time to the register, and keep its receipt.

The outbox is the truth: a crash between any two lines costs a repetition, and the
register answers a repetition with the receipt it gave before.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from http import HTTPStatus
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from kiosk.flow.clock_trust import Reading, RegisterTime
from kiosk.sync import answers
from kiosk.sync.answers import Again, Answer, SetAside
from kiosk.sync.backoff import LONGEST_WAIT_S, wait_s
from kiosk.sync.jws import BadSignature
from kiosk.sync.outbox import Outbox, PayloadDamaged, Waiting
from kiosk.sync.receipt import BadReceipt, verify
from kiosk.sync.register_keys import RegisterKeys
from kiosk.sync.transport import RegisterError, Transport
from wire.record import Receipt, Verdict
from wire.trail_head import HEADER as TRAIL_HEADER
from wire.trail_head import TrailHead
from wire.trail_head import parse as parse_head

TIME_EVERY_S = 60.0
"""So often the register's time is noted."""
_NOBODY = str(UUID(int=0))
"""No record has this id: asking for it costs the register nothing and tells its time."""
LINK_WATCH_S = 300.0
"""So long after delivery a phone may finish while the citizen still stands there."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """The register signed for the record, and its payload is erased."""

    verdict: Verdict
    attempts: int


@dataclass(frozen=True, slots=True)
class Postponed:
    """The record will be tried again."""

    code: str
    attempts: int


Sent = Delivered | Postponed | SetAside


class Uploader:
    """Sends what waits in the outbox; for one thread."""

    def __init__(
        self,
        outbox: Outbox,
        transport: Transport,
        *,
        receipt_key: Ed25519PublicKey,
        terminal: str,
        clock: Callable[[], float],
        chance: Callable[[], float],
        clocks: Callable[[], Reading],
        contradicted: Callable[[TrailHead], None] = lambda _: None,
    ) -> None:
        """Send for `terminal`; believe receipts signed by `receipt_key` alone.

        Args:
            outbox: what is to be sent.
            transport: the way to the register.
            receipt_key: the register's.
            terminal: this terminal's name, as the register knows it.
            clock: seconds since the epoch.
            chance: random numbers from 0 to 1, below 1.
            clocks: a look at both clocks of this machine.
            contradicted: told when the register remembers a longer or another trail.
        """
        self._contradicted = contradicted
        self._clocks = clocks
        self._time_due = 0.0
        self._held_until = 0.0
        self._keys_known = ""
        self._outbox = outbox
        self._transport = transport
        self._receipt_key = receipt_key
        self._terminal = terminal
        self._clock = clock
        self._chance = chance

    def send_next(self, *, fresh: bool) -> Sent | None:
        """Send the next record whose turn has come.

        After a failure all wait, not that record alone: the register is not asked again
        for each of hundreds. A fresh record is tried all the same, for the citizen's sake.

        Args:
            fresh: whether the engine has just stored one.

        Returns:
            What became of it; None if there is nothing to do.

        Raises:
            OutboxWriteFailed: the outcome could not be noted.
        """
        now = self._clock()
        if now < self._held_until <= now + LONGEST_WAIT_S and not fresh:
            return None
        try:
            waiting = self._outbox.due(now)
        except PayloadDamaged as damaged:
            self._outbox.set_aside(damaged.record_id, damaged.code)
            return SetAside(damaged.code)
        if waiting is None:
            self._outbox.tidy()
            return None
        match self._offer(waiting):
            case (Receipt() as receipt, jws):
                self._held_until = 0.0
                self._outbox.delivered(waiting.record_id, jws, receipt.verdict, trail=waiting.trail)
                self._outbox.retry_now()
                return Delivered(receipt.verdict, waiting.attempts + 1)
            case SetAside(code, status):
                self._outbox.set_aside(waiting.record_id, code, status=status)
                return SetAside(code)
            case Again(code, asked_s, status):
                wait = wait_s(waiting.attempts + 1, chance=self._chance(), asked_s=asked_s)
                self._held_until = self._clock() + wait
                self._outbox.failed(waiting.record_id, code, self._held_until, status=status)
                return Postponed(code, waiting.attempts + 1)

    def watch_link(self) -> bool:
        """Ask whether the citizen who just registered has finished on the phone.

        A terminal serves one citizen at a time, so only the record delivered last is
        asked about.

        Returns:
            Whether there is still somebody to ask about.
        """
        record_id = self._outbox.latest_unlinked(since=self._clock() - LINK_WATCH_S)
        if record_id is None:
            return False
        try:
            answer = self._transport.standing(record_id)
        except RegisterError:
            return True
        if not answers.is_linked(answer):
            return True
        self._outbox.linked(record_id)
        return False

    def renew_keys(self, keys: RegisterKeys) -> None:
        """Ask which keys the register offers, and keep a new offer; else nothing changes.

        Raises:
            OSError: the offer could not be written.
        """
        try:
            answer = self._transport.keys(known=self._keys_known)
        except RegisterError:
            return
        if answer.status != HTTPStatus.OK:
            return
        # An offer that another signed is as if none had come.
        with suppress(BadSignature):
            keys.keep(answer.body)
            self._keys_known = answer.headers.get("etag", "")

    def ask_time(self) -> None:
        """Ask for the register's time if it was not told for a while."""
        if self._clocks().steady_s < self._time_due:
            return
        self._time_due = self._clocks().steady_s + TIME_EVERY_S
        with suppress(RegisterError):
            self._note_time(self._transport.standing(_NOBODY))

    def _note_time(self, answer: Answer) -> None:
        told = answers.told_at(answer)
        if told is not None:
            now = self._clocks()
            self._time_due = now.steady_s + TIME_EVERY_S
            self._outbox.note_time(RegisterTime(told, now.steady_s, now.boot))

    def _offer(self, waiting: Waiting) -> tuple[Receipt, str] | Again | SetAside:
        try:
            answer = self._transport.put(
                waiting.record_id,
                waiting.sealed,
                key_id=waiting.key_id,
                suite=waiting.suite,
                trail=waiting.trail,
            )
        except RegisterError as failure:
            return Again(failure.code)
        is_skewed = answers.register_time(answer) is not None
        if is_skewed or self._clocks().steady_s >= self._time_due:
            self._note_time(answer)
        known = parse_head(answer.headers.get(TRAIL_HEADER.lower(), ""))
        if known is not None and known.contradicts(waiting.trail):
            self._contradicted(known)
        meaning = answers.read(answer)
        if isinstance(meaning, Again | SetAside):
            return replace(meaning, status=answer.status)
        try:
            receipt = verify(
                meaning.jws,
                key=self._receipt_key,
                record_id=waiting.record_id,
                terminal=self._terminal,
                sealed=waiting.sealed,
            )
        except BadReceipt:
            return Again("register.bad_answer", status=answer.status)
        return receipt, meaning.jws
