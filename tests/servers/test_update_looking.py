"""A look at the repository ends in a version to be tried, in a code, or in nothing."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from fleet.release.sandbox import Sandbox
from kiosk.stage import until
from kiosk.update.client import Client
from kiosk.update.looking import Looked, Looking, Site
from kiosk.update.transport import Transport
from kiosk.update.versions import Versions
from tests.support.releases import release
from tests.support.update_server import Served, served
from wire.rollout import BUCKETS, Artifact, Kind, Rollout, Window

pytestmark = pytest.mark.server
OLD, NEW = "1.0.0", "1.1.0"
PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
NIGHT = datetime(2026, 11, 25, 3, tzinfo=UTC)


class World:
    """A repository with one release, its server, and one terminal."""

    def __init__(self, folder: Path, server: Served, now: datetime) -> None:
        self.sandbox = Sandbox(folder / "repository", lambda: now)
        self.folder = folder
        self.server = server
        self.versions = Versions(folder / "versions")
        self.versions.found(release(OLD), OLD)
        self.versions.start()
        self.now = now

    def publish(self, content: bytes, version: str = NEW, **changes: object) -> None:
        artifact = Artifact(Kind.APP, version, hashlib.sha256(content).hexdigest(), len(content))
        archive = self.folder / "archive"
        archive.write_bytes(content)
        repository = self.sandbox.repository
        repository.stage_release(artifact, archive, floor=OLD, python=PYTHON)
        self.sandbox.sign("app")
        repository.publish()
        repository.roll_out([Rollout("r-1", artifact, share=BUCKETS, **changes)])  # type: ignore[arg-type]

    def look(self) -> Looked:
        def client() -> Client:
            transport = Transport(None, bytes_per_s=1e9)
            folder = self.folder / "versions" / "repository"
            return Client(folder, self.server.url, self.sandbox.root, transport, self.now)

        site = Site("t17", "k1", "central", PYTHON)
        return Looking(site, self.versions, client, lambda: self.now).look()


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with served(tmp_path / "repository") as server:
        yield World(tmp_path, server, NIGHT)


def test_a_release_is_fetched_unpacked_and_waits(world: World) -> None:
    assert world.look() == Looked()
    world.publish(release(NEW).getvalue())
    assert world.look() == Looked(fetched=NEW)
    assert world.versions.slots().trial == NEW
    assert list((world.folder / "versions/repository/downloads").iterdir()) == []
    assert world.look() == Looked()
    assert world.versions.start().version == NEW
    world.versions.confirm(NEW)
    assert world.versions.slots().floor == OLD


def test_what_is_not_offered_any_more_is_not_switched_to(world: World) -> None:
    world.publish(release(NEW).getvalue())
    assert world.look() == Looked(fetched=NEW)
    world.sandbox.repository.roll_out([])
    assert world.look() == Looked()
    assert world.versions.start().version == OLD
    assert world.versions.slots().bad == ()


def test_what_is_paused_waits_and_is_not_fetched_twice(world: World) -> None:
    world.publish(release(NEW).getvalue())
    world.look()
    (rollout,) = world.sandbox.repository.rollouts()
    world.sandbox.repository.roll_out([msgspec.structs.replace(rollout, paused=True)])
    world.look()
    assert world.versions.slots().trial == ""
    asked = len(world.server.asked)
    world.sandbox.repository.roll_out([rollout])
    assert world.look() == Looked(fetched=NEW)
    assert world.versions.slots().trial == NEW
    assert not any("/targets/app/" in path for path, _ in world.server.asked[asked:])


def test_what_was_started_is_left_to_its_trial(world: World) -> None:
    world.publish(release(NEW).getvalue())
    world.look()
    assert world.versions.start().version == NEW
    world.sandbox.repository.roll_out([])
    world.look()
    assert world.versions.slots().trial == NEW


def test_a_release_that_was_given_up_is_not_fetched_again(world: World) -> None:
    world.publish(release(NEW).getvalue())
    world.look()
    assert [world.versions.start().version for _ in range(3)] == [NEW, NEW, OLD]
    asked = len(world.server.asked)
    assert world.look() == Looked()
    assert not any("/targets/app/" in path for path, _ in world.server.asked[asked:])


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"signed, and no archive", "update.bad_bundle"),
        (release("1.2.0").getvalue(), "update.bad_bundle"),
    ],
)
def test_what_signers_signed_by_mistake_is_told(world: World, content: bytes, code: str) -> None:
    world.publish(content)
    assert world.look() == Looked(failure=code)
    assert world.versions.slots().trial == ""
    assert world.versions.start().version == OLD


def test_outside_of_its_window_nothing_is_fetched(world: World) -> None:
    world.publish(release(NEW).getvalue(), window=Window(22 * 60, 23 * 60))
    assert world.look() == Looked()


def test_a_repository_that_is_away_is_a_code(world: World) -> None:
    world.server.endless = True
    assert world.look().failure in {"update.changed", "update.not_fetched"}


def test_the_program_fetches_and_tells_so(world: World, tmp_path: Path) -> None:
    now = datetime.now(UTC)
    with served(tmp_path / "today" / "repository") as server:
        today = World(tmp_path / "today", server, now)
        today.publish(release(NEW).getvalue())
        root = tmp_path / "root.json"
        root.write_bytes(today.sandbox.root)
        settings = tmp_path / "terminal.toml"
        settings.write_text(
            f'[terminal]\nid = "t17"\n[paths]\nversions = "{today.folder / "versions"}"\n'
            f'[update]\nurl = "{server.url}"\nroot = "{root}"\n'
        )
        command = [sys.executable, "-m", "kiosk.update", "--settings", str(settings)]
        log = tmp_path / "log"
        with log.open("wb") as file:
            program = subprocess.Popen(command, stderr=file, env=dict(os.environ))
        try:
            until(lambda: today.versions.slots().trial == NEW, name="the version on trial")
        finally:
            program.terminate()
            assert program.wait(10) == 0
    assert "READY=1" in log.read_text()
    assert "update.fetched" in log.read_text()


def test_settings_that_name_no_root_are_refused(tmp_path: Path) -> None:
    settings = tmp_path / "terminal.toml"
    settings.write_text(f'[update]\nurl = "http://127.0.0.1:1"\nroot = "{tmp_path / "none"}"\n')
    command = [sys.executable, "-m", "kiosk.update", "--settings", str(settings)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
