"""Real server over TLS, real client, real slots: a good release stays, a bad one is undone."""

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
from kiosk.stage import until
from kiosk.update.client import Client
from kiosk.update.looking import Looked, Looking, Site
from kiosk.update.transport import Identity, Transport
from kiosk.update.versions import Versions
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
from wire.audit_events import AuditEvent
from wire.rollout import BUCKETS, UPDATES_PATH, Artifact, Kind, numbers

pytestmark = pytest.mark.server
OLD, GOOD, BAD = "1.0.0", "1.1.0", "1.2.0"
_PATIENCE_S = 180.0
"""The server looks each ten seconds, on a machine that may be busy."""
PLAN = Plan(waves=(Wave(0, 0.0), Wave(BUCKETS, 0.0)))


def now() -> datetime:
    return datetime.now(UTC)


class Terminal:
    """A terminal's slots, its client and its reporter."""

    def __init__(self, folder: Path, fleet: RunningFleet, name: str, root: bytes) -> None:
        known = fleet.terminal(name)
        self.versions = Versions(folder / "versions")
        self.versions.found(release(OLD), OLD)
        self.versions.start()
        self.kiosk = Kiosk(folder / "kiosk", known, fleet.url)
        identity = Identity(known.ca, known.certificate, known.key)
        python = f"{sys.version_info.major}.{sys.version_info.minor}"

        def client() -> Client:
            transport = Transport(identity, bytes_per_s=1e9)
            return Client(folder / "tuf", fleet.url + UPDATES_PATH, root, transport, now())

        self.looking = Looking(Site(name, "k1", "central", python), self.versions, client, now)

    def tell(self, event: AuditEvent, version: str) -> None:
        major, minor, patch = numbers(version)
        told = {"kind": Kind.APP.value, "major": major, "minor": minor, "patch": patch}
        self.kiosk.trail.append(event, told)
        self.kiosk.reporter.check_in()

    def switch(self, version: str) -> None:
        """Leave the old version; the launcher starts the other."""
        self.tell(AuditEvent.UPDATE_SWITCHES, version)
        assert self.versions.start().version == version


@pytest.fixture
def sandbox(tmp_path: Path) -> Sandbox:
    return Sandbox(tmp_path / "repository", now)


@pytest.fixture
def fleet(tmp_path: Path, sandbox: Sandbox) -> Iterator[RunningFleet]:
    make_data(tmp_path / "fleet")
    let_it_roll_out(tmp_path / "fleet", sandbox, PLAN)
    with running_fleet(tmp_path / "fleet") as running:
        yield running


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


def those_that_fetch(version: str, terminals: list[Terminal], count: int) -> list[Terminal]:
    """Wait until so many more have fetched a version; return them."""
    found: list[Terminal] = []

    def enough() -> bool:
        found.extend(one for one in terminals if one.looking.look() == Looked(fetched=version))
        return len(found) == count

    until(enough, within_s=_PATIENCE_S, name=f"{count} that fetch {version}")
    return found


def test_a_good_release_stays_and_a_bad_one_is_undone_and_stops(
    tmp_path: Path, fleet: RunningFleet, sandbox: Sandbox, terminals: list[Terminal]
) -> None:
    with contextlib.closing(fleet.database()) as database:
        book = Rollouts(database)
        first = begin(book, signed_release(sandbox, tmp_path, GOOD))
        for count in (2, 1):
            for one in those_that_fetch(GOOD, terminals, count):
                one.switch(GOOD)
                one.versions.confirm(GOOD)
                one.tell(AuditEvent.UPDATE_CONFIRMED, GOOD)
        until(
            lambda: book.one(first)["state"] == State.DONE,
            within_s=_PATIENCE_S,
            name="the end of the rollout",
        )
        assert [one.versions.slots().good for one in terminals] == [GOOD] * 3

        second = begin(book, signed_release(sandbox, tmp_path, BAD))
        tried = those_that_fetch(BAD, terminals, 2)
        for one in tried:
            one.switch(BAD)
            one.versions.start()
            chosen = one.versions.start()
            assert (chosen.version, chosen.gave_up) == (GOOD, BAD)
            one.tell(AuditEvent.UPDATE_UNDONE, BAD)
        until(
            lambda: book.one(second)["state"] == State.STOPPED,
            within_s=_PATIENCE_S,
            name="the stop",
        )
        (third,) = [one for one in terminals if one not in tried]
        until(lambda: third.looking.look() == Looked(), within_s=_PATIENCE_S, name="silence")
        assert third.versions.slots().trial == ""
        assert [one.versions.slots().bad for one in tried] == [(BAD,)] * 2
        assert [one.looking.look() for one in tried] == [Looked()] * 2


def test_nobody_without_a_terminals_certificate_gets_a_byte(fleet: RunningFleet) -> None:
    path = f"{fleet.url}{UPDATES_PATH}/metadata/timestamp.json"
    context = ssl.create_default_context(cafile=str(fleet.terminal().ca))
    with httpx.Client(verify=context) as client, pytest.raises(httpx.TransportError):
        client.get(path)
