"""A stage whose terminal came about by provisioning, in a folder that was empty.

Devices, register, screens and robot are the demo's (`kiosk.stage`). The fleet is beside them,
with its TLS and its console, and nobody writes the terminal's settings but provisioning.
"""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import segno
from cryptography import x509

from drivers.admin import ask
from enrolment.terminals import main as register_terminals
from kiosk.stage import Look, NotStarted, Stage
from provisioning.identity.signed import signature_of, verify_report
from tests.provision_demo.operations import NAME, SITE, TOKEN, Operations, signed_in
from tests.support.fleet_server import make_data as make_fleet
from tests.support.fleet_server import running_fleet
from tests.support.register import make_data as make_register

_ANSWERS = """
[site]
id = "{site}"
opens = "00:00"
closes = "00:00"
[machine]
panel = "{panel}"
[devices]
face_camera = "{face}"
document_camera = "{document}"
printer = "{run}/printer"
lights = "{run}/lights"
document_lag_ms = 120
[fleet]
url = "{fleet}"
[register]
url = "https://127.0.0.1:{port}"
phone_url = "http://127.0.0.1:{phone}"
anchors = "{anchors}"
[judged]
face_camera = true
lights = true
printer = true
[skipped]
touch = "a bench without glass"
sound = "no loudspeaker ordered"
"""
_ANCHORS = ("register_ca.pem", "seal_public.bin", "receipt_public.pem")
_SLIP_AT = (60, 300)
"""Where the slip lies before the card camera, down and across, in pixels."""


class Provisioned(Stage):
    """A context manager: in the block a terminal runs that provisioning made."""

    def __init__(
        self, folder: Path, pictures: Path, look: Look, say: Callable[[str], None], out: Path
    ) -> None:
        """Prepare.

        Args:
            folder: as in `Stage`.
            pictures: as in `Stage`.
            look: as in `Stage`.
            say: is told each line of provisioning as it comes.
            out: where the readiness report is copied to.
        """
        super().__init__(folder, pictures, look)
        self.machine = folder / "machine"
        self.state = self.machine / "var/lib/kiosk"
        self.screens = self.machine / "run/kiosk/screens.sock"
        self.searched.append(self.machine)
        self.operations: Operations
        self._say = say
        self._out = out

    def prepare(self) -> None:
        """Make register and fleet, which are one authority for the terminals; start the fleet."""
        data = self.folder / "fleet"
        make_fleet(data, [])
        (data / "console.token").write_text(TOKEN)
        with socket.create_server(("127.0.0.1", 0)) as reserved:
            claims: int = reserved.getsockname()[1]
        (data / "fleet.toml").write_text(f'[claims]\nserver = "127.0.0.1:{claims}"\n')
        make_register(self.keys)
        shutil.copy(data / "terminal_ca.pem", self.keys / "terminal_ca.pem")
        register_terminals(["--data", str(self.keys), "expect", NAME])
        self.fleet = self._stack.enter_context(running_fleet(data, console=True, ports=(0, claims)))
        self.operations = self._stack.enter_context(signed_in(self.fleet))

    def settle(self) -> Path:
        """Provision a bare machine by its site's answers, in one run; return its settings."""
        self._be_bare()
        answers = self.folder / "site.toml"
        answers.write_text(self._answers())
        self._lay_slip(self.operations.slip())
        self.reader.insert()
        self._provision("run", "--answers", str(answers))
        self.reader.remove()
        ask(self.cameras, "show", camera="document", what="nobody")
        self._report_holds()
        credentials = self.machine / "var/lib/kiosk-identity/current"
        self.lent = {"CREDENTIALS_DIRECTORY": str(credentials)}
        self._as_tmpfiles_would()
        return self.machine / "etc/kiosk/terminal.toml"

    def _be_bare(self) -> None:
        """Put what a kernel tells into an empty folder."""
        for name, content in (
            ("sys/class/drm/card0-HDMI-A-1/status", "connected\n"),
            ("sys/class/drm/card0-HDMI-A-1/modes", f"{self.look.size}\n"),
            ("proc/swaps", "Filename Type Size Used Priority\n"),
            ("proc/sys/kernel/core_pattern", "|/bin/false\n"),
        ):
            path = self.machine / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content)

    def _answers(self) -> str:
        anchors, urls = self.folder / "anchors", self.camera_urls()
        anchors.mkdir()
        for name in _ANCHORS:
            shutil.copy(self.keys / name, anchors)
        shutil.copytree(self.reader.trust, anchors / "csca")
        shutil.copytree(self.reader.service_trust, anchors / "service_csca")
        return _ANSWERS.format(
            site=SITE,
            panel=self.look.size,
            face=urls["face"],
            document=urls["document"],
            run=self.run,
            fleet=self.fleet.url,
            port=self.register_port,
            phone=self.phone_port,
            anchors=anchors,
        )

    def _lay_slip(self, code: str) -> None:
        """Lay the printed slip under the card camera."""
        printed = self.folder / "slip.png"
        segno.make(code, error="m").save(str(printed), scale=8, border=6)
        paper = cv2.imread(str(printed))
        assert paper is not None
        seen = np.full((720, 1280, 3), 120, np.uint8)
        (y, x), (height, width) = _SLIP_AT, paper.shape[:2]
        seen[y : y + height, x : x + width] = paper
        cv2.imwrite(str(printed), seen)
        ask(self.cameras, "show", camera="document", what=str(printed))

    def _provision(self, *words: str) -> None:
        """Run the program on the machine, and tell what it says as it says it.

        Raises:
            NotStarted: it did not end well.
        """
        root = ("--root", str(self.machine), "--key", "file")
        command = [sys.executable, "-m", "provisioning", *root, *words]
        environment = os.environ | self.reader.environment | {"PYTHONUNBUFFERED": "1"}
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
        ) as running:
            assert running.stdout is not None
            said = []
            for line in running.stdout:
                said.append(line)
                self._say(line.rstrip())
        if running.returncode != 0:
            raise NotStarted("provisioning: " + "".join(said))

    def _report_holds(self) -> None:
        """Hold the readiness report against the certificate, and keep it."""
        certificate = self.machine / "etc/kiosk/terminal.pem"
        signer = x509.load_pem_x509_certificate(certificate.read_bytes())
        for name in ("readiness.json", "readiness.pdf"):
            report = self.machine / "var/lib/kiosk-provisioning" / name
            verify_report(report.read_bytes(), signature_of(report).read_text(), signer)
            shutil.copy(report, self._out)

    def _as_tmpfiles_would(self) -> None:
        """Make the folders that the package makes when it is installed."""
        for name in ("var/lib/kiosk", "var/lib/kiosk-versions", "run/kiosk"):
            (self.machine / name).mkdir(parents=True, exist_ok=True)
