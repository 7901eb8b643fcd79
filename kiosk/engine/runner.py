"""Run the flow: one event after the other, effects performed, then the screen shown.

Rule: an event that arises while effects are performed waits its turn; the table
never sees two at once, and the screen shows only where it all came to rest.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from kiosk.audit import note
from kiosk.flow.states import Effect, Event, State
from kiosk.flow.table import advance
from wire.audit_events import AuditEvent


@dataclass(frozen=True, slots=True)
class Move:
    """A step that led to another state."""

    came_from: State
    to: State
    event: Event
    code: str
    """The failure code behind the event, if there is one."""


class Runner:
    """Holds where the citizen is."""

    def __init__(
        self,
        *,
        perform: Callable[[Effect], None],
        moved: Callable[[Move], None],
        settled: Callable[[], None],
    ) -> None:
        """Begin in STARTING, with nothing performed yet.

        Args:
            perform: carries out one effect; may call `happen`.
            moved: called with each change of state, before its effects.
            settled: called when no event waits any more and the state has changed.
        """
        self.state = State.STARTING
        self._perform = perform
        self._moved = moved
        self._settled = settled
        self._waiting: deque[tuple[Event, str]] = deque()
        self._busy = False

    def happen(self, event: Event, code: str = "") -> None:
        """Take one event; return when it and all it caused at once have been handled."""
        self._waiting.append((event, code))
        if self._busy:
            return
        self._busy = True
        before = self.state
        try:
            while self._waiting:
                self._step(*self._waiting.popleft())
        finally:
            self._busy = False
        if self.state is not before:
            self._settled()

    def _step(self, event: Event, code: str) -> None:
        step = advance(self.state, event)
        if step.to is not self.state:
            move = Move(self.state, step.to, event, code)
            self.state = step.to
            note(AuditEvent.STATE_ENTERED, state=step.to)
            self._moved(move)
        for effect in step.effects:
            self._perform(effect)
