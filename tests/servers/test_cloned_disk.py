"""A copied disk in another machine is no terminal: its TPM refuses, and the fleet notices.

The worst case: whoever copied the disk has the certificate's key too, read from the memory of
the running terminal. So it lies in a file here. That systemd-creds does not open the other one's
in another machine is shown in tests/unit/provisioning/test_keeper.py.
"""

import contextlib
import shutil
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path

import pytest
import sqlalchemy as sa

from drivers.tpm.errors import TpmRefuses
from fleet.store.tables import alerts
from kiosk.sync.checkin import NotTaken, Taken
from provisioning.identity import machine
from provisioning.identity.claiming import claim
from provisioning.identity.fleet_link import FleetRefuses
from provisioning.identity.generations import KEY, Generations
from provisioning.identity.keeper import FileKeeper
from provisioning.identity.renewing import renew
from tests.servers.test_claims import slip
from tests.support.fleet_kiosk import Kiosk
from tests.support.fleet_server import RunningFleet, Terminal, make_data, running_fleet
from tests.support.swtpm import NO_TPM
from wire.failures import Failure

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(NO_TPM, reason="no swtpm and tpm2-pytss here"),
]
NAME = "terminal-71"


@pytest.fixture(scope="module")
def fleet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningFleet]:
    data = tmp_path_factory.mktemp("fleet")
    make_data(data)
    with running_fleet(data) as running:
        yield running


@pytest.fixture(scope="module")
def disk(
    fleet: RunningFleet, tpms: tuple[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Return the identity folder of a terminal in the first machine."""
    folder = tmp_path_factory.mktemp("disk") / "id"
    generations = Generations(folder)
    key = machine.made(generations, tpms[0])
    keeper = FileKeeper()
    claim(generations, keeper, slip(fleet, NAME), model="k1", machine=key)
    return folder


@pytest.fixture
def copy(disk: Path, tmp_path: Path) -> Generations:
    """Return the disk's copy."""
    shutil.copytree(disk, tmp_path / "id", symlinks=True)
    return Generations(tmp_path / "id")


def stolen(disk: Path) -> Terminal:
    """Return the terminal with its key, but without its machine."""
    current = Generations(disk).current()
    assert current is not None
    ca, certificate, key = (current.folder / n for n in ("fleet_ca.pem", "terminal.pem", KEY))
    return Terminal(ca, certificate, key)


def told(fleet: RunningFleet, folder: Path, terminal: Terminal) -> Taken | NotTaken:
    """Check in; the server looks each second which certificates there are."""
    kiosk = Kiosk(folder, terminal, fleet.url)
    deadline = time.monotonic() + 20
    with contextlib.closing(kiosk):
        answer = kiosk.reporter.check_in(())
        while isinstance(answer, NotTaken) and time.monotonic() < deadline:
            if answer.failure is not Failure.FLEET_REFUSED:
                break
            answer = kiosk.reporter.check_in(())
        return answer


def paged(fleet: RunningFleet) -> list[tuple[str, bool]]:
    wanted = sa.select(alerts.c.failure, alerts.c.security).where(alerts.c.severity == "page")
    with contextlib.closing(fleet.database()) as database, database.reading() as connection:
        return [tuple(row) for row in connection.execute(wanted)]


def test_the_terminal_in_its_own_machine_is_taken(
    fleet: RunningFleet, disk: Path, tpms: tuple[str, str], tmp_path: Path
) -> None:
    own = machine.existing(Generations(disk), tpms[0])
    terminal = replace(stolen(disk), machine=own)
    assert isinstance(told(fleet, tmp_path / "kiosk", terminal), Taken)


def test_a_copied_disk_signs_nothing_in_another_machine(
    copy: Generations, tpms: tuple[str, str]
) -> None:
    key = machine.existing(copy, tpms[1])
    assert key is not None
    with pytest.raises(TpmRefuses):
        key.sign(b"content")


def test_a_key_read_from_memory_says_nothing_through_the_other_machines_tpm(
    fleet: RunningFleet, copy: Generations, disk: Path, tpms: tuple[str, str], tmp_path: Path
) -> None:
    other = machine.existing(copy, tpms[1])
    terminal = replace(stolen(disk), machine=other)
    answer = told(fleet, tmp_path / "kiosk", terminal)
    assert isinstance(answer, NotTaken)
    assert answer.failure is Failure.IDENTITY_LOCKED


def test_a_key_read_from_memory_without_its_machine_is_refused_and_everybody_is_told(
    fleet: RunningFleet, disk: Path, tpms: tuple[str, str], tmp_path: Path
) -> None:
    own = machine.existing(Generations(disk), tpms[0])
    thief = stolen(disk)
    assert isinstance(told(fleet, tmp_path / "own", replace(thief, machine=own)), Taken)
    kiosk = Kiosk(tmp_path / "thief", thief, fleet.url)
    with contextlib.closing(kiosk):
        answer = kiosk.reporter.check_in(())
    assert isinstance(answer, NotTaken)
    assert answer.status == HTTPStatus.FORBIDDEN
    assert (Failure.TERMINAL_COPIED, True) in paged(fleet)


def test_a_copy_with_a_tpm_key_of_its_own_is_refused(
    fleet: RunningFleet, disk: Path, tpms: tuple[str, str], tmp_path: Path
) -> None:
    fresh = machine.made(Generations(tmp_path / "fresh"), tpms[1])
    thief = replace(stolen(disk), machine=fresh)
    kiosk = Kiosk(tmp_path / "kiosk", thief, fleet.url)
    with contextlib.closing(kiosk):
        answer = kiosk.reporter.check_in(())
    assert isinstance(answer, NotTaken)
    assert answer.status == HTTPStatus.FORBIDDEN


def test_no_certificate_is_renewed_without_the_machine_and_with_it_one_is(
    fleet: RunningFleet, disk: Path, tpms: tuple[str, str], tmp_path: Path
) -> None:
    shutil.copytree(disk, tmp_path / "id", symlinks=True)
    generations, keeper = Generations(tmp_path / "id"), FileKeeper()
    own = machine.existing(generations, tpms[0])
    terminal = replace(stolen(disk), machine=own)
    assert isinstance(told(fleet, tmp_path / "kiosk", terminal), Taken)
    now = datetime.now(UTC)
    with pytest.raises(FleetRefuses) as refused:
        renew(generations, keeper, fleet.url, now=now, at_once=True)
    assert refused.value.code == Failure.TERMINAL_COPIED
    assert renew(generations, keeper, fleet.url, now=now, at_once=True, machine=own).is_new
