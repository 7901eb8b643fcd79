"""Start a whole terminal with simulated devices and a register, all on loopback.

For the demo and the journey tests; never shipped. Every program is the real one, in a
process of its own; only devices are simulated, behind the drivers that run a real
terminal.
"""

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from drivers.admin import AdminRefused, ask
from drivers.card.personalise.virtual_reader import VirtualReader
from kiosk.session import forgetful

TERMINAL = "terminal-17"
_START_S = 40.0
_STOP_S = 10.0
_LOOK_S = 0.05

_SETTINGS = """
[terminal]
id = "{terminal}"
language = "zh_HK"
[paths]
state = "{state}"
outbox = "{state}/outbox.db"
versions = "{state}/versions"
content = "{state}/content"
screens = "{run}/screens.sock"
[devices]
trust = "{run}/csca"
service_trust = "{run}/service_csca"
face_camera = "{face}"
document_camera = "{document}"
printer = "{run}/printer"
lights = "{run}/lights"
document_lag_ms = 120
[register]
phone_url = "{phone}"
url = "https://127.0.0.1:{port}"
ca = "{keys}/register_ca.pem"
certificate = "{keys}/terminal.pem"
key = "{keys}/terminal.key"
seal_key = "{keys}/seal_public.bin"
receipt_key = "{keys}/receipt_public.pem"
answer_s = 2
[limits]
wait_register_s = {wait_register_s}
[timeouts]
factor = {patience}
"""


class NotStarted(Exception):
    """A program did not come up; the message names it and its log."""


@dataclass(frozen=True, slots=True)
class Look:
    """How the screens are shown."""

    size: str = "1080x1920"
    panel_mm: str = "268x476"
    headless: bool = True
    wait_register_s: float = 6.0
    patience: float = 1.0
    """Every time-out of the screens is multiplied by this."""


def until(what: Callable[[], Any], *, within_s: float = _START_S, name: str = "") -> Any:
    """Return the first true answer of `what`.

    Raises:
        NotStarted: none came in time.
    """
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        try:
            answer = what()
        except (OSError, AdminRefused):
            answer = None
        if answer:
            return answer
        time.sleep(_LOOK_S)
    raise NotStarted(f"{name or what} was not there after {within_s:.0f} s")


class Stage:
    """A context manager: in the block every program runs.

    A terminal that came about in another way overrides `prepare` and `settle`.
    """

    def __init__(self, folder: Path, pictures: Path, look: Look) -> None:
        """Prepare.

        Args:
            folder: for logs, keys, state and printed receipts; made anew.
            pictures: of `drivers.camera.pictures` and `drivers.card.personalise.print.stills`.
            look: how the screens are shown.
        """
        self.folder = folder
        self.pictures = pictures.resolve()
        self.look = look
        self.run = folder / "run"
        self.state = folder / "state"
        self.keys = folder / "register"
        self.logs = folder / "logs"
        self.roll = folder / "roll"
        self.cameras = self.run / "cameras.sock"
        self.printer = self.run / "printer.sock"
        self.robot = self.run / "robot.sock"
        self.screens = self.run / "screens.sock"
        self.lent: dict[str, str] = {}
        """What systemd would add to the environment of whoever has a network."""
        self.searched = [self.state, self.logs, self.run]
        """Where nothing of a citizen may remain."""
        self.reader = VirtualReader(self.run, portrait=self.pictures / "holder_chip.jpg")
        self.register_port = 0
        self.phone_port = 0
        self._stack = ExitStack()
        self._programs: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Self:
        """Start everything, registers first and screens last.

        Raises:
            NotStarted: a program did not come up.
            NoVirtualReader: this machine cannot run one.
        """
        for path in (self.run, self.state, self.keys, self.logs, self.roll):
            path.mkdir(parents=True, exist_ok=True)
        with self._stack as starting:
            self.prepare()
            self.start_register()
            self._start_devices()
            self._start_terminal(self.settle())
            # All of it stands: from now on it ends with the block.
            self._stack = starting.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    def log(self, name: str) -> str:
        """Return what a program has said so far."""
        path = self.logs / f"{name}.log"
        return path.read_text() if path.exists() else ""

    def pid(self, name: str) -> int:
        """Return a program's process id."""
        return self._programs[name].pid

    def child_of(self, name: str, module: str) -> int:
        """Return the process id of a program's oldest child that runs `module`.

        Raises:
            NotStarted: it has none.
        """
        parent = str(self.pid(name))
        found = []
        for status in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):
                after_name = status.read_text().rpartition(")")[2].split()
                command = (status.parent / "cmdline").read_bytes().split(b"\0")
                if after_name[1] == parent and module.encode() in command:
                    found.append((int(after_name[19]), int(status.parent.name)))
        if not found:
            raise NotStarted(f"{name} has no child {module}")
        return min(found)[1]

    def start(
        self,
        name: str,
        module: str,
        *arguments: object,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """Start ``python -m module``; it ends with the stage."""
        log = (self.logs / f"{name}.log").open("ab")
        command = [sys.executable, "-m", module, *(str(argument) for argument in arguments)]
        plain = {
            k: v for k, v in os.environ.items() if k not in {"JOURNAL_STREAM", "NOTIFY_SOCKET"}
        }
        process = subprocess.Popen(
            command, stdout=log, stderr=log, env=plain | dict(environment or {})
        )
        log.close()
        self._programs[name] = process
        self._stack.callback(self.stop, name)

    def stop(self, name: str) -> None:
        """End a program; it has a while to close in good order."""
        process = self._programs.pop(name, None)
        if process is None:
            return
        process.terminate()
        try:
            process.wait(_STOP_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def start_register(self, *, module: str = "enrolment", faults: Sequence[str] = ()) -> None:
        """Start the register, or the one that misbehaves, on the same ports as before."""
        ports = ("--port", self.register_port, "--phone-port", self.phone_port)
        before = len(self.log("register"))
        self.start("register", module, "--data", self.keys, *ports, *faults)
        ready = until(lambda: _ready(self.log("register")[before:]), name="the register")
        self.register_port, self.phone_port = ready["port"], ready["phone_port"]

    def prepare(self) -> None:
        """Make what the register needs before it starts, in `keys`."""
        sandbox = [sys.executable, "-m", "enrolment.sandbox", "--to", str(self.keys)]
        subprocess.run([*sandbox, "--terminal", TERMINAL], check=True, capture_output=True)

    def settle(self) -> Path:
        """Write the terminal's settings, once register and devices are there; return where."""
        urls = self.camera_urls()
        settings = self.run / "terminal.toml"
        text = _SETTINGS.format(
            terminal=TERMINAL,
            state=self.state,
            run=self.run,
            face=urls["face"],
            document=urls["document"],
            phone=f"http://127.0.0.1:{self.phone_port}",
            port=self.register_port,
            keys=self.keys,
            wait_register_s=self.look.wait_register_s,
            patience=self.look.patience,
        )
        settings.write_text(text)
        return settings

    def camera_urls(self) -> dict[str, str]:
        """Return where each camera is read."""
        urls: dict[str, str] = until(lambda: ask(self.cameras, "urls"), name="the cameras")
        return urls

    def _start_devices(self) -> None:
        self._stack.enter_context(self.reader)
        lights = ("--lights", self.run / "lights")
        self.start("cameras", "drivers.camera.serve", "--admin", self.cameras, *lights)
        port = ("--link", self.run / "printer", "--roll", self.roll)
        self.start("printer", "drivers.printer.serve", "--admin", self.printer, *port)
        until(lambda: ask(self.printer, "state"), name="the printer")

    def _start_terminal(self, settings: Path) -> None:
        environment = self.reader.environment
        self.start("engine", "kiosk", "--settings", settings, environment=environment)
        until(lambda: "READY=1" in self.log("engine"), name="the engine")
        self.start("sync", "kiosk.sync", "--settings", settings, environment=self.lent)
        self.start_screens()

    def start_screens(self) -> None:
        """Start the screens, with a robot's finger beside the citizen's."""
        size = ("--size", self.look.size, "--panel-mm", self.look.panel_mm)
        window = () if self.look.headless else ("--windowed",)
        platform = {"QT_QPA_PLATFORM": "offscreen"} if self.look.headless else {}
        # What Qt frees of a citizen is overwritten, as in the engine.
        platform |= forgetful.ENVIRONMENT
        self.start(
            "screens",
            "ui.dev",
            *("--engine", self.screens, "--robot", self.robot, *size, *window),
            environment=platform,
        )


def _ready(said: str) -> dict[str, Any] | None:
    """Return the register's own line about its ports, once it is there."""
    for line in said.splitlines():
        if '"register.ready"' in line:
            answer: dict[str, Any] = json.loads(line)
            return answer
    return None
