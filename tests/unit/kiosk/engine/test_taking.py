"""Content is taken while nobody is there, by its own check; the last good one stays else."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from kiosk.content.bundle import shipped
from kiosk.engine.reading import Reading
from kiosk.engine.releases import follow
from kiosk.engine.timers import Timers
from kiosk.engine.updating import LOOK_EVERY_S
from kiosk.update.boots import TRIAL_BOOTS, Slots
from kiosk.update.health import CALM_S, Health
from kiosk.update.kinds import SHIPPED, versions_of
from tests.support.contents import content_files, lay, public_key
from tests.support.releases import release
from tests.support.trails import Noted, noted
from wire.rollout import Kind

ONE, TWO = "1.1.0", "1.2.0"


@dataclass
class Engine:
    """As much of an engine as shows content; each `begins` is a start of it."""

    folder: Path
    now_s: float = 0.0
    idle: bool = True
    shown: list[int] = field(default_factory=list)

    def begins(self) -> None:
        self.timers = Timers(lambda: self.now_s)
        key = public_key(self.folder)
        rolled_out = versions_of(self.folder / "versions", Kind.CONTENT)
        self.reading = Reading(self.folder / "content", key, rolled_out)
        follow(
            self.folder / "versions",
            {},
            self.reading,
            timers=self.timers,
            clock=lambda: self.now_s,
            health=lambda: Health(painted=True, lacks=frozenset(), starting=False),
            idle=lambda: self.idle,
            leave=lambda: pytest.fail("content needs no new start"),
            show=lambda: self.shown.append(self.reading.content.serial),
        )

    def runs(self, seconds: float) -> None:
        until = self.now_s + seconds
        while self.now_s < until:
            self.now_s += LOOK_EVERY_S
            self.timers.run_due()

    def wait(self, version: str, files: dict[str, bytes]) -> None:
        """Let a version wait at the terminal."""
        versions_of(self.folder / "versions", Kind.CONTENT).add(release(version, files), version)

    @property
    def slots(self) -> Slots:
        return versions_of(self.folder / "versions", Kind.CONTENT).slots()


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    made = Engine(tmp_path)
    made.begins()
    return made


@pytest.fixture
def trail(tmp_path: Path) -> Iterator[Noted]:
    with noted(tmp_path) as made:
        yield made


def test_content_is_taken_when_nobody_is_there_and_confirmed_once_it_is_calm(
    engine: Engine, trail: Noted
) -> None:
    engine.wait(ONE, content_files(serial=7))
    engine.idle = False
    engine.runs(3600)
    assert engine.reading.content == shipped()
    engine.idle = True
    engine.runs(LOOK_EVERY_S)
    assert (engine.reading.content.serial, engine.shown) == (7, [7])
    assert trail.updates() == [f"switches content {ONE}"]
    engine.runs(CALM_S + LOOK_EVERY_S)
    assert engine.slots == Slots(good=ONE, before=SHIPPED)
    assert trail.updates() == [f"switches content {ONE}", f"confirmed content {ONE}"]
    engine.begins()
    assert engine.reading.content.serial == 7


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({}, "content.malformed"),
        (content_files(serial=8) | {"services.toml": b"schema = 1"}, "content.signature_bad"),
        (content_files(serial=8, signed_by_us=False), "content.signature_bad"),
    ],
    ids=["empty", "altered", "foreign"],
)
def test_a_broken_bundle_keeps_the_last_good_one(
    files: dict[str, bytes], code: str, engine: Engine, trail: Noted
) -> None:
    engine.wait(ONE, content_files(serial=7))
    engine.runs(CALM_S + 3 * LOOK_EVERY_S)
    engine.wait(TWO, files)
    engine.runs(CALM_S + 3 * LOOK_EVERY_S)
    assert engine.reading.content.serial == 7
    assert engine.slots.good == ONE
    assert engine.slots.bad == (TWO,)
    assert trail.of("update.refused") == [{"failure": code}]
    assert trail.updates()[2:] == [f"switches content {TWO}", f"undone content {TWO}"]
    engine.begins()
    assert engine.reading.content.serial == 7


def test_content_that_ends_the_engine_each_time_is_given_up_at_the_third_start(
    engine: Engine, trail: Noted
) -> None:
    engine.wait(ONE, content_files(serial=7))
    engine.runs(CALM_S + 3 * LOOK_EVERY_S)
    engine.wait(TWO, content_files(serial=8))
    for _ in range(TRIAL_BOOTS):
        engine.runs(LOOK_EVERY_S)
        assert engine.reading.content.serial == 8
        engine.begins()
        assert engine.reading.content.serial == 7
    engine.runs(CALM_S + 3 * LOOK_EVERY_S)
    assert engine.reading.content.serial == 7
    assert engine.slots.bad == (TWO,)
    assert trail.updates()[2:] == [f"switches content {TWO}", f"undone content {TWO}"]


def test_an_older_version_that_people_ask_back_is_shown(engine: Engine) -> None:
    for version, serial in ((ONE, 7), (TWO, 8)):
        engine.wait(version, content_files(serial=serial))
        engine.runs(CALM_S + 3 * LOOK_EVERY_S)
    assert engine.reading.content.serial == 8
    versions_of(engine.folder / "versions", Kind.CONTENT).go_back()
    engine.runs(CALM_S + 3 * LOOK_EVERY_S)
    assert engine.reading.content.serial == 7
    assert engine.slots == Slots(good=ONE, before=TWO)


def test_of_what_was_laid_there_and_what_was_rolled_out_the_larger_serial_is_shown(
    engine: Engine,
) -> None:
    engine.wait(ONE, content_files(serial=7))
    engine.runs(CALM_S + 3 * LOOK_EVERY_S)
    for serial, taken in ((6, False), (9, True)):
        lay(engine.folder / "content", serial=serial)
        assert engine.reading.renew() is taken
    engine.begins()
    assert engine.reading.content.serial == 9


def test_without_a_key_nothing_but_the_shipped_is_shown(engine: Engine) -> None:
    (engine.folder / "key.pem").unlink()
    engine.reading = Reading(engine.folder / "content", engine.folder / "key.pem")
    assert engine.reading.content == shipped()
