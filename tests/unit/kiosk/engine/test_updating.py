"""The engine switches versions when nobody is there, and speaks for the one it is."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from kiosk.config.overlay import SETTINGS
from kiosk.engine.readiness import Conditions, DeviceReport
from kiosk.engine.releases import parts, works
from kiosk.engine.timers import Timers
from kiosk.engine.updating import CALM_AFTER_S, LOOK_EVERY_S, Part, Updating
from kiosk.update.boots import TRIAL_BOOTS, Slots
from kiosk.update.health import CALM_S, SYNC, WITHIN_S, Health
from kiosk.update.kinds import SHIPPED, versions_of
from kiosk.update.together import Together, running
from kiosk.update.versions import Versions
from kiosk.vision import model_bundle
from tests.support.releases import release
from tests.support.trails import Noted, noted
from wire.message import DeviceState
from wire.rollout import Kind

OLD, NEW = "1.0.0", "1.1.0"
SET = {SETTINGS: b"[timeouts]\nfactor = 2\n"}
WEIGHTS = b"weights"
LISTED = (
    b'schema = 1\n[files]\n"cohort.bin" = '
    b'"9a129038d9a00aed0cf6a7ea059ca50a813449061ab87848cf1a13eafdf33b2c"\n'
)
WELL = Health(painted=True, lacks=frozenset(), starting=False)
BLIND = Health(painted=True, lacks=frozenset({"face_camera"}), starting=False)
MUTE = Health(painted=True, lacks=frozenset({SYNC}), starting=False)
CLIMBING = LISTED.replace(b"cohort", b"../c")


@dataclass
class Engine:
    """As much of an engine as decides about versions."""

    folder: Path
    now_s: float = 0.0
    idle: bool = True
    left: bool = False
    health: Health = WELL
    timers: Timers = field(init=False)

    def __post_init__(self) -> None:
        self.timers = Timers(lambda: self.now_s)

    @property
    def versions(self) -> Versions:
        return versions_of(self.folder, Kind.APP)

    def begins(self, *, crashed: bool = False) -> None:
        """Be started by the launcher, perhaps after a run that ended without a word."""
        together = Together(self.folder)
        self.told = together.told(together.start())
        self.left = False
        Updating(
            parts(self.folder, self.told),
            timers=self.timers,
            clock=lambda: self.now_s,
            health=lambda: self.health,
            idle=lambda: self.idle,
            leave=self._leave,
            crashed=crashed,
        )

    def runs_with(self, kind: Kind) -> str:
        """Return the version of a kind that this start runs."""
        return running(self.told, kind).version

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
    versions_of(tmp_path, Kind.APP).found(release(OLD), OLD)
    made = Engine(tmp_path)
    made.begins()
    return made


@pytest.fixture
def trail(tmp_path: Path) -> Iterator[Noted]:
    with noted(tmp_path) as made:
        yield made


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
    assert engine.versions.slots() == Slots(good=NEW, before=OLD, turn=1)
    assert not engine.left


def test_a_version_that_loses_a_device_gives_itself_up_and_says_so(
    engine: Engine, trail: Noted
) -> None:
    engine.versions.add(release(NEW), NEW)
    engine.runs(LOOK_EVERY_S)
    engine.begins()
    engine.health = BLIND
    engine.runs(WITHIN_S + LOOK_EVERY_S)
    assert engine.left
    assert engine.versions.start().version == OLD
    assert engine.versions.slots().bad == (NEW,)
    assert trail.updates() == [f"switches app {NEW}", f"undone app {NEW}"]


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
        {Kind.APP: Part(Versions(tmp_path), "")}, timers=timers, clock=lambda: 0.0,
        health=lambda: WELL, idle=never, leave=lambda: None,
    )  # fmt: skip
    assert timers.wait_s(1.0) == 1.0
    assert list(tmp_path.iterdir()) == []


def test_what_the_update_program_refused_is_in_the_trail_once(engine: Engine, trail: Noted) -> None:
    for refusal in ("update.unsigned", "update.unsigned", "", "of another version", ""):
        for kind in (Kind.APP, Kind.MODELS):
            versions_of(engine.folder, kind).keep_refusal(refusal)
        engine.runs(2 * LOOK_EVERY_S)
    assert trail.of("update.refused") == [{"failure": "update.unsigned"}]


def test_a_crash_hours_after_it_was_confirmed_is_told_of_what_changed_last(
    engine: Engine, trail: Noted
) -> None:
    engine.begins(crashed=True)
    assert trail.of("update.crashed") == [], "nothing was rolled out"
    engine.versions.add(release(NEW), NEW)
    engine.runs(LOOK_EVERY_S)
    engine.begins()
    engine.begins(crashed=True)
    assert trail.of("update.crashed") == [], "its trial counts that"
    engine.runs(CALM_S + 2 * LOOK_EVERY_S)
    engine.begins(crashed=True)
    assert trail.of("update.crashed") == [{"kind": "app", "major": 1, "minor": 1, "patch": 0}]
    wait(engine, Kind.CONFIG, SET)
    engine.runs(LOOK_EVERY_S)
    engine.begins()
    engine.runs(CALM_S + 2 * LOOK_EVERY_S)
    engine.begins(crashed=True)
    assert [said["kind"] for said in trail.of("update.crashed")] == ["app", "config"]


def test_what_was_fetched_is_in_the_trail_before_it_is_switched_to(
    engine: Engine, trail: Noted
) -> None:
    engine.idle = False
    engine.versions.add(release(NEW), NEW)
    engine.runs(3 * LOOK_EVERY_S)
    fetched = {"kind": "app", "major": 1, "minor": 1, "patch": 0}
    assert trail.of("update.fetched") == [fetched]
    engine.versions.take_back()
    engine.runs(LOOK_EVERY_S)
    engine.versions.offer(NEW)
    engine.runs(2 * LOOK_EVERY_S)
    assert trail.of("update.fetched") == [fetched, fetched]
    assert trail.updates() == []


def test_neither_an_empty_battery_nor_staff_at_the_terminal_are_held_against_a_release() -> None:
    ready = DeviceReport(DeviceState.READY)
    well = Conditions(
        reader=ready, face_camera=ready, document_camera=ready, printer=ready, vision_ready=True,
        outbox_has_room=True, clock_trusted=True, power_low=True, in_service=False,
    )  # fmt: skip
    assert works(well, painted=True, sync=True) == WELL
    for change in (
        {"printer": DeviceReport(DeviceState.MISSING)},
        {"vision_ready": False},
        {"outbox_has_room": False},
        {"clock_trusted": False},
    ):
        assert works(replace(well, **change), painted=True, sync=True).lacks
    assert works(well, painted=True, sync=False) == MUTE


def test_a_version_whose_sync_does_not_come_up_gives_itself_up(engine: Engine) -> None:
    engine.versions.add(release(NEW), NEW)
    engine.runs(LOOK_EVERY_S)
    engine.begins()
    engine.health = MUTE
    engine.runs(WITHIN_S + LOOK_EVERY_S)
    assert engine.versions.slots().bad == (NEW,)


GOOD = {Kind.MODELS: {model_bundle.LIST: LISTED, "cohort.bin": WEIGHTS}, Kind.CONFIG: SET}


def wait(engine: Engine, kind: Kind, files: dict[str, bytes], version: str = NEW) -> Versions:
    """Let a version of a kind wait at the terminal."""
    versions = versions_of(engine.folder, kind)
    versions.add(release(version, files), version)
    return versions


@pytest.mark.parametrize("kind", [Kind.MODELS, Kind.CONFIG])
def test_models_and_settings_are_switched_to_and_confirm_themselves(
    kind: Kind, engine: Engine, trail: Noted
) -> None:
    versions = wait(engine, kind, GOOD[kind])
    engine.idle = False
    engine.runs(3600)
    assert trail.updates() == []
    engine.idle = True
    engine.runs(LOOK_EVERY_S)
    assert engine.left
    engine.begins()
    assert engine.runs_with(kind) == NEW
    assert trail.updates() == [f"switches {kind} {NEW}"]
    engine.runs(CALM_S + 2 * LOOK_EVERY_S)
    assert versions.slots() == Slots(good=NEW, before=SHIPPED, turn=1)
    assert trail.updates() == [f"switches {kind} {NEW}", f"confirmed {kind} {NEW}"]


@pytest.mark.parametrize("kind", [Kind.MODELS, Kind.CONFIG])
def test_models_and_settings_roll_back_when_the_self_test_fails_after_them(
    kind: Kind, engine: Engine, trail: Noted
) -> None:
    versions = wait(engine, kind, GOOD[kind])
    engine.runs(LOOK_EVERY_S)
    engine.begins()
    engine.health = BLIND
    engine.runs(WITHIN_S + LOOK_EVERY_S)
    assert engine.left
    engine.begins()
    assert engine.runs_with(kind) == SHIPPED
    assert engine.runs_with(Kind.APP) == OLD
    assert versions.slots().bad == (NEW,)
    assert engine.versions.slots().bad == ()
    assert trail.updates() == [f"switches {kind} {NEW}", f"undone {kind} {NEW}"]


@pytest.mark.parametrize("kind", [Kind.MODELS, Kind.CONFIG])
def test_what_never_comes_up_with_models_or_settings_is_undone_at_the_third_start(
    kind: Kind, engine: Engine, trail: Noted
) -> None:
    wait(engine, kind, GOOD[kind])
    engine.runs(LOOK_EVERY_S)
    together = Together(engine.folder)
    for _ in range(TRIAL_BOOTS):
        assert together.start()[kind].version == NEW
    engine.begins()
    assert engine.runs_with(kind) == SHIPPED
    assert trail.updates() == [f"switches {kind} {NEW}", f"undone {kind} {NEW}"]


@pytest.mark.parametrize(
    ("kind", "files", "code"),
    [
        (Kind.MODELS, {}, "vision.model_altered"),
        (Kind.MODELS, {model_bundle.LIST: LISTED}, "vision.model_altered"),
        (Kind.MODELS, {**GOOD[Kind.MODELS], "cohort.bin": b"w"}, "vision.model_altered"),
        (Kind.MODELS, {model_bundle.LIST: CLIMBING}, "vision.model_altered"),
        (Kind.CONFIG, {}, "config.not_the_fleets"),
        (Kind.CONFIG, {SETTINGS: b"[terminal]\nid = 'another'\n"}, "config.not_the_fleets"),
        (Kind.CONFIG, {SETTINGS: b"[timeouts]\nfactor = 99\n"}, "config.bad_value"),
    ],
)  # fmt: skip
def test_what_is_not_good_to_run_is_given_up_without_a_restart(
    kind: Kind, files: dict[str, bytes], code: str, engine: Engine, trail: Noted
) -> None:
    versions = wait(engine, kind, files)
    engine.runs(2 * LOOK_EVERY_S)
    assert not engine.left
    assert versions.slots().bad == (NEW,)
    assert trail.of("update.refused") == [{"failure": code}]
    assert trail.updates() == [f"switches {kind} {NEW}", f"undone {kind} {NEW}"]


def test_of_two_that_wait_one_is_tried_and_then_the_other(engine: Engine, trail: Noted) -> None:
    for kind, files in GOOD.items():
        wait(engine, kind, files)
    for _ in GOOD:
        engine.runs(3600)
        assert engine.left
        engine.begins()
    engine.runs(3600)
    assert not engine.left
    assert trail.updates() == [
        f"{what} {kind} {NEW}" for kind in GOOD for what in ("switches", "confirmed")
    ]


def test_a_crash_loop_after_settings_were_confirmed_blames_the_settings(engine: Engine) -> None:
    for kind, files in reversed(GOOD.items()):
        versions = wait(engine, kind, files)
        engine.runs(LOOK_EVERY_S)
        engine.begins()
        engine.runs(3600)
        assert versions.slots().good == NEW
    while engine.runs_with(Kind.MODELS) == NEW:
        engine.begins()
    assert engine.runs_with(Kind.CONFIG) == NEW
    assert engine.runs_with(Kind.APP) == OLD


def test_what_is_no_archive_changes_nothing(engine: Engine) -> None:
    with pytest.raises(Exception, match="no archive"):
        versions_of(engine.folder, Kind.CONFIG).add(io.BytesIO(b"rubbish"), NEW)
    engine.begins()
    assert engine.runs_with(Kind.CONFIG) == SHIPPED
