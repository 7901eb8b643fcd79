"""What the launcher told of each kind of release, and what the engine does about each.

A release is checked before anything is started with it; an application is checked by running it.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from kiosk.config import BadSettings, check_overlay
from kiosk.engine.readiness import Conditions
from kiosk.engine.reading import Reading
from kiosk.engine.taking import Taking
from kiosk.engine.timers import Clock, Timers
from kiosk.engine.updating import Part, Updating
from kiosk.flow.degraded import Lack
from kiosk.update.health import SYNC, Health
from kiosk.update.kinds import TOGETHER, versions_of
from kiosk.update.together import running
from kiosk.vision import model_bundle
from wire.failures import Failure
from wire.rollout import Kind

_NO_RELEASES_FAULT: Final = frozenset({Lack.POWER, Lack.SERVICE})
"""An empty battery, and staff who took the terminal out of service."""


def follow(
    folder: Path,
    environment: Mapping[str, str],
    reading: Reading,
    *,
    timers: Timers,
    clock: Clock,
    health: Callable[[], Health],
    idle: Callable[[], bool],
    leave: Callable[[], None],
    show: Callable[[], None],
    crashed: bool = False,
) -> None:
    """Follow every kind of release from now on, by the engine's timers.

    Args:
        folder: of the versions.
        environment: what the launcher told; content is followed without a launcher too.
        reading: holds the content that is shown.
        timers: the engine's.
        clock: seconds that never go back.
        health: how the terminal is now.
        idle: whether nobody is there.
        leave: ends the engine in good order.
        show: lets the screens have what `reading` holds.
        crashed: the last run ended without a word.
    """
    Updating(
        parts(folder, environment),
        timers=timers,
        clock=clock,
        health=health,
        idle=idle,
        leave=leave,
        crashed=crashed,
    )

    def shown(tree: Path | None) -> None:
        reading.take(tree) if tree else reading.back()
        show()

    Taking(
        Kind.CONTENT,
        versions_of(folder, Kind.CONTENT),
        timers=timers,
        clock=clock,
        idle=idle,
        take=shown,
    )


def works(conditions: Conditions, *, painted: bool, sync: bool) -> Health:
    """Return how the terminal is, as far as a release can be to blame for it.

    The register need not be reachable, but sync must be there to know: a release that cannot speak
    would keep its records, and nobody would hear what became of it.

    Args:
        conditions: what the engine knows.
        painted: screens of this version have shown something; those of another say nothing of it.
        sync: sync of this version is up.
    """
    lacks = {str(lack) for lack in conditions.lacks() if lack not in _NO_RELEASES_FAULT}
    if not sync:
        lacks.add(SYNC)
    return Health(painted, frozenset(lacks), starting=conditions.starting)


def parts(folder: Path, environment: Mapping[str, str]) -> dict[Kind, Part]:
    """Return the kinds that run in the engine, as its launcher started them.

    Args:
        folder: of the versions.
        environment: what the launcher told.
    """
    told = {kind: running(environment, kind) for kind in TOGETHER}
    return {
        kind: Part(versions_of(folder, kind), one.version, one.gave_up, _CHECKS[kind])
        for kind, one in told.items()
    }


def _nothing(_: Path) -> Failure | None:
    return None


def _settings(tree: Path) -> Failure | None:
    try:
        check_overlay(tree)
    except BadSettings as bad:
        return Failure(bad.code)
    return None


def _models(tree: Path) -> Failure | None:
    try:
        model_bundle.check(tree)
    except model_bundle.ModelAltered as altered:
        return Failure(altered.code)
    return None


_CHECKS: Final = {Kind.APP: _nothing, Kind.MODELS: _models, Kind.CONFIG: _settings}
