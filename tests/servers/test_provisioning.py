"""From an empty disk to a terminal that hands in and is seen by the fleet, and back to nothing."""

import contextlib
import io
import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pytest
import segno
import sqlalchemy as sa

from drivers.camera.serve import Cameras
from drivers.camera.simulated import Still
from drivers.card.personalise.virtual_reader import why_not
from drivers.printer.simulated import SimulatedPrinter
from enrolment.terminals import main as register_terminals
from fleet.identity.__main__ import main as fleet_identity
from fleet.store.tables import latest, sites, terminals
from kiosk.config import load
from kiosk.session.seal import seal
from kiosk.sync.outbox import Outbox
from provisioning.acts.claiming import see_slip
from provisioning.acts.work import Work
from provisioning.answers import parse
from provisioning.identity.generations import Generations
from provisioning.identity.keeper import FileKeeper
from provisioning.people import Scripted
from provisioning.run import UNFINISHED
from tests.contract.test_camera import served
from tests.support.enrolment_records import record
from tests.support.fleet_server import RunningFleet, running_fleet
from tests.support.fleet_server import make_data as make_fleet
from tests.support.pcsc import virtual_reader
from tests.support.register import RunningRegister, running_register
from tests.support.register import make_data as make_register
from tests.unit.provisioning.test_answers import GOOD
from wire.claim import ClaimCode
from wire.record import key_id

pytestmark = [pytest.mark.server, pytest.mark.slow]
NAME, SITE = "terminal-71", "sha_tin_library"
_SOON_S = 40.0


@dataclass
class Place:
    """A bare machine, and the servers it is to know."""

    root: Path
    fleet: RunningFleet
    register: RunningRegister
    anchors: Path
    cameras: dict[str, str]
    printer: SimulatedPrinter
    port: Path

    def answers(self, code: str, *, printer: Path | None = None) -> Path:
        """Write the site's answers."""
        file = self.root / "site.toml"
        file.write_text(
            f"""
[site]
id = "{SITE}"
opens = "09:00"
closes = "20:00"
[devices]
face_camera = "{self.cameras["face"]}"
document_camera = "{self.cameras["document"]}"
printer = "{printer or self.port}"
[fleet]
url = "{self.fleet.url}"
code = "{code}"
[register]
url = "{self.register.url}"
phone_url = "{self.register.phone_url}"
anchors = "{self.anchors}"
[judged]
printer = true
[skipped]
touch = "set up on the bench"
sound = "no loudspeaker ordered"
"""
        )
        return file

    def provision(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run the program on this machine."""
        command = [sys.executable, "-m", "provisioning", "--root", str(self.root), "--key", "file"]
        return subprocess.run(
            [*command, *words], capture_output=True, text=True, timeout=110, check=False
        )


def slip(fleet: RunningFleet, name: str = NAME) -> str:
    printed = io.StringIO()
    data = ["--data", str(fleet.data)]
    with contextlib.redirect_stdout(printed):
        named = ["--name-en", "Sha Tin Library", "--name-zh", "沙田圖書館", "--district", "sha_tin"]
        assert fleet_identity(["site", SITE, *named, *data]) == 0
        server = ["--server", f"127.0.0.1:{fleet.claim_port}"]
        assert fleet_identity(["claim", name, "--site", SITE, *server, *data]) == 0
    return printed.getvalue().splitlines()[0]


def bare(root: Path) -> None:
    """Put what the kernel tells into an empty folder."""
    for name, content in (
        ("sys/class/drm/card0-HDMI-A-1/status", "connected\n"),
        ("sys/class/drm/card0-HDMI-A-1/modes", "1080x1920\n"),
        ("proc/swaps", "Filename Type Size Used Priority\n"),
        ("proc/sys/kernel/core_pattern", "|/bin/false\n"),
    ):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content)


def noise() -> "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]":
    """Return a picture that a camera could have taken."""
    return np.random.default_rng(3).integers(40, 210, (720, 1280, 3), dtype=np.uint8)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    if why_not():
        pytest.skip(why_not())
    data = tmp_path / "register"
    make_register(data)
    make_fleet(tmp_path / "fleet")
    # One authority for the terminals: the fleet's, which the register trusts as well.
    shutil.copy(tmp_path / "fleet" / "terminal_ca.pem", data / "terminal_ca.pem")
    assert register_terminals(["--data", str(data), "expect", NAME]) == 0
    (data / "update_root.json").write_bytes(b"signed by people")
    (data / "content_public.pem").write_bytes(b"who signs content")
    scenes = Cameras().scenes
    for scene in scenes.values():
        scene.look_at(Still(noise(), sway_px=4))
    with (
        tempfile.TemporaryDirectory(prefix="kiosk-") as short,
        running_fleet(tmp_path / "fleet") as fleet,
        running_register(data) as register,
        served(scenes["face"]) as face,
        served(scenes["document"]) as document,
        virtual_reader() as reader,
    ):
        reader.insert()
        shutil.copytree(reader.trust, data / "csca")
        root = tmp_path / "machine"
        bare(root)
        printer = SimulatedPrinter(tmp_path / "roll", Path(short) / "printer")
        yield Place(
            root, fleet, register, data, {"face": face, "document": document}, printer,
            Path(short) / "printer",
        )  # fmt: skip
        printer.unplug()


def seen_by_fleet(fleet: RunningFleet) -> list[tuple[str, str, int]]:
    """Return name, site and number of the last reading of each terminal that checked in."""
    wanted = (
        sa.select(terminals.c.name, sites.c.id, latest.c.sequence)
        .join(latest, latest.c.terminal == terminals.c.number)
        .join(sites, sites.c.id == terminals.c.site)
    )
    with contextlib.closing(fleet.database()) as database, database.reading() as connection:
        return [tuple(row) for row in connection.execute(wanted)]


def store_a_record(place: Place) -> Path:
    """Put a sealed record into the machine's outbox, as its engine does."""
    path = place.root / "var/lib/kiosk/outbox.db"
    path.parent.mkdir(parents=True, exist_ok=True)
    public = (place.anchors / "seal_public.bin").read_bytes()
    record_id = str(uuid.uuid4())
    made = record(record_id=record_id, token=secrets.token_bytes(16), terminal=NAME)
    sealed = seal(made, register_key=public, terminal=NAME)
    outbox = Outbox(path, limit_records=9, limit_age_s=1e9, clock=time.time)
    outbox.store(record_id, sealed, key_id=key_id(public), created_at="2026-11-26T09:00:00+00:00")
    outbox.close()
    return path


@contextlib.contextmanager
def syncing(place: Place) -> Iterator[None]:
    """Run the terminal's sync as its unit does: systemd lends it the key."""
    settings = place.root / "etc/kiosk/terminal.toml"
    lent = {"CREDENTIALS_DIRECTORY": str(place.root / "var/lib/kiosk-identity/current")}
    plain = {k: v for k, v in os.environ.items() if k not in {"JOURNAL_STREAM", "NOTIFY_SOCKET"}}
    with (place.root / "sync.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "kiosk.sync", "--settings", str(settings)],
            env=plain | lent,
            stderr=log,
        )
        try:
            yield
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(20)


@pytest.mark.timeout(400)
def test_a_bare_machine_becomes_a_terminal_that_the_fleet_sees_and_is_undone(place: Place) -> None:
    # The printer has not come yet: everything else is done, and the report says what is missing.
    answers = place.answers(slip(place.fleet), printer=place.root / "no-printer")
    # The wizard was at the panel before: the units hold the terminal back while this is there.
    state = place.root / "var/lib/kiosk-provisioning"
    state.mkdir(parents=True)
    (state / UNFINISHED).touch()
    first = place.provision("run", "--answers", str(answers))
    assert first.returncode == 1, first.stdout + first.stderr
    assert "NOT ready. Still missing: printer" in first.stdout, first.stdout
    assert "WARNING. This machine has no TPM" in first.stdout
    assert (state / UNFINISHED).exists()

    # It has come. No slip any more: what was claimed stays claimed.
    second = place.provision("run", "--answers", str(place.answers("")))
    assert second.returncode == 0, second.stdout + second.stderr
    assert f"Ready: {NAME}" in second.stdout
    assert "WARNING" not in second.stdout
    assert len(place.printer.roll.receipts) == 1

    assert not (state / UNFINISHED).exists()
    told = json.loads((state / "readiness.json").read_text())
    assert (told["terminal"], told["ready"], told["missing"]) == (NAME, True, [])
    assert (state / "readiness.pdf").read_bytes().startswith(b"%PDF-")
    certificate = str(place.root / "etc/kiosk/terminal.pem")
    report = str(state / "readiness.json")
    assert place.provision("verify", report, "--certificate", certificate).returncode == 0

    # Releases come from the fleet, under the root that came with the package.
    settings = load(place.root / "etc/kiosk/terminal.toml", uses_credentials=False)
    assert settings.update.url == f"{place.fleet.url}/v1/updates"
    assert settings.update.root.read_bytes() == b"signed by people"
    assert (settings.update.model, settings.update.district) == ("k1", "sha_tin")
    assert (place.root / "etc/kiosk/content_public.pem").read_bytes() == b"who signs content"

    # The terminal's own sync, by the settings that were made: a record goes, the fleet hears.
    outbox = store_a_record(place)
    with syncing(place):
        deadline = time.monotonic() + _SOON_S
        while not seen_by_fleet(place.fleet) or _counts(outbox) != (0, 1):
            assert time.monotonic() < deadline, (place.root / "sync.log").read_text()
    assert seen_by_fleet(place.fleet)[0][:2] == (NAME, SITE)

    _is_undone(place, outbox)


def _counts(path: Path) -> tuple[int, int]:
    outbox = Outbox(path, limit_records=9, limit_age_s=1e9, clock=time.time)
    counts = outbox.counts()
    outbox.close()
    return counts.queued, counts.delivered


def _is_undone(place: Place, outbox: Path) -> None:
    stick = place.root / "stick"
    stick.mkdir()
    store_a_record(place)
    key = (place.root / "var/lib/kiosk-identity/current/terminal.key").read_bytes()
    refused = place.provision("retire", "--report", str(stick))
    assert refused.returncode == 1
    assert refused.stderr.startswith("retire.pending")
    assert _counts(outbox)[0] == 1

    export = ["--export", str(stick / "queue")]
    done = place.provision("retire", "--report", str(stick), *export)
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads((stick / "retired.json").read_text())
    assert (told["terminal"], told["exported"], told["withdrawn"]) == (NAME, 1, True)
    assert told["left"] == []
    signed = place.provision(
        "verify", str(stick / "retired.json"), "--certificate", str(stick / "terminal.pem")
    )
    assert signed.returncode == 0
    left = [path for path in place.root.rglob("*") if path.is_file() and path.parent != stick]
    assert not any(key in path.read_bytes() for path in left)
    assert not any("var/lib/kiosk" in str(path) for path in left)
    # What was exported reaches the register from the machine in its place.
    other = place.root / "other.db"
    carried = ["--outbox", str(other), "--terminal", NAME, "--file", str(stick / "queue")]
    command = [sys.executable, "-m", "kiosk.sync.carrying", "import", *carried]
    subprocess.run(command, check=True, capture_output=True)
    assert _counts(other)[0] == 1


def test_the_slip_is_read_by_the_card_camera(tmp_path: Path) -> None:
    code = ClaimCode("fleet.example:8444", secrets.token_bytes(16), secrets.token_bytes(16))
    paper = io.BytesIO()
    segno.make(str(code), error="m").save(paper, kind="png", scale=8, border=6)
    slip_ = cv2.imdecode(np.frombuffer(paper.getvalue(), np.uint8), cv2.IMREAD_COLOR)
    assert slip_ is not None
    seen = np.full((720, 1280, 3), 120, np.uint8)
    height, width = slip_.shape[:2]
    seen[60 : 60 + height, 300 : 300 + width] = slip_
    scene = Cameras().scenes["document"]
    scene.look_at(Still(seen, sway_px=2))
    with served(scene) as address:
        work = Work(
            answers=parse(GOOD + f"[devices]\ndocument_camera = '{address}'\n".encode()),
            people=Scripted({}, print),
            generations=Generations(tmp_path / "id"),
            keepers=[FileKeeper()],
            clock=lambda: 0.0,
        )
        assert see_slip(work) == code
