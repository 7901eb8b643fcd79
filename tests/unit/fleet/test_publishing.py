"""The fleet signs who may take what, keeps it fresh, and gives it to its terminals alone."""

import asyncio
import fcntl
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from securesystemslib.signer import CryptoSigner

from fleet.app import Service, create_api
from fleet.release.repository import Repository
from fleet.release.sandbox import Sandbox
from fleet.sandbox import authority, issue
from fleet.store.database import Database
from fleet.store.known import Inventory
from fleet.waves.leading import Leading
from fleet.waves.publishing import NotPublished, Publishing
from tests.support.rollouts import NOW, Fleet
from tests.support.signed import signed_release
from wire.rollout import UPDATES_PATH, Artifact, Rollout

TODAY = datetime.fromtimestamp(NOW, UTC)


@dataclass
class World:
    """A repository with one release, and the fleet's hand on it."""

    sandbox: Sandbox
    artifact: Artifact
    clock: list[datetime]

    def __post_init__(self) -> None:
        self.publishing = Publishing(
            self.sandbox.folder, self.sandbox.repository, lambda: self.clock[0]
        )

    def version(self, role: str) -> int:
        return int(self.sandbox.repository.open(role).signed.version)


@pytest.fixture
def world(tmp_path: Path) -> World:
    clock = [TODAY]
    sandbox = Sandbox(tmp_path / "repository", lambda: clock[0])
    return World(sandbox, signed_release(sandbox, tmp_path, "1.1.0"), clock)


def test_what_is_offered_is_signed_and_the_same_is_not_signed_again(world: World) -> None:
    wanted = [Rollout("r-1", world.artifact, share=100)]
    assert world.publishing.offer(lambda: wanted)
    assert world.sandbox.repository.rollouts() == wanted
    before = world.version("rollout"), world.version("timestamp")
    assert not world.publishing.offer(lambda: wanted)
    assert (world.version("rollout"), world.version("timestamp")) == before


def test_what_expires_is_renewed_in_good_time(world: World) -> None:
    world.publishing.offer(list)
    world.clock[0] += timedelta(days=2)
    assert world.publishing.offer(list)
    for role in ("rollout", "snapshot", "timestamp"):
        left = world.sandbox.repository.open(role).signed.expires - world.clock[0]
        assert left > timedelta(days=2)


def test_old_versions_of_what_the_fleet_signs_do_not_pile_up(world: World) -> None:
    for share in range(40):
        world.publishing.offer(lambda share=share: [Rollout("r", world.artifact, share=share)])  # type: ignore[misc]
    kept = list((world.sandbox.folder / "metadata").glob("*.snapshot.json"))
    assert len(kept) == 32
    assert world.sandbox.repository.rollouts()[0].share == 39


def test_while_another_process_writes_nothing_is_done(world: World) -> None:
    descriptor = os.open(world.sandbox.folder, os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    try:
        assert not world.publishing.offer(lambda: [Rollout("r-1", world.artifact, share=1)])
    finally:
        os.close(descriptor)
    assert world.publishing.offer(lambda: [Rollout("r-1", world.artifact, share=1)])


def test_while_people_publish_the_fleet_does_not(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted, tried = [Rollout("r-1", world.artifact, share=1)], []
    refresh = world.sandbox.repository.refresh

    def meanwhile() -> None:
        tried.append(world.publishing.offer(lambda: wanted))
        refresh()

    monkeypatch.setattr(world.sandbox.repository, "refresh", meanwhile)
    world.sandbox.repository.publish()
    monkeypatch.undo()
    assert tried == [False]
    assert world.publishing.offer(lambda: wanted)


def test_what_terminals_would_refuse_is_not_signed(world: World) -> None:
    with pytest.raises(NotPublished):
        world.publishing.offer(lambda: [Rollout("not a name", world.artifact, share=1)])
    assert world.sandbox.repository.rollouts() == []


def test_a_foreign_key_publishes_nothing(world: World) -> None:
    foreign = Repository(world.sandbox.folder, lambda: TODAY, [CryptoSigner.generate_ed25519()])
    publishing = Publishing(world.sandbox.folder, foreign, lambda: TODAY)
    with pytest.raises(NotPublished):
        publishing.offer(lambda: [Rollout("r-1", world.artifact, share=1)])
    assert world.sandbox.repository.rollouts() == []


def test_a_rollout_reaches_the_repository_and_leaves_it_when_it_is_stopped(
    world: World, database: Database
) -> None:
    fleet = Fleet(database, publishing=world.publishing)
    number = fleet.begin(artifact=world.artifact)
    (offered,) = world.sandbox.repository.rollouts()
    assert (offered.id, offered.share) == (f"app-1.1.0-{number}", 0)
    assert len(offered.named) == 8
    with database.writing() as connection:
        connection.exec_driver_sql("UPDATE rollout_members SET progress = 'undone'")
    fleet.look(60)
    assert world.sandbox.repository.rollouts() == []


def test_a_repository_that_cannot_be_written_is_told(world: World, database: Database) -> None:
    fleet = Fleet(database, size=2, publishing=world.publishing)
    fleet.begin(artifact=world.artifact)
    (world.sandbox.folder / "metadata" / "timestamp.json").write_text("{")
    fleet.look(3 * 86_400)
    assert "rollout.unpublished" in fleet.alerts()
    fleet.leading = Leading(database)
    fleet.look()
    assert "rollout.unpublished" not in fleet.alerts()


@dataclass
class Door:
    """The terminals' door, to whoever shows a certificate."""

    service: Service
    shown: bytes | None

    def get(self, path: str, **headers: str) -> httpx.Response:
        return asyncio.run(self._get(path, headers))

    async def _get(self, path: str, headers: dict[str, str]) -> httpx.Response:
        app = create_api(self.service, lambda _: self.shown)
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="https://fleet") as client:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            return await client.get(UPDATES_PATH + path, headers=named)


@pytest.fixture
def door(world: World, tmp_path: Path) -> Iterator[Door]:
    from fleet.migrations.upgrade import upgrade

    database = Database(f"sqlite:///{tmp_path / 'fleet.db'}")
    upgrade(database.engine)
    identity = issue("t-1", authority("an authority"))
    inventory = Inventory(database)
    inventory.admit(inventory.add("t-1"), identity.certificate)
    service = Service(database, clock=lambda: float(NOW), channels={}, publishing=world.publishing)
    service.known.refresh()
    yield Door(service, identity.certificate.public_bytes(Encoding.DER))
    database.close()


def test_only_terminals_in_service_are_given_anything(door: Door) -> None:
    assert door.get("/metadata/timestamp.json").status_code == 200
    for shown in (None, b"another"):
        door.shown = shown
        answer = door.get("/metadata/timestamp.json")
        assert (answer.status_code, answer.json()["code"]) == (403, "terminal.unknown")


def test_a_release_is_given_whole_or_from_where_it_was_cut(door: Door, world: World) -> None:
    path = f"/targets/app/{world.artifact.sha256}.1.1.0.tar.gz"
    whole = door.get(path)
    assert len(whole.content) == world.artifact.length
    rest = door.get(path, Range="bytes=100-")
    assert (rest.status_code, rest.content) == (206, whole.content[100:])
    beyond = door.get(path, Range=f"bytes={world.artifact.length}-")
    assert beyond.status_code == 416


def test_what_a_caller_has_is_not_given_again(door: Door) -> None:
    first = door.get("/metadata/timestamp.json")
    again = door.get("/metadata/timestamp.json", If_None_Match=first.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")
    assert door.get("/metadata/timestamp.json", If_None_Match='"x"').status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/metadata/..%2Fstaged%2Fapp.json",
        "/metadata/../staged/app.json",
        "/metadata/9.root.json",
        "/targets/app/..%2F..%2Fmetadata%2F1.root.json",
        "/targets/..%2Fstaged/app.json",
        "/staged/app.json",
        "/metadata/",
    ],
)
def test_no_name_leads_elsewhere(door: Door, world: World, path: str) -> None:
    world.sandbox.repository.stage("app", lambda _: None)
    assert door.get(path).status_code in {404, 422}


def test_a_fleet_without_a_repository_gives_none(door: Door) -> None:
    door.service.publishing = None
    assert door.get("/metadata/timestamp.json").status_code == 404
