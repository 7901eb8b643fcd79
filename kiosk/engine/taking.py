"""Take a version while the engine runs, by its own check: for content, which no program loads anew.

What it shares with the kinds that want a new start: slots, two tries, the trail. A try that ends
the engine counts, so that content which crashes it is given up at the third start.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from kiosk.audit import note
from kiosk.engine.timers import Clock, Timers
from kiosk.engine.updating import LOOK_EVERY_S, Found, give_up, slots_of, tell
from kiosk.update.health import CALM_S
from kiosk.update.versions import Versions
from wire.audit_events import AuditEvent
from wire.failures import Failure
from wire.rollout import Kind

_TIMER: Final = "taking"


class NotTaken(Exception):
    """It is not good; carries the `code` of what is wrong with it."""

    def __init__(self, code: Failure) -> None:
        super().__init__(code)
        self.code = code


class Taking:
    """Takes the versions of one kind."""

    def __init__(
        self,
        kind: Kind,
        versions: Versions,
        *,
        timers: Timers,
        clock: Clock,
        idle: Callable[[], bool],
        take: Callable[[Path | None], None],
    ) -> None:
        """Begin to look.

        Args:
            kind: what is taken.
            versions: where it waits.
            timers: the engine's.
            clock: seconds that never go back.
            idle: whether nobody is there.
            take: checks a tree and shows it from now on, or the good version for None; raises
                `NotTaken` and leaves all as it is.
        """
        self._kind = kind
        self._versions = versions
        self._timers = timers
        self._clock = clock
        self._idle = idle
        self._take = take
        self._found = Found()
        self._tried = ""
        self._since_s = 0.0
        timers.set(_TIMER, LOOK_EVERY_S, self._look)

    def _look(self) -> None:
        self._timers.set(_TIMER, LOOK_EVERY_S, self._look)
        self._found.tell(self._kind, self._versions)
        if self._tried:
            self._confirm_when_calm()
            return
        slots = slots_of(self._versions)
        if not slots.trial or not self._idle():
            return
        if not slots.boots:
            tell(AuditEvent.UPDATE_SWITCHES, self._kind, slots.trial)
        chosen = self._versions.start()
        if chosen.gave_up:
            tell(AuditEvent.UPDATE_UNDONE, self._kind, chosen.gave_up)
            self._take(None)
            return
        try:
            self._take(self._versions.tree(chosen.version))
        except NotTaken as bad:
            note(AuditEvent.UPDATE_REFUSED, failure=bad.code)
            give_up(self._kind, self._versions, chosen.version)
        else:
            self._tried, self._since_s = chosen.version, self._clock()

    def _confirm_when_calm(self) -> None:
        if self._clock() - self._since_s >= CALM_S:
            version, self._tried = self._tried, ""
            self._versions.confirm(version)
            tell(AuditEvent.UPDATE_CONFIRMED, self._kind, version)
