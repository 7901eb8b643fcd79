"""Watch whether operations want the terminal out of service: each change is an event."""

from pathlib import Path

from kiosk.audit import note
from kiosk.config.ordered_out import is_ordered_out
from wire.audit_events import AuditEvent


class Ordered:
    """Looks at the state folder, from the engine's thread."""

    def __init__(self, state: Path) -> None:
        self._state = state
        self._out = False

    def out(self) -> bool:
        """Look, tell what changed, and say whether no visit may begin."""
        out = is_ordered_out(self._state)
        if out is not self._out:
            note(AuditEvent.SERVICE_ORDERED, open=not out)
            self._out = out
        return out
