"""Switch to another version when nobody is there, and say whether this one works.

The engine ends and is started anew by `kiosk.update.launcher`: nothing is loaded over a running
program. What was fetched waits in its folder until then, however long a citizen stays.
"""

from collections.abc import Callable
from typing import Final

from kiosk.audit import note
from kiosk.engine.timers import Clock, Timers
from kiosk.update.health import Health, Trial, Verdict
from kiosk.update.versions import NoVersions, Versions
from wire.audit_events import AuditEvent
from wire.failures import Failure
from wire.rollout import Kind, numbers

LOOK_EVERY_S: Final = 5.0
CALM_AFTER_S: Final = 600.0
"""A version that has run so long is in no crash loop."""


class Updating:
    """What the engine knows of its own version."""

    def __init__(
        self,
        versions: Versions,
        runs: str,
        gave_up: str,
        *,
        timers: Timers,
        clock: Clock,
        health: Callable[[], Health],
        idle: Callable[[], bool],
        leave: Callable[[], None],
    ) -> None:
        """Begin to look; without a launcher's word (`runs` empty) nothing is ever done.

        Args:
            versions: see `kiosk.update.versions`.
            runs: the version that this is.
            gave_up: the version that this start marked bad; empty for none.
            timers: the engine's.
            clock: seconds that never go back.
            health: how the terminal is now.
            idle: whether nobody is there.
            leave: ends the engine in good order.
        """
        self._versions = versions
        self._runs = runs
        self._timers = timers
        self._clock = clock
        self._health = health
        self._idle = idle
        self._leave = leave
        self._began_s = clock()
        self._calm = False
        self._trial: Trial | None = None
        self._refusal = ""
        if not runs:
            return
        if gave_up:
            note(AuditEvent.UPDATE_UNDONE, kind=Kind.APP, **_parts(gave_up))
        if self._slots_trial() == runs:
            self._trial = Trial(versions.lacked_before(), self._began_s)
        timers.set("update", LOOK_EVERY_S, self._look)

    def _look(self) -> None:
        self._timers.set("update", LOOK_EVERY_S, self._look)
        self._tell_refusal()
        now_s = self._clock()
        if self._trial is not None:
            self._judge(self._trial.see(self._health(), now_s))
            return
        if not self._calm and now_s - self._began_s >= CALM_AFTER_S:
            self._calm = True
            self._versions.confirm(self._runs)
        if self._slots_trial() and self._idle():
            note(AuditEvent.UPDATE_SWITCHES, kind=Kind.APP, **_parts(self._slots_trial()))
            self._versions.keep_lacks(self._health().lacks)
            self._leave()

    def _tell_refusal(self) -> None:
        """Put into the trail what the program with the network has no trail for."""
        refusal = self._versions.refusal()
        if refusal and refusal != self._refusal and refusal in set(Failure):
            note(AuditEvent.UPDATE_REFUSED, failure=Failure(refusal))
        self._refusal = refusal

    def _judge(self, verdict: Verdict) -> None:
        if verdict is Verdict.WORKS:
            self._trial, self._calm = None, True
            self._versions.confirm(self._runs)
            note(AuditEvent.UPDATE_CONFIRMED, kind=Kind.APP, **_parts(self._runs))
        elif verdict is Verdict.FAILED and self._idle():
            self._trial = None
            self._versions.give_up(self._runs)
            self._leave()

    def _slots_trial(self) -> str:
        try:
            return self._versions.slots().trial
        except NoVersions:
            return ""


def _parts(version: str) -> dict[str, int]:
    major, minor, patch = numbers(version)
    return {"major": major, "minor": minor, "patch": patch}
