"""Switch to another version when nobody is there, and say whether this one works.

The engine ends and is started anew by `kiosk.update.launcher`, for an application, for models and
for settings alike: nothing is loaded over a running program. What was fetched waits in its folder
until then, however long a citizen stays. Content alone is taken while the engine runs
(`kiosk.engine.taking`).
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kiosk.audit import note
from kiosk.engine.timers import Clock, Timers
from kiosk.update.boots import Slots, next_trial
from kiosk.update.health import Health, Trial, Verdict
from kiosk.update.versions import NoVersions, Versions
from wire.audit_events import AuditEvent
from wire.failures import Failure
from wire.rollout import Kind, numbers

LOOK_EVERY_S: Final = 5.0
CALM_AFTER_S: Final = 600.0
"""A version that has run so long is in no crash loop."""


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of release as the engine runs it."""

    versions: Versions
    runs: str
    """Empty where no launcher decided: then nothing is ever done."""
    gave_up: str = ""
    """The version that this start gave up."""
    check: Callable[[Path], Failure | None] = lambda _: None
    """What is wrong with a tree, as far as it can be told without running it."""


class Updating:
    """What the engine knows of the versions that it runs."""

    def __init__(
        self,
        parts: Mapping[Kind, Part],
        *,
        timers: Timers,
        clock: Clock,
        health: Callable[[], Health],
        idle: Callable[[], bool],
        leave: Callable[[], None],
        crashed: bool = False,
    ) -> None:
        """Begin to look.

        Args:
            parts: what runs in this program, in the order of `kiosk.update.kinds.TOGETHER`.
            timers: the engine's.
            clock: seconds that never go back.
            health: how the terminal is now.
            idle: whether nobody is there.
            leave: ends the engine in good order.
            crashed: the last run ended without a word.
        """
        self._parts = {kind: part for kind, part in parts.items() if part.runs}
        self._timers = timers
        self._clock = clock
        self._health = health
        self._idle = idle
        self._leave = leave
        self._began_s = clock()
        self._calm = False
        self._tried: Kind | None = None
        self._trial: Trial | None = None
        self._found = Found()
        for kind, part in self._parts.items():
            if part.gave_up:
                tell(AuditEvent.UPDATE_UNDONE, kind, part.gave_up)
            if slots_of(part.versions).trial == part.runs:
                self._tried = kind
                self._trial = Trial(part.versions.lacked_before(), self._began_s)
        if crashed and self._tried is None and not any(one.gave_up for one in parts.values()):
            self._tell_of_a_crash()
        if self._parts:
            timers.set("update", LOOK_EVERY_S, self._look)

    def _tell_of_a_crash(self) -> None:
        """Blame what changed last; what was never rolled out is nobody's to take back."""
        turns = {kind: slots_of(part.versions).turn for kind, part in self._parts.items()}
        last = max(turns, key=lambda kind: turns[kind], default=None)
        if last is not None and turns[last]:
            tell(AuditEvent.UPDATE_CRASHED, last, self._parts[last].runs)

    def _look(self) -> None:
        self._timers.set("update", LOOK_EVERY_S, self._look)
        for kind, part in self._parts.items():
            self._found.tell(kind, part.versions)
        now_s = self._clock()
        if self._tried is not None and self._trial is not None:
            self._judge(self._tried, self._trial.see(self._health(), now_s))
            return
        application = self._parts.get(Kind.APP)
        if application and not self._calm and now_s - self._began_s >= CALM_AFTER_S:
            self._calm = True
            application.versions.confirm(application.runs)
        waits = next_trial({kind: slots_of(part.versions) for kind, part in self._parts.items()})
        if waits is not None and self._idle():
            self._switch(waits, self._parts[waits])

    def _switch(self, kind: Kind, part: Part) -> None:
        version = slots_of(part.versions).trial
        failure = part.check(part.versions.tree(version))
        tell(AuditEvent.UPDATE_SWITCHES, kind, version)
        if failure is not None:
            note(AuditEvent.UPDATE_REFUSED, failure=failure)
            give_up(kind, part.versions, version)
            return
        part.versions.keep_lacks(self._health().lacks)
        self._leave()

    def _judge(self, kind: Kind, verdict: Verdict) -> None:
        part = self._parts[kind]
        if verdict is Verdict.WORKS:
            self._tried, self._calm = None, True
            turn = 1 + max(slots_of(one.versions).turn for one in self._parts.values())
            part.versions.confirm(part.runs, turn=turn)
            tell(AuditEvent.UPDATE_CONFIRMED, kind, part.runs)
        elif verdict is Verdict.FAILED and self._idle():
            self._tried = None
            give_up(kind, part.versions, part.runs)
            self._leave()


class Found:
    """Puts into the trail, once, what the program with the network has no trail for."""

    def __init__(self) -> None:
        """Nothing was told yet."""
        self._told: dict[Kind, str] = {}
        self._waits: dict[Kind, str] = {}

    def tell(self, kind: Kind, versions: Versions) -> None:
        """Tell what waits of a kind, and why the last look was refused, unless that is known."""
        slots = slots_of(versions)
        waits = "" if slots.boots else slots.trial
        if waits and waits != self._waits.get(kind):
            tell(AuditEvent.UPDATE_FETCHED, kind, waits)
        self._waits[kind] = waits
        refusal = versions.refusal()
        if refusal and refusal not in self._told.values() and refusal in set(Failure):
            note(AuditEvent.UPDATE_REFUSED, failure=Failure(refusal))
        self._told[kind] = refusal


def slots_of(versions: Versions) -> Slots:
    """Return what is known of a kind; slots without a trial where nothing can be read."""
    with suppress(NoVersions):
        return versions.slots()
    return Slots(good="unknown")


def tell(event: AuditEvent, kind: Kind, version: str) -> None:
    """Put into the trail what became of a version: the fleet hears of it by nothing else."""
    major, minor, patch = numbers(version)
    note(event, kind=kind, major=major, minor=minor, patch=patch)


def give_up(kind: Kind, versions: Versions, version: str) -> None:
    """Mark the version on trial as bad, and say so."""
    versions.give_up(version)
    tell(AuditEvent.UPDATE_UNDONE, kind, version)
