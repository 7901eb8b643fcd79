"""The engine switches versions when nobody is there, and speaks for the one it is."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.audit.log import keep_trail, leave_trail
from kiosk.audit.trail import Trail
from kiosk.engine.timers import Timers
from kiosk.engine.updating import CALM_AFTER_S, LOOK_EVERY_S, Updating
from kiosk.update.boots import Slots
from kiosk.update.health import CALM_S, WITHIN_S, Health
from kiosk.update.versions import Versions
from tests.support.releases import release

OLD, NEW = "1.0.0", "1.1.0"
WELL = Health(painted=True, lacks=frozenset(), starting=False)
BLIND = Health(painted=True, lacks=frozenset({"face_camera"}), starting=False)


@dataclass
class Engine:
    """As much of an engine as decides about versions."""

    versions: Versions
    now_s: float = 0.0
    idle: bool = True
    left: bool = False
    health: Health = WELL
    timers: Timers = field(init=False)

    def __post_init__(self) -> None:
        self.timers = Timers(lambda: self.now_s)

    def begins(self) -> None:
        """Be started by the launcher."""
        chosen = self.versions.start()
        self.left = False
        Updating(
            self.versions,
            chosen.version,
            chosen.gave_up,
            timers=self.timers,
            clock=lambda: self.now_s,
            health=lambda: self.health,
            idle=lambda: self.idle,
            leave=self._leave,
        )

    def _leave(self) -> None:
        self.left = True

    def runs(self, seconds: float) -> None:
        """Let time pass."""
        until = self.now_s + seconds
        while self.now_s < until and not self.left:
            self.now_s += LOOK_EVERY_S
            self.timers.run_due()


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    versions = Versions(tmp_path)
    versions.found(release(OLD), OLD)
    made = Engine(versions)
    made.begins()
    return made


def test_a_waiting_version_is_switched_to_when_nobody_is_there(engine: Engine) -> None:
    engine.versions.add(release(NEW), NEW)
    engine.idle = False
    engine.runs(3600)
    assert not engine.left
    engine.idle = True
    engine.runs(LOOK_EVERY_S)
    assert engine.left


def test_a_version_that_is_well_confirms_itself(engine: Engine) -> None:
    engine.versions.add(release(NEW), NEW)
    engine.runs(LOOK_EVERY_S)
    engine.begins()
    engine.runs(CALM_S + 2 * LOOK_EVERY_S)
    assert engine.versions.slots() == Slots(good=NEW, before=OLD)
    assert not engine.left


def test_a_version_that_loses_a_device_gives_itself_up(engine: Engine) -> None:
    engine.versions.add(release(NEW), NEW)
    engine.runs(LOOK_EVERY_S)
    engine.begins()
    engine.health = BLIND
    engine.runs(WITHIN_S + LOOK_EVERY_S)
    assert engine.left
    assert engine.versions.start().version == OLD
    assert engine.versions.slots().bad == (NEW,)


def test_a_device_that_was_out_before_is_not_held_against_it(engine: Engine) -> None:
    engine.versions.add(release(NEW), NEW)
    engine.health = BLIND
    engine.runs(LOOK_EVERY_S)
    engine.begins()
    engine.runs(WITHIN_S - 2 * LOOK_EVERY_S)
    assert engine.versions.slots().good == NEW


def test_a_good_version_says_that_it_is_calm(engine: Engine) -> None:
    engine.begins()
    assert engine.versions.slots().restless == 2
    engine.runs(CALM_AFTER_S + LOOK_EVERY_S)
    assert engine.versions.slots().restless == 0


def test_without_a_launcher_nothing_is_done(tmp_path: Path) -> None:
    timers = Timers(lambda: 0.0)

    def never() -> bool:
        raise AssertionError("nothing is asked")

    Updating(
        Versions(tmp_path), "", "", timers=timers, clock=lambda: 0.0,
        health=lambda: WELL, idle=never, leave=lambda: None,
    )  # fmt: skip
    assert timers.wait_s(1.0) == 1.0
    assert list(tmp_path.iterdir()) == []


def test_what_the_update_program_refused_is_in_the_trail_once(
    engine: Engine, tmp_path: Path
) -> None:
    trail = Trail(tmp_path / "trail.jsonl", now=lambda: datetime(2026, 11, 25, tzinfo=UTC))
    keep_trail(trail)
    try:
        for refusal in ("update.unsigned", "update.unsigned", "", "of another version", ""):
            engine.versions.keep_refusal(refusal)
            engine.runs(2 * LOOK_EVERY_S)
    finally:
        leave_trail(trail)
        trail.close()
    lines = [json.loads(line) for line in (tmp_path / "trail.jsonl").read_text().splitlines()]
    assert [(one["event"], one["with"]) for one in lines] == [
        ("update.refused", {"failure": "update.unsigned"})
    ]
