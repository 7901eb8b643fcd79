"""The wall clock under watch: each jump and each change of trust is an event."""

from collections.abc import Callable

from kiosk.audit import note
from kiosk.flow.clock_trust import ClockTrust, Reading, RegisterTime
from wire.audit_events import AuditEvent


class WatchedClock:
    """Both clocks of the machine, looked at from the engine's thread."""

    def __init__(self, look: Callable[[], Reading]) -> None:
        self._look = look
        self._trust = ClockTrust(look())
        self._trusted: bool | None = None

    def trusted(self, register: RegisterTime | None) -> bool:
        """Look, tell what changed, and say whether the clock is trusted.

        Args:
            register: the register's time as it was told last, if ever.
        """
        trusted = self._trust.look(self._look(), register)
        if self._trust.jump_s:
            note(AuditEvent.CLOCK_JUMPED, by_s=round(self._trust.jump_s))
        if trusted is not self._trusted:
            note(AuditEvent.CLOCK_CHANGED, trusted=trusted)
            self._trusted = trusted
        return trusted
