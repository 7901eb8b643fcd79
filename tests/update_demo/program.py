"""The program in each tree of the demo: what of a terminal has to do with updates, and nobody else.

Real are the part of the engine that switches versions and speaks for them, the audit trail and
the reporter that tells the fleet. Devices, screens and citizens are not there: visits are drawn by
chance, and devices are well. On the hardware models that `FAULTS` names the program crashes.

Started by `kiosk.update.launcher`: ``-m terminal_program --settings FILE --speed N``.
"""

import argparse
import contextlib
import json
import os
import random
import signal
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

from kiosk.audit import note
from kiosk.audit.log import keep_trail
from kiosk.audit.trail import Trail
from kiosk.config import Settings, load
from kiosk.engine.releases import parts
from kiosk.engine.timers import Timers
from kiosk.engine.updating import Updating
from kiosk.sync.checkin import Reporter, Sources
from kiosk.sync.signature import load_signer
from kiosk.sync.spool import Spool
from kiosk.sync.stored import Counts
from kiosk.sync.transport import Identity, Patience, Transport
from kiosk.update.health import Health
from wire.audit_events import AuditEvent

FAULTS = Path("faults.json")
"""In the tree: hardware models, each with the seconds after which the program crashes there."""
REPORT_EVERY_S = 2.0
_VISIT_S, _PAUSE_S = (3.0, 8.0), (2.0, 12.0)
WELL = Health(painted=True, lacks=frozenset(), starting=False)


class Visits:
    """Citizens come and go by chance."""

    def __init__(self, timers: Timers, chance: random.Random) -> None:
        self.here = False
        self._timers = timers
        self._chance = chance
        self._later(self._come, _PAUSE_S)

    def _later(self, what: object, within: tuple[float, float]) -> None:
        self._timers.set("visit", self._chance.uniform(*within), what)  # type: ignore[arg-type]

    def _come(self) -> None:
        self.here = True
        note(AuditEvent.SESSION_OPENED)
        self._later(self._go, _VISIT_S)

    def _go(self) -> None:
        self.here = False
        if self._chance.random() < 0.85:
            note(AuditEvent.RECORD_STORED, queued=0)
        note(AuditEvent.SESSION_WIPED, ms=3)
        self._later(self._come, _PAUSE_S)


def reporter_of(settings: Settings, state: Path) -> Reporter:
    """Return what tells the fleet how the terminal is."""
    register = settings.register
    identity = Identity(settings.fleet.ca, register.certificate, register.key)
    return Reporter(
        Spool(state / "checkin.db"),
        Transport(settings.fleet.url, identity, Patience(connect_s=3, read_s=10)),
        load_signer(register.certificate, register.key),
        Sources(
            trail=state / "trail.jsonl",
            state=state,
            counts=lambda: Counts(queued=0, set_aside=0, delivered=0, oldest_age_s=0.0),
            certificate_ends=datetime(2030, 1, 1, tzinfo=UTC),
        ),
        url=settings.fleet.url,
        clock=time.time,
        chance=random.random,
    )


def report(settings: Settings, state: Path, stop: threading.Event) -> None:
    """Check in until `stop`; what cannot be told now is told the next time."""
    reporter = reporter_of(settings, state)
    while not stop.wait(REPORT_EVERY_S):
        reporter.check_in()


def main() -> None:
    """Run until another version is to be tried, or until told to stop."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--settings", type=Path, required=True)
    parser.add_argument("--speed", type=float, required=True)
    options = parser.parse_args()
    settings, speed = load(options.settings), options.speed
    state = settings.paths.state
    state.mkdir(parents=True, exist_ok=True)
    keep_trail(Trail(state / "trail.jsonl", now=lambda: datetime.now(UTC)))
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    crash_s = json.loads(FAULTS.read_text()).get(settings.update.model)
    began_s = time.monotonic()

    def clock() -> float:
        return float(time.monotonic() * speed)

    real, timers = Timers(time.monotonic), Timers(clock)
    note(AuditEvent.TERMINAL_STARTED)
    visits = Visits(real, random.Random())
    Updating(
        parts(settings.paths.versions, os.environ),
        timers=timers,
        clock=clock,
        health=lambda: WELL,
        idle=lambda: not visits.here,
        leave=stop.set,
    )
    reports = threading.Thread(target=report, args=(settings, state, stop), daemon=True)
    reports.start()
    while not stop.wait(0.2):
        real.run_due()
        timers.run_due()
        if crash_s is not None and time.monotonic() - began_s >= crash_s:
            os.abort()
    reports.join(10)
    note(AuditEvent.TERMINAL_STOPPED)


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        main()
