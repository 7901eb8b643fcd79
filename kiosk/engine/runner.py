"""Run the flow: one event after the other, effects performed, then the screen shown.

Rule: an event that arises while effects are performed waits its turn; the table
never sees two at once.
"""

from collections import deque
from collections.abc import Callable

from kiosk.audit import note
from kiosk.flow.states import Effect, Event, State
from kiosk.flow.table import advance
from wire.audit_events import AuditEvent


class Runner:
    """Holds where the citizen is."""

    def __init__(
        self, *, perform: Callable[[Effect], None], shown: Callable[[State, Event], None]
    ) -> None:
        """Begin in STARTING, with nothing performed yet.

        Args:
            perform: carries out one effect; may call `happen`.
            shown: called after each step that changed the state, with the event behind it.
        """
        self.state = State.STARTING
        self._perform = perform
        self._shown = shown
        self._waiting: deque[Event] = deque()
        self._busy = False

    def happen(self, event: Event) -> None:
        """Take one event; return when it and all it caused at once have been handled."""
        self._waiting.append(event)
        if self._busy:
            return
        self._busy = True
        try:
            while self._waiting:
                self._step(self._waiting.popleft())
        finally:
            self._busy = False

    def _step(self, event: Event) -> None:
        step = advance(self.state, event)
        changed = step.to is not self.state
        self.state = step.to
        if changed:
            note(AuditEvent.STATE_ENTERED, state=step.to)
            self._shown(step.to, event)
        for effect in step.effects:
            self._perform(effect)
