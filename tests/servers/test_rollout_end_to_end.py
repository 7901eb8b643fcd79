"""Of every kind a good release stays, a bad one is undone and stops.

Server over TLS, client, slots, what the engine does about releases, and reports are the real ones.
"""

import contextlib
import ssl
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from fleet.release.sandbox import Sandbox
from fleet.rollout.course import State
from fleet.rollout.plan import Plan, Wave
from fleet.waves.book import Rollouts, Wanted
from kiosk.audit.log import keep_trail, leave_trail
from kiosk.config import BadSettings, load
from kiosk.config.overlay import SETTINGS
from kiosk.engine.reading import Reading
from kiosk.engine.releases import follow
from kiosk.engine.timers import Timers
from kiosk.engine.updating import CALM_AFTER_S, LOOK_EVERY_S
from kiosk.stage import until
from kiosk.update.client import Client
from kiosk.update.health import Health
from kiosk.update.kinds import HELD, TOGETHER, versions_of
from kiosk.update.looking import Looked, Looking, Site
from kiosk.update.together import Together, running
from kiosk.update.transport import Identity, Transport
from kiosk.update.versions import Versions
from kiosk.vision.model_bundle import LIST
from tests.support.contents import content_files, public_key
from tests.support.fleet_kiosk import Kiosk
from tests.support.fleet_server import (
    NAMES,
    RunningFleet,
    let_it_roll_out,
    make_data,
    running_fleet,
)
from tests.support.releases import release
from tests.support.rollouts import APPROVER, SIGNER
from tests.support.signed import signed_release
from wire.rollout import BUCKETS, UPDATES_PATH, Artifact, Kind

pytestmark = pytest.mark.server
OLD, GOOD, BAD = "1.0.0", "1.1.0", "1.2.0"
_PATIENCE_S = 180.0
"""The server looks each ten seconds, on a machine that may be busy."""
PLAN = Plan(waves=(Wave(0, 0.0), Wave(BUCKETS, 0.0)))
_LISTED = (
    'schema = 1\n[files]\n"cohort.bin" ='
    ' "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"\n'
)
_MODELS = {LIST: _LISTED.encode(), "cohort.bin": b""}
FILES = {
    GOOD: {
        Kind.APP: {"word.txt": b"good"},
        Kind.MODELS: _MODELS,
        Kind.CONFIG: {SETTINGS: b"[timeouts]\nfactor = 2\n"},
        Kind.CONTENT: content_files(serial=1),
    },
    BAD: {
        # With these two the cameras do not come up; the others are refused by their own check.
        Kind.APP: {"word.txt": b"bad"},
        Kind.MODELS: _MODELS,
        Kind.CONFIG: {SETTINGS: b"[terminal]\nid = 'another'\n"},
        Kind.CONTENT: content_files(serial=2, signed_by_us=False),
    },
}


def now() -> datetime:
    return datetime.now(UTC)


class Terminal:
    """A terminal: update program, launcher, what the engine does about releases, reporter."""

    def __init__(self, folder: Path, fleet: RunningFleet, name: str, root: bytes) -> None:
        known = fleet.terminal(name)
        self.folder = folder
        self.of(Kind.APP).found(release(OLD), OLD)
        self.kiosk = Kiosk(folder / "kiosk", known, fleet.url)
        self.now_s = 0.0
        identity = Identity(known.ca, known.certificate, known.key)
        python = f"{sys.version_info.major}.{sys.version_info.minor}"

        def client() -> Client:
            transport = Transport(identity, bytes_per_s=1e9)
            return Client(folder / "tuf", fleet.url + UPDATES_PATH, root, transport, now())

        every = {kind: self.of(kind) for kind in HELD}
        self.looking = Looking(Site(name, "k1", "central", python), every, client, now)

    def of(self, kind: Kind) -> Versions:
        return versions_of(self.folder / "versions", kind)

    def lives(self) -> dict[Kind, Looked]:
        """Look for releases, run the engine until it has tried what waits, and report."""
        looked = self.looking.look()
        keep_trail(self.kiosk.trail)
        try:
            while self._engine_left() and any(self.of(kind).slots().trial for kind in TOGETHER):
                pass
        finally:
            leave_trail(self.kiosk.trail)
        self.kiosk.reporter.check_in()
        return looked

    def _engine_left(self) -> bool:
        """Be an engine that nobody uses until it is calm; say whether it ended by itself."""
        together = Together(self.folder / "versions")
        told = together.told(together.start())
        try:
            load(None, overlay=running(told, Kind.CONFIG).tree)
        except BadSettings:
            return True
        timers, left = Timers(lambda: self.now_s), []
        rolled_out = self.of(Kind.CONTENT)
        reading = Reading(self.folder / "content", public_key(self.folder), rolled_out)
        blind = BAD in {running(told, Kind.APP).version, running(told, Kind.MODELS).version}
        follow(
            self.folder / "versions",
            told,
            reading,
            timers=timers,
            clock=lambda: self.now_s,
            health=lambda: Health(
                painted=True, lacks=frozenset({"face_camera"} if blind else ()), starting=False
            ),
            idle=lambda: True,
            leave=lambda: left.append(True),
            show=lambda: None,
        )
        ends_s = self.now_s + CALM_AFTER_S + LOOK_EVERY_S
        while self.now_s < ends_s and not left:
            self.now_s += LOOK_EVERY_S
            timers.run_due()
        return bool(left)


@pytest.fixture
def sandbox(tmp_path: Path) -> Sandbox:
    return Sandbox(tmp_path / "repository", now)


@pytest.fixture
def fleet(tmp_path: Path, sandbox: Sandbox) -> Iterator[RunningFleet]:
    make_data(tmp_path / "fleet")
    let_it_roll_out(tmp_path / "fleet", sandbox, PLAN)
    with running_fleet(tmp_path / "fleet") as running_:
        yield running_


@pytest.fixture
def terminals(tmp_path: Path, fleet: RunningFleet, sandbox: Sandbox) -> Iterator[list[Terminal]]:
    made = [Terminal(tmp_path / name, fleet, name, sandbox.root) for name in NAMES]
    for one in made:
        one.kiosk.reporter.check_in()
    yield made
    for one in made:
        one.kiosk.close()


def begin(book: Rollouts, artifact: Artifact) -> int:
    at = int(now().timestamp())
    number = book.ask(Wanted(artifact=artifact, plan=PLAN, reason="x"), by=SIGNER, now=at)
    book.approve(number, by=APPROVER, now=at)
    return number


def test_of_every_kind_a_good_release_stays_and_a_bad_one_is_undone_and_stops(
    tmp_path: Path, fleet: RunningFleet, sandbox: Sandbox, terminals: list[Terminal]
) -> None:
    with contextlib.closing(fleet.database()) as database:
        book = Rollouts(database)

        def all_end(version: str, state: State) -> None:
            """Roll out one release of each kind; live until each rollout stands there."""
            numbers = {
                kind: begin(
                    book,
                    signed_release(
                        sandbox, tmp_path, version,
                        release(version, FILES[version][kind]).getvalue(), kind=kind,
                    ),
                )
                for kind in HELD
            }  # fmt: skip

            def ended() -> bool:
                for one in terminals:
                    one.lives()
                return {book.one(number)["state"] for number in numbers.values()} == {state}

            until(ended, within_s=_PATIENCE_S, name=f"{version} {state}")

        all_end(GOOD, State.DONE)
        for one in terminals:
            assert {kind: one.of(kind).slots().good for kind in HELD} == dict.fromkeys(HELD, GOOD)

        all_end(BAD, State.STOPPED)
        until(
            lambda: all(set(one.lives().values()) == {Looked()} for one in terminals),
            within_s=_PATIENCE_S,
            name="silence",
        )
        for one in terminals:
            slots = {kind: one.of(kind).slots() for kind in HELD}
            assert {kind: held.good for kind, held in slots.items()} == dict.fromkeys(HELD, GOOD)
            assert {held.trial for held in slots.values()} == {""}
        for kind in HELD:
            tried = [one for one in terminals if one.of(kind).slots().bad == (BAD,)]
            assert len(tried) == 2, kind


def test_nobody_without_a_terminals_certificate_gets_a_byte(fleet: RunningFleet) -> None:
    path = f"{fleet.url}{UPDATES_PATH}/metadata/timestamp.json"
    context = ssl.create_default_context(cafile=str(fleet.terminal().ca))
    with httpx.Client(verify=context) as client, pytest.raises(httpx.TransportError):
        client.get(path)
