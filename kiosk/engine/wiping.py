"""End a session: everybody who held something of the citizen forgets, provably.

Rule 1: vault and preview are wiped by the engine itself, at once.
Rule 2: vision process and screens must answer within `ANSWER_S`, or are killed:
what a process held is gone with it.
Rule 3: the screen that says so stays long enough to be read.
"""

from collections.abc import Callable

from kiosk.audit import note
from kiosk.engine.timers import Clock, Timers
from wire.audit_events import AuditEvent

ANSWER_S = 2.0
"""Agreed in docs/architecture.md, "Personal data"."""
READABLE_S = 3.0

_DEADLINE = "wipe answers"
_SHOWN = "wipe shown"


class Wiping:
    """One wipe at a time."""

    def __init__(
        self,
        *,
        timers: Timers,
        clock: Clock,
        holders: dict[str, tuple[Callable[[], None], Callable[[], None]]],
        done: Callable[[], None],
    ) -> None:
        """Prepare; nothing is wiped yet.

        Args:
            timers: the engine's timers.
            clock: seconds that never go back.
            holders: by name, how to order a holder to forget, and how to kill it.
            done: called when all have forgotten and the screen was readable.
        """
        self._timers = timers
        self._clock = clock
        self._holders = holders
        self._done = done
        self._waiting: set[str] = set()
        self._began = 0.0

    def begin(self) -> None:
        """Order every holder to forget."""
        self._began = self._clock()
        self._waiting = set(self._holders)
        self._timers.set(_DEADLINE, ANSWER_S, self._give_up)
        for order, _ in self._holders.values():
            order()

    def answered(self, holder: str) -> None:
        """Take a holder's answer; one that nobody waits for is ignored."""
        if holder not in self._waiting:
            return
        self._waiting.discard(holder)
        if not self._waiting:
            self._finish()

    def _give_up(self) -> None:
        for holder in sorted(self._waiting):
            _, kill = self._holders[holder]
            kill()
        self._waiting.clear()
        self._finish()

    def _finish(self) -> None:
        self._timers.cancel(_DEADLINE)
        taken = self._clock() - self._began
        note(AuditEvent.SESSION_WIPED, ms=round(taken * 1000))
        self._timers.set(_SHOWN, READABLE_S - taken, self._done)
