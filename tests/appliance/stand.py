"""What stands around the machine: register and fleet, cameras, printer, card, and a site's answers.

Servers listen in a network of the test's own, on the ports that the terminal's firewall lets out;
the machine finds them at QEMU's name for its host.
"""

import contextlib
import io
import shutil
import signal
import sqlite3
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509 import load_pem_x509_certificate

from drivers.camera.mjpeg import Drawn
from drivers.camera.serve import Cameras
from drivers.card.personalise import pki
from drivers.card.personalise.card import VirtualCard, personalise
from drivers.card.personalise.person import SPECIMEN
from drivers.card.personalise.spec import Spec
from drivers.printer.simulated import SimulatedPrinter
from enrolment.terminals import main as register_terminals
from fleet import sandbox as fleet_sandbox
from fleet.identity.__main__ import main as fleet_identity
from tests.appliance.card import CardSlot
from tests.appliance.machine import Machine
from tests.appliance.pace import Pace
from tests.appliance.touchscreen import Touchscreen
from tests.appliance.usb import Device
from tests.appliance.webcam import Webcam
from tests.support.fleet_server import RunningFleet, running_fleet
from tests.support.register import RunningRegister, running_register

HOST: Final = "10.0.2.2"
"""Where QEMU's guest finds the machine that runs it."""
REGISTER_PORT, FLEET_PORT, CLAIM_PORT = 443, 8443, 8444
NAME, SITE = "terminal-71", "sha_tin_library"
_SERVERS: Final = ("register", "fleet")
_DATA: Final = (*_SERVERS, "csca.pem", "csca.key")
_SHOWS: Final = "shows"
_CAMERAS: Final = ("face", "document")
_PORTS: Final = {"glass": 1, "reader": 2, "printer": 3, "face": 4, "document": 5}
_ANSWERS: Final = """
[site]
id = "{site}"
languages = ["en", "zh_HK", "zh_CN"]
[machine]
panel = "{panel}"
[devices]
face_camera = "{face}"
document_camera = "{document}"
printer = "/dev/ttyUSB0"
[fleet]
url = "https://{host}:{fleet}"
code = "{code}"
[register]
url = "https://{host}:{register}"
phone_url = "http://{host}:80"
[judged]
printer = true
[skipped]
touch = "nobody reaches the corners"
lights = "the bench has none"
sound = "the bench has none"
"""


class Stand:
    """A context manager: in the block all of it is there."""

    def __init__(
        self,
        folder: Path,
        keys: Path,
        pictures: Path,
        *,
        pace: Pace,
        kept: Path | None = None,
    ) -> None:
        """Prepare.

        Args:
            folder: for data and sockets; made anew.
            keys: what the image was built with.
            pictures: of the demo's people.
            pace: the machine's time: its servers', and of people before it.
            kept: a stand's data that was kept, to go on with.
        """
        self.folder = folder
        self.pictures = pictures.resolve()
        self._keys = keys
        self._kept = kept
        self._stack = contextlib.ExitStack()
        self._servers = contextlib.ExitStack()
        self.pace = pace
        self.cameras = Cameras(clock=pace.now)

    csca: pki.Authority
    register: RunningRegister
    fleet: RunningFleet
    printer: SimulatedPrinter

    def __enter__(self) -> Self:
        """Start the servers; nothing is plugged in yet."""
        shutil.rmtree(self.folder, ignore_errors=True)
        if self._kept is None:
            self._make()
        else:
            shutil.copytree(self._kept, self.folder)
            self.csca = read_authority(self.folder)
        self._serve()
        self.printer = SimulatedPrinter(self.folder / "roll", self.folder / "printer")
        self._stack.callback(self.printer.unplug)
        return self

    def go(self, slower: int) -> None:
        """Go on at another pace: the servers start again with it."""
        self._servers.close()
        self.pace.go(slower)
        self._serve()

    def go_back(self, kept: Path, slower: int) -> None:
        """Let the servers know what they knew when a stand was kept, and clocks show that time.

        They go on at the pace `slower`.
        """
        self._servers.close()
        for name in _SERVERS:
            shutil.rmtree(self.folder / name)
            shutil.copytree(kept / name, self.folder / name)
        self.pace.go_back(kept_at(kept), slower)
        self._serve()

    def _serve(self) -> None:
        enter = self._servers.enter_context
        port = ("--port", str(REGISTER_PORT))
        with self.pace.server():
            self.register = enter(running_register(self.folder / "register", more=port))
            self.fleet = enter(running_fleet(self.folder / "fleet", ports=(FLEET_PORT, CLAIM_PORT)))

    def _make(self) -> None:
        data, fleet_data = self.folder / "register", self.folder / "fleet"
        self.folder.mkdir(parents=True)
        shutil.copytree(self._keys / "sandbox", data)
        fleet_sandbox.make(fleet_data, [], addresses=[HOST])
        # One authority for the terminals: the fleet's, which the register trusts as well.
        shutil.copy(fleet_data / "terminal_ca.pem", data / "terminal_ca.pem")
        with contextlib.redirect_stdout(io.StringIO()):
            register_terminals(["--data", str(data), "expect", NAME])
        self.csca = pki.make_csca()
        write_authority(self.csca, self.folder)

    def keep(self, folder: Path) -> None:
        """Keep what the servers know, as a cut of the mains would leave it."""
        servers = [self.register.process, self.fleet.process]
        for server in servers:
            server.send_signal(signal.SIGSTOP)
        try:
            folder.mkdir(parents=True)
            for name in _DATA:
                part = self.folder / name
                copy = shutil.copy if part.is_file() else _copied_tree
                copy(part, folder / name)
            (folder / _SHOWS).write_text(repr(self.pace.now()))
        finally:
            for server in servers:
                server.send_signal(signal.SIGCONT)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()
        self._servers.close()

    def slip(self) -> str:
        """Return the code of a slip for this terminal at its site."""
        printed = io.StringIO()
        data = ["--data", str(self.fleet.data)]
        with contextlib.redirect_stdout(printed):
            named = ["--name-en", "Sha Tin Library", "--name-zh", "沙田圖書館"]
            fleet_identity(["site", SITE, *named, "--district", "sha_tin", *data])
            server = ["--server", f"{HOST}:{CLAIM_PORT}"]
            fleet_identity(["claim", NAME, "--site", SITE, *server, *data])
        return printed.getvalue().splitlines()[0]

    def answers(self, panel: tuple[int, int], face: str, document: str) -> bytes:
        """Return the site's answers, with a slip that was just made."""
        width, height = panel
        return _ANSWERS.format(
            site=SITE,
            panel=f"{width}x{height}",
            face=face,
            document=document,
            host=HOST,
            fleet=FLEET_PORT,
            register=REGISTER_PORT,
            code=self.slip(),
        ).encode()

    def port(self, camera: str) -> str:
        """Return the end of a camera's place on the bus, as udev names it."""
        return f"usb-0:{_PORTS[camera]}"

    def csca_pem(self) -> bytes:
        """Return the certificate of whoever issued our card."""
        return self.csca.certificate.public_bytes(serialization.Encoding.PEM)

    def on_host(self, link: str) -> str:
        """Return where a phone page lies for a program outside of the machine."""
        return link.replace(f"http://{HOST}:80", self.register.phone_url)

    def records(self) -> int:
        """Return how many enrolments the register holds."""
        return _count(self.register.data / "register.db", "records")

    def was_told(self) -> bool:
        """Whether the fleet has heard how a terminal is."""
        return _count(self.fleet.data / "fleet.db", "latest") > 0

    def plug_cameras(self, machine: Machine) -> None:
        """Plug both cameras into the machine."""
        for name in _CAMERAS:
            self.plug_camera(machine, name)

    def plug_camera(self, machine: Machine, name: str) -> None:
        """Plug one camera into the machine."""
        path = self._socket(machine, name)
        scene, drawn = self.cameras.scenes[name], Drawn(clock=self.pace.now)
        jpeg = partial(drawn.jpeg, scene)
        Device(path, Webcam(scene.serial, jpeg, frames_per_s=machine.by.frames_per_s))

    def plug_glass(self, machine: Machine) -> Touchscreen:
        """Plug the touchscreen's cable into the machine."""
        return Touchscreen(self._socket(machine, "glass"), slower=machine.by.slower)

    def _socket(self, machine: Machine, name: str) -> Path:
        """Make a place on the machine's bus for a device of ours; return where to reach it."""
        path = self.folder / f"{name}.sock"
        path.unlink(missing_ok=True)
        address = {"type": "unix", "data": {"path": str(path)}}
        backend = {"type": "socket", "data": {"addr": address, "server": True, "wait": False}}
        machine.order("chardev-add", id=f"line-{name}", backend=backend)
        machine.plug("usb-redir", f"usb-{name}", chardev=f"line-{name}", port=str(_PORTS[name]))
        return path

    def plug_reader(self, machine: Machine) -> CardSlot:
        """Plug the reader in; return its slot."""
        machine.plug("usb-ccid", "reader", port=str(_PORTS["reader"]))
        card = {"driver": "ccid-card-passthru", "id": "slot", "chardev": "card"}
        machine.order("device_add", bus="reader.0", **card)
        return CardSlot(machine.folder / "card.sock")

    def unplug_all(self, machine: Machine) -> None:
        """Pull every device out of the machine."""
        for name in ("glass", *_CAMERAS):
            # Its line goes with it.
            machine.unplug(f"usb-{name}")
        machine.unplug("reader")
        machine.unplug("printer")
        machine.cut("paper")

    def plug_printer(self, machine: Machine) -> None:
        """Plug the printer's cable in."""
        backend = {"type": "serial", "data": {"device": str(self.folder / "printer")}}
        machine.order("chardev-add", id="paper", backend=backend)
        machine.plug("usb-serial", "printer", chardev="paper", port=str(_PORTS["printer"]))

    def card(self, spec: Spec | None = None) -> VirtualCard:
        """Return the specimen's card, issued by whom the terminal is to trust."""
        portrait = (self.pictures / "holder_chip.jpg").read_bytes()
        return personalise(SPECIMEN, portrait, self.csca, spec or Spec())

    def lay_card(self) -> None:
        """Let the card camera see a card."""
        self.cameras.show("document", str(self.pictures / "front_2018.png"))

    def stand_before_it(self) -> None:
        """Let the face camera see the card's holder."""
        self.cameras.show("face", str(self.pictures / "holder_person.npz"))

    def walk_away(self) -> None:
        """Let neither camera see anybody."""
        for camera in ("face", "document"):
            self.cameras.show(camera, "nobody")


def _count(database: Path, table: str) -> int:
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as read:
        return int(read.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608  (our own word)


def _copied_tree(source: Path, to: Path) -> None:
    # Sockets are of the running servers.
    shutil.copytree(source, to, ignore=lambda _, names: [n for n in names if n.endswith(".sock")])


def kept_at(folder: Path) -> float:
    """Return what clocks showed when a stand was kept."""
    return float((folder / _SHOWS).read_text())


def write_authority(authority: pki.Authority, folder: Path) -> None:
    """Keep who issues cards."""
    pem = serialization.Encoding.PEM
    (folder / "csca.pem").write_bytes(authority.certificate.public_bytes(pem))
    plain = (serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "csca.key").write_bytes(authority.key.private_bytes(pem, *plain))


def read_authority(folder: Path) -> pki.Authority:
    """Return who issued the cards of a stand that was kept."""
    certificate = load_pem_x509_certificate((folder / "csca.pem").read_bytes())
    key = serialization.load_pem_private_key((folder / "csca.key").read_bytes(), None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return pki.Authority(certificate, key, pki.CSCA_SUITE)
