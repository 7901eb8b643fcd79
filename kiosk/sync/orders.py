"""Do what the fleet asks: each order once, in time, and never while a citizen stands there.

A disruptive order takes three check-ins: it is taken, it is said to be running, it is done.
A renewed certificate ends this program, for it to begin anew with that: whether it was renewed
is judged by the certificate itself, before or after that end.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from kiosk.audit import note
from kiosk.config.ordered_out import order_in, order_out
from kiosk.sync.ledger import Ledger, Row, Stage
from kiosk.sync.system import System
from wire.audit_events import AuditEvent
from wire.commands import Check, Command, Order, Outcome, Program, Progress
from wire.failures import Failure

DISRUPTIVE: Final = frozenset({Order.RESTART, Order.REBOOT})
_SURVIVED: Final = frozenset({Order.REBOOT, Order.ROTATE_CERTIFICATE})
"""Whether they were done shows by their mark, also after this program's end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What orders are done with."""

    system: System
    state: Path
    drain: Callable[[], None]
    """Give every waiting record its turn."""
    checks: Callable[[], Mapping[Check, bool]]
    hand_over: Callable[[int], Failure | None]
    """Send the diagnostics bundle of a command."""
    certificate: Callable[[], str]
    """What names the certificate in use; another once it was renewed."""
    boot: str
    """Another after a reboot."""
    run: str
    """Another after a restart of this program."""


class Orders:
    """Orders of one terminal; for one thread."""

    def __init__(self, ledger: Ledger, means: Means) -> None:
        """Go on where the last run of the program ended."""
        self._ledger = ledger
        self._means = means
        self._acts: Mapping[Order, Callable[[Command], Outcome]] = MappingProxyType(
            {
                Order.OUT_OF_SERVICE: self._out,
                Order.IN_SERVICE: self._in,
                Order.SELF_TEST: self._test,
                Order.DIAGNOSTICS: self._hand_over,
                Order.DRAIN_QUEUE: self._drain,
            }
        )
        for row in ledger.open():
            if row.stage is Stage.BEGUN:
                self._resume(row)

    def untold(self) -> tuple[Outcome, ...]:
        """Return what the fleet does not know yet."""
        return self._ledger.untold()

    def told(self, outcomes: tuple[Outcome, ...]) -> None:
        """The fleet has these now."""
        self._ledger.told(outcomes)

    def take(self, commands: tuple[Command, ...]) -> None:
        """Keep what is new of these."""
        for command in commands:
            if self._ledger.take(command):
                note(AuditEvent.COMMAND_TAKEN, order=command.order)

    def perform(self, *, now_ms: int, calm: bool) -> None:
        """Do what is due.

        Args:
            now_ms: the fleet's time.
            calm: whether nobody stands at the terminal.
        """
        for row in self._ledger.open():
            command = row.command
            if row.stage is Stage.BEGUN:
                continue
            if now_ms > command.expires_at:
                self._end(
                    command, Outcome(command.number, Progress.FAILED, Failure.COMMAND_EXPIRED)
                )
            elif command.order is Order.ROTATE_CERTIFICATE:
                self._renew(command)
            elif command.order not in DISRUPTIVE:
                self._end(command, self._acts[command.order](command))
            elif calm:
                self._disrupt(row)

    def _disrupt(self, row: Row) -> None:
        command, means = row.command, self._means
        if row.stage is Stage.TAKEN:
            self._ledger.announce(command.number)
        elif row.told:
            self._ledger.begin(command.number, self._mark(command))
            if command.program is None:
                failure = means.system.reboot()
            else:
                failure = means.system.restart(command.program)
            if failure is not None:
                self._end(command, Outcome(command.number, Progress.FAILED, failure))
            elif command.program not in {None, Program.SYNC}:
                self._end(command, Outcome(command.number, Progress.DONE))
            # Else this program ends now, and its next run says what became of it.

    def _mark(self, command: Command) -> str:
        if command.order is Order.ROTATE_CERTIFICATE:
            return self._means.certificate()
        return self._means.boot if command.order is Order.REBOOT else self._means.run

    def _renew(self, command: Command) -> None:
        before = self._mark(command)
        self._ledger.begin(command.number, before)
        failure = self._means.system.renew_certificate()
        if failure is not None and self._mark(command) != before:
            # Who renews lets this program begin anew, and that ends the one who asked first.
            failure = None
        self._end(command, _judged(command, failure))

    def _resume(self, row: Row) -> None:
        command = row.command
        survives = command.order in _SURVIVED or command.program is Program.SYNC
        done = survives and row.mark != self._mark(command)
        progress = Progress.DONE if done else Progress.FAILED
        failure = None if done else Failure.COMMAND_INTERRUPTED
        self._end(command, Outcome(command.number, progress, failure))

    def _end(self, command: Command, outcome: Outcome) -> None:
        self._ledger.end(outcome)
        note(AuditEvent.COMMAND_ENDED, order=command.order, progress=outcome.progress)

    def _out(self, command: Command) -> Outcome:
        return _tried(command, lambda: order_out(self._means.state))

    def _in(self, command: Command) -> Outcome:
        return _tried(command, lambda: order_in(self._means.state))

    def _test(self, command: Command) -> Outcome:
        return Outcome(command.number, Progress.DONE, None, self._means.checks())

    def _hand_over(self, command: Command) -> Outcome:
        return _judged(command, self._means.hand_over(command.number))

    def _drain(self, command: Command) -> Outcome:
        self._means.drain()
        return Outcome(command.number, Progress.DONE)


def _tried(command: Command, act: Callable[[], None]) -> Outcome:
    try:
        act()
    except OSError:
        return _judged(command, Failure.COMMAND_FAILED)
    return _judged(command, None)


def _judged(command: Command, failure: Failure | None) -> Outcome:
    progress = Progress.DONE if failure is None else Progress.FAILED
    return Outcome(command.number, progress, failure)
