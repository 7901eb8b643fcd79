"""A terminal believes what people signed, whoever holds the fleet's keys or the network."""

import gzip
import hashlib
import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import TargetFile

from fleet.release.repository import NotSigned, Repository, delegate
from fleet.release.roles import DELEGATED, ROLES
from fleet.release.sandbox import Sandbox
from kiosk.update.boots import Refused
from kiosk.update.client import Client
from kiosk.update.offer import Answer, Moment, Signed, Terminal, answer
from kiosk.update.transport import NotFetched, Transport
from tests.support.releases import release
from tests.support.update_server import Served, served
from wire.rollout import BUCKETS, Artifact, Kind, Rollout

pytestmark = pytest.mark.server

TODAY = datetime(2026, 11, 25, 12, tzinfo=UTC)
TERMINAL = Terminal("t17", "k1", "central", "3.13", runs="1.0.0", floor="1.0.0")
NIGHT = Moment(at_ms=0, minute=180, citizen_here=False)


@dataclass
class World:
    """A repository, its server, and one terminal."""

    sandbox: Sandbox
    server: Served
    folder: Path
    clock: list[datetime] = field(default_factory=lambda: [TODAY])
    rate: float = 1e9

    @property
    def repository(self) -> Repository:
        return self.sandbox.repository

    def client(self, *, root: bytes | None = None, now: datetime | None = None) -> Client:
        transport = Transport(None, bytes_per_s=self.rate, wait=lambda _: None)
        return Client(
            self.folder / "terminal", self.server.url, root or self.sandbox.root, transport,
            now or self.clock[0],
        )  # fmt: skip

    def offer(self, version: str, *, signed: bool = True, word: bytes = b"") -> Artifact:
        """Build, sign and publish a release, and roll it out to everybody."""
        artifact = self.build(version, word=word)
        if signed:
            self.sandbox.sign("app")
            self.repository.publish()
        self.repository.roll_out([Rollout("r-1", artifact, share=BUCKETS)])
        return artifact

    def build(self, version: str, *, word: bytes = b"") -> Artifact:
        content = release(version, {"word.txt": word}).getvalue()
        archive = self.folder / f"{version}.tar.gz"
        archive.write_bytes(content)
        artifact = Artifact(Kind.APP, version, hashlib.sha256(content).hexdigest(), len(content))
        self.repository.stage_release(artifact, archive, floor="1.0.0", python="3.13")
        return artifact

    def said(self) -> Answer:
        """What the terminal says to the rollout it finds."""
        client = self.client()
        rollout = client.rollout(Kind.APP)
        assert rollout is not None
        return answer(rollout, client.signed(rollout.artifact), TERMINAL, NIGHT)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    clock = [TODAY]
    sandbox = Sandbox(tmp_path / "repository", lambda: clock[0])
    with served(tmp_path / "repository") as server:
        yield World(sandbox, server, tmp_path, clock)


def test_a_release_that_two_people_signed_is_taken_and_fetched_whole(world: World) -> None:
    artifact = world.offer("1.1.0")
    assert world.said() is Answer.TAKE
    client = world.client()
    assert client.signed(artifact) == Signed(artifact, floor="1.0.0", python="3.13")
    place = client.fetch(artifact)
    assert place.stat().st_size == artifact.length


def test_without_a_rollout_nothing_is_offered(world: World) -> None:
    assert world.client().rollout(Kind.APP) is None
    assert world.client().rollout(Kind.MODELS) is None


def test_one_signature_publishes_nothing(world: World) -> None:
    world.build("1.1.0")
    assert world.repository.sign("app", world.sandbox.people["app"][0]) == 1
    with pytest.raises(NotSigned, match="signatures_missing"):
        world.repository.publish()
    with pytest.raises(NotSigned, match="signed_already"):
        world.repository.sign("app", world.sandbox.people["app"][0])
    with pytest.raises(NotSigned, match="foreign_key"):
        world.repository.sign("app", world.sandbox.people["models"][0])
    with pytest.raises(NotSigned, match="foreign_key"):
        world.repository.sign("app", world.sandbox.online)


def test_a_change_voids_the_signatures_given_before_it(world: World) -> None:
    world.build("1.1.0")
    world.repository.sign("app", world.sandbox.people["app"][0])
    world.build("1.1.1")
    assert world.repository.missing("app") == 2


def test_a_published_version_is_never_another_content(world: World) -> None:
    world.offer("1.1.0")
    with pytest.raises(NotSigned, match="version_taken"):
        world.build("1.1.0", word=b"another")


def test_a_stolen_fleet_key_cannot_name_what_nobody_signed(world: World) -> None:
    world.offer("1.1.0", signed=False)
    assert world.said() is Answer.UNSIGNED


def test_a_stolen_fleet_key_cannot_change_what_was_signed(world: World) -> None:
    artifact = world.offer("1.1.0")
    forged = msgspec.structs.replace(artifact, sha256="0" * 64)
    world.repository.roll_out([Rollout("r-2", forged, share=BUCKETS)])
    assert world.said() is Answer.UNSIGNED


def test_a_stolen_fleet_key_cannot_order_a_step_back_below_the_floor(world: World) -> None:
    old = world.offer("0.9.0")
    world.repository.roll_out([Rollout("r-2", old, share=BUCKETS, go_back=True)])
    assert world.said() is Answer.TOO_OLD


def test_a_stolen_fleet_key_cannot_sign_for_people(world: World) -> None:
    """Its holder publishes an app role that the fleet's key signed."""
    world.build("1.1.0")
    md = world.repository.staged("app")
    assert md is not None
    md.sign(world.sandbox.online)
    (world.sandbox.folder / "metadata" / "2.app.json").write_bytes(md.to_bytes())
    world.repository.roll_out([Rollout("r-1", world.build("1.1.0"), share=BUCKETS)])
    with pytest.raises(Refused, match="not_believed"):
        world.said()


def test_an_older_timestamp_is_refused(world: World) -> None:
    old = (world.sandbox.folder / "metadata" / "timestamp.json").read_bytes()
    world.offer("1.1.0")
    assert world.said() is Answer.TAKE
    world.server.frozen["/metadata/timestamp.json"] = old
    with pytest.raises(Refused, match="not_believed"):
        world.said()


def test_a_frozen_repository_stops_updates_only(world: World) -> None:
    world.offer("1.1.0")
    world.clock[0] = TODAY + timedelta(days=4)
    with pytest.raises(Refused, match="expired"):
        world.said()
    world.repository.refresh()
    with pytest.raises(Refused, match="expired"):
        world.said()  # the rollout itself is three days old
    world.repository.roll_out([])
    assert world.client().rollout(Kind.APP) is None


def test_mixed_states_of_the_repository_are_refused(world: World) -> None:
    world.offer("1.1.0")
    first = (world.sandbox.folder / "metadata" / "2.app.json").read_bytes()
    world.offer("1.2.0")
    world.server.frozen["/metadata/3.app.json"] = first
    with pytest.raises(Refused, match="not_believed"):
        world.said()


def test_a_clock_ahead_by_years_refuses_rather_than_believes(world: World) -> None:
    world.offer("1.1.0")
    with pytest.raises(Refused, match="expired"):
        world.client(now=TODAY + timedelta(days=365 * 6)).rollout(Kind.APP)


def test_a_clock_wrong_by_years_in_the_past_leads_no_step_back(world: World) -> None:
    old = (world.sandbox.folder / "metadata" / "timestamp.json").read_bytes()
    behind = TODAY - timedelta(days=365 * 6)
    world.offer("1.1.0")
    assert world.client(now=behind).rollout(Kind.APP) is not None
    world.server.frozen["/metadata/timestamp.json"] = old
    with pytest.raises(Refused, match="not_believed"):
        world.client(now=behind).rollout(Kind.APP)


@pytest.mark.parametrize("kind", list(Kind))
def test_a_release_is_not_believed_once_its_role_has_expired(world: World, kind: Kind) -> None:
    """Whoever holds the fleet's key renews what the fleet signs, and not what people did."""
    content = release("1.1.0").getvalue()
    (world.folder / "archive").write_bytes(content)
    artifact = Artifact(kind, "1.1.0", hashlib.sha256(content).hexdigest(), len(content))
    world.repository.stage_release(artifact, world.folder / "archive", floor="1.0.0", python="3.13")
    world.sandbox.sign(kind)
    world.repository.publish()
    world.repository.roll_out([Rollout("r-1", artifact, share=BUCKETS)])
    assert world.client().signed(artifact) is not None
    world.clock[0] += timedelta(days=ROLES[kind].days + 1)
    world.repository.roll_out([Rollout("r-1", artifact, share=BUCKETS)])
    assert world.client().rollout(kind) is not None
    with pytest.raises(Refused, match="expired"):
        world.client().signed(artifact)


@pytest.mark.parametrize("role", ["targets", "root"])
def test_nothing_is_believed_once_root_or_targets_have_expired(world: World, role: str) -> None:
    world.offer("1.1.0")
    world.clock[0] += timedelta(days=ROLES[role].days + 1)
    world.repository.roll_out([])
    with pytest.raises(Refused, match="expired"):
        world.client().rollout(Kind.APP)


def test_a_release_changed_on_the_way_is_dropped(world: World) -> None:
    artifact = world.offer("1.1.0")
    name = f"/targets/app/{artifact.sha256}.1.1.0.tar.gz"
    content = bytearray((world.sandbox.folder / name.lstrip("/")).read_bytes())
    content[100] ^= 1
    world.server.frozen[name] = bytes(content)
    with pytest.raises(Refused, match="changed"):
        world.client().fetch(artifact)
    assert list((world.folder / "terminal" / "downloads").iterdir()) == []


def test_endless_data_is_cut_at_the_signed_length(world: World) -> None:
    artifact = world.offer("1.1.0")
    client = world.client()
    assert client.signed(artifact) is not None
    world.server.endless = True
    with pytest.raises(NotFetched):
        client.fetch(artifact)
    kept = list((world.folder / "terminal" / "downloads").iterdir())
    assert sum(place.stat().st_size for place in kept) <= artifact.length
    with pytest.raises((Refused, NotFetched)):
        world.client().rollout(Kind.APP)


def test_a_cut_download_goes_on_where_it_was_cut(world: World) -> None:
    artifact = world.offer("1.1.0", word=random.Random(1).randbytes(200_000))
    client = world.client()
    assert client.signed(artifact) is not None
    world.server.cut_after = artifact.length // 2
    with pytest.raises(NotFetched):
        client.fetch(artifact)
    world.server.cut_after = None
    client.fetch(artifact)
    begun_at = int(world.server.asked[-1][1].removeprefix("bytes=").rstrip("-"))
    assert artifact.length // 3 < begun_at <= artifact.length // 2


def test_a_download_keeps_to_its_rate(world: World) -> None:
    waited: list[float] = []
    artifact = world.offer("1.1.0")
    transport = Transport(
        None, bytes_per_s=artifact.length / 10, clock=lambda: sum(waited), wait=waited.append
    )
    client = Client(
        world.folder / "terminal", world.server.url, world.sandbox.root, transport, TODAY
    )
    client.fetch(artifact)
    assert sum(waited) == pytest.approx(10)


def test_a_disk_without_room_fetches_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    artifact = world.offer("1.1.0")
    usage = shutil.disk_usage(world.folder)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=artifact.length))
    with pytest.raises(Refused, match="no_room"):
        world.client().fetch(artifact)


def test_a_repository_that_is_away_is_no_fault_of_anybodys(world: World) -> None:
    world.server.frozen["/metadata/timestamp.json"] = b""
    with pytest.raises((Refused, NotFetched)):
        world.said()
    client = world.client()
    client._url = "http://127.0.0.1:1"
    client._updater._metadata_base_url = "http://127.0.0.1:1/"
    with pytest.raises(NotFetched):
        client.rollout(Kind.APP)


def test_the_root_is_followed_over_three_changes_made_while_the_terminal_was_off(
    world: World,
) -> None:
    world.offer("1.1.0")
    assert world.said() is Answer.TAKE
    lost = []
    for number in range(3):
        old = list(world.sandbox.people["root"])
        lost.append(old[number % 2])
        world.sandbox.people["root"][number % 2] = CryptoSigner.generate_ed25519()
        world.sandbox.stage_root()
        for person in [*old[:1], *old[1:], *world.sandbox.people["root"]]:
            if world.repository.missing("root") == 0:
                break
            try:
                world.repository.sign("root", person)
            except NotSigned:
                continue
        world.repository.publish()
    assert world.repository.open("root").signed.version == 4
    assert world.said() is Answer.TAKE
    world.sandbox.stage_root()
    with pytest.raises(NotSigned, match="foreign_key"):
        world.repository.sign("root", lost[0])


def test_a_root_that_too_few_signed_is_not_followed(world: World) -> None:
    world.offer("1.1.0")
    world.sandbox.stage_root()
    md = world.repository.staged("root")
    assert md is not None
    md.sign(world.sandbox.people["root"][0])
    (world.sandbox.folder / "metadata" / "2.root.json").write_bytes(md.to_bytes())
    with pytest.raises(Refused, match="not_believed"):
        world.said()


def test_a_revoked_signer_counts_no_more(world: World) -> None:
    world.offer("1.1.0")
    lost = world.sandbox.people["app"][0]
    world.sandbox.people["app"][0] = CryptoSigner.generate_ed25519()
    keys = {role: [one.public_key for one in world.sandbox._of(role)] for role in DELEGATED}
    world.repository.stage("targets", lambda targets: delegate(targets, keys))
    world.repository.stage("app", lambda _: None)
    world.sandbox.sign("targets")
    with pytest.raises(NotSigned, match="foreign_key"):
        world.repository.sign("app", lost)
    world.sandbox.sign("app")
    world.repository.publish()
    world.offer("1.2.0")
    assert world.said() is Answer.TAKE


def test_another_anchor_believes_nothing(world: World, tmp_path: Path) -> None:
    other = Sandbox(tmp_path / "other", lambda: TODAY)
    with pytest.raises(Refused, match="not_believed"):
        world.client(root=other.root).rollout(Kind.APP)
    with pytest.raises(Refused, match="bad_anchor"):
        world.client(root=b"{}")


def test_a_rollout_of_another_shape_is_refused(world: World) -> None:
    world.offer("1.1.0")
    with world.repository.edit_targets("rollout") as role:
        content = b'{"id": "r-1", "run": "anything"}'
        role.targets["rollout/app.json"] = TargetFile.from_data("rollout/app.json", content)
        world.repository._put("rollout/app.json", content)
    world.repository.refresh()
    with pytest.raises(Refused, match="bad_rollout"):
        world.said()


def test_archives_are_made_the_same_by_anyone() -> None:
    one, other = release("1.1.0").getvalue(), release("1.1.0").getvalue()
    assert one == other
    assert gzip.decompress(one)[:13] == b"MANIFEST.json"
