"""A look at the repository ends in a version to be tried, in a code, or in nothing."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from tuf.api.metadata import TargetFile

from fleet.release.sandbox import Sandbox
from kiosk.stage import until
from kiosk.update.client import Client
from kiosk.update.kinds import HELD, SHIPPED, versions_of
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
        self.now = now
        self.sandbox = Sandbox(folder / "repository", lambda: self.now)
        self.folder = folder
        self.server = server
        self.versions = self.of(Kind.APP)
        self.versions.found(release(OLD), OLD)
        self.versions.start()

    def of(self, kind: Kind) -> Versions:
        return versions_of(self.folder / "versions", kind)

    def publish(
        self, content: bytes, version: str = NEW, kind: Kind = Kind.APP, **changes: object
    ) -> None:
        self.roll_out(Rollout("r-1", self.sign(content, version, kind), BUCKETS, **changes))  # type: ignore[arg-type]

    def sign(
        self, content: bytes, version: str, kind: Kind, *, floor: str = OLD, python: str = PYTHON
    ) -> Artifact:
        """Let people sign a release; nobody is offered it yet."""
        artifact = Artifact(kind, version, hashlib.sha256(content).hexdigest(), len(content))
        archive = self.folder / "archive"
        archive.write_bytes(content)
        repository = self.sandbox.repository
        repository.stage_release(artifact, archive, floor=floor, python=python)
        self.sandbox.sign(kind)
        repository.publish()
        return artifact

    def roll_out(self, *rollouts: Rollout) -> None:
        self.sandbox.repository.roll_out(rollouts)

    def look(self, kind: Kind = Kind.APP) -> Looked:
        """Look once; return what came of one kind."""
        return self.look_at_all()[kind]

    def look_at_all(self) -> dict[Kind, Looked]:
        def client() -> Client:
            transport = Transport(None, bytes_per_s=1e9)
            folder = self.folder / "versions" / "repository"
            return Client(folder, self.server.url, self.sandbox.root, transport, self.now)

        site = Site("t17", "k1", "central", PYTHON)
        every = {kind: self.of(kind) for kind in HELD}
        return Looking(site, every, client, lambda: self.now).look()


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


OTHERS = [kind for kind in Kind if kind is not Kind.APP]


@pytest.mark.parametrize("kind", OTHERS)
def test_every_kind_is_fetched_unpacked_and_waits_in_a_place_of_its_own(
    kind: Kind, world: World
) -> None:
    world.publish(release(NEW).getvalue(), kind=kind)
    assert world.look_at_all() == dict.fromkeys(HELD, Looked()) | {kind: Looked(fetched=NEW)}
    assert world.of(kind).slots().trial == NEW
    assert (world.folder / "versions" / kind / "versions" / NEW / "VERSION").read_text() == NEW
    assert {one: world.of(one).slots().trial for one in HELD if one is not kind} == {
        one: "" for one in HELD if one is not kind
    }
    assert world.of(kind).start().version == NEW
    world.of(kind).confirm(NEW)
    assert (world.of(kind).slots().before, world.of(kind).slots().floor) == (SHIPPED, OLD)


@pytest.mark.parametrize("kind", OTHERS)
def test_no_kind_but_the_application_asks_for_an_interpreter(kind: Kind, world: World) -> None:
    artifact = world.sign(release(NEW).getvalue(), NEW, kind, python="3.99")
    world.roll_out(Rollout("r-1", artifact, share=BUCKETS))
    assert world.look(kind) == Looked(fetched=NEW)


@pytest.mark.parametrize("kind", OTHERS)
def test_every_kind_is_held_to_its_own_floor_and_predicates(kind: Kind, world: World) -> None:
    world.publish(release(NEW).getvalue(), kind=kind, models=("k9",))
    assert world.look(kind) == Looked()
    world.publish(release("1.2.0").getvalue(), "1.2.0", kind, window=Window(22 * 60, 23 * 60))
    assert world.look(kind) == Looked()
    newer = world.sign(release("1.3.0").getvalue(), "1.3.0", kind, floor="1.2.0")
    world.roll_out(Rollout("r-2", newer, share=BUCKETS))
    assert world.look(kind) == Looked(fetched="1.3.0")
    world.of(kind).start()
    world.of(kind).confirm("1.3.0")
    old = world.sign(release(OLD).getvalue(), OLD, kind)
    world.roll_out(Rollout("r-3", old, share=BUCKETS, go_back=True))
    assert world.look(kind) == Looked(failure="update.too_old")


def test_a_rollout_of_one_kind_that_names_a_release_of_another_is_refused(world: World) -> None:
    """A stolen fleet key cannot have settings unpacked where content is read."""
    artifact = world.sign(release(NEW).getvalue(), NEW, Kind.CONFIG)
    content = msgspec.json.encode(Rollout("r-1", artifact, share=BUCKETS))
    repository = world.sandbox.repository
    with repository.edit_targets("rollout") as role:
        role.targets["rollout/content.json"] = TargetFile.from_data("rollout/content.json", content)
        repository._put("rollout/content.json", content)
    repository.refresh()
    assert world.look(Kind.CONTENT) == Looked(failure="update.bad_rollout")


def test_what_is_wrong_with_one_kind_holds_up_no_other(world: World) -> None:
    bad = world.sign(b"signed, and no archive", NEW, Kind.MODELS)
    good = world.sign(release(NEW).getvalue(), NEW, Kind.CONTENT)
    world.roll_out(Rollout("r-1", bad, share=BUCKETS), Rollout("r-2", good, share=BUCKETS))
    looked = world.look_at_all()
    assert looked[Kind.MODELS] == Looked(failure="update.bad_bundle")
    assert looked[Kind.CONTENT] == Looked(fetched=NEW)
    assert world.of(Kind.MODELS).refusal() == "update.bad_bundle"
    assert world.of(Kind.CONTENT).refusal() == ""


def test_a_release_larger_than_its_kind_may_be_is_not_fetched(world: World) -> None:
    large = HELD[Kind.CONFIG].limits.all_bytes + 1
    world.publish(os.urandom(large), kind=Kind.CONFIG)
    assert world.look(Kind.CONFIG) == Looked(failure="update.bad_release")
    assert not any("/targets/config/" in path for path, _ in world.server.asked)


def test_what_runs_already_is_not_doubted_when_its_role_expires(world: World) -> None:
    world.publish(release(NEW).getvalue(), kind=Kind.CONTENT)
    world.look()
    world.of(Kind.CONTENT).start()
    world.of(Kind.CONTENT).confirm(NEW)
    world.now += timedelta(days=40)
    (rollout,) = world.sandbox.repository.rollouts()
    world.roll_out(rollout)
    assert world.look(Kind.CONTENT) == Looked()
    newer = msgspec.structs.replace(
        rollout, artifact=msgspec.structs.replace(rollout.artifact, version="1.2.0")
    )
    world.roll_out(newer)
    assert world.look(Kind.CONTENT) == Looked(failure="update.expired")


def test_a_rollout_that_is_known_is_not_asked_for_again(world: World) -> None:
    world.publish(release(NEW).getvalue(), kind=Kind.CONTENT)
    world.look()
    asked = len(world.server.asked)
    world.look()
    paths = [path for path, _ in world.server.asked[asked:]]
    assert [path for path in paths if "root" not in path] == ["/metadata/timestamp.json"]


def test_a_kept_rollout_that_was_changed_on_the_disk_is_not_believed(world: World) -> None:
    world.publish(release(NEW).getvalue(), kind=Kind.CONTENT)
    kept = world.folder / "versions/repository/rollouts/content.json"
    kept.parent.mkdir(parents=True)
    kept.write_text("{}")
    assert world.look(Kind.CONTENT) == Looked(fetched=NEW)


def test_a_download_that_is_cut_goes_on_beside_those_of_other_kinds(world: World) -> None:
    first = world.sign(os.urandom(200_000), NEW, Kind.MODELS)
    second = world.sign(os.urandom(200_000), NEW, Kind.CONTENT)
    world.roll_out(Rollout("r-1", first, share=BUCKETS), Rollout("r-2", second, share=BUCKETS))
    world.server.cut_after = 3 << 15
    looked = world.look_at_all()
    assert {looked[kind].failure for kind in (Kind.MODELS, Kind.CONTENT)} == {"update.not_fetched"}
    world.server.cut_after = None
    asked = len(world.server.asked)
    world.look()
    ranges = [wanted for path, wanted in world.server.asked[asked:] if ".tar.gz" in path]
    assert ranges == [f"bytes={3 << 15}-"] * 2
