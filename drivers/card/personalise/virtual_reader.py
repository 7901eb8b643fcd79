"""pcscd with a virtual reader and our cards, in namespaces of their own.

vpcd listens on every address, so it gets a network of its own; pcscd has one fixed
socket, so a private folder is mounted over it: several can run at once, and a real
pcscd of the machine is never disturbed. Clients find it by PCSCLITE_CSOCK_NAME.

Rule 1: only pcscd runs as root; the card's process is the caller's, and its files too.
Rule 2: all of it ends when the caller lets go of the pipe, also by dying.
"""

import contextlib
import os
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from drivers.admin import AdminRefused, ask
from drivers.card.personalise.service import PIN

READER_NAME, SECOND_READER = "Virtual PCD 00 00", "Virtual PCD 00 01"
_DRIVERS = Path("/usr/lib/pcsc/drivers/serial/libifdvpcd.so")
_PROJECT = Path(__file__).resolve().parents[3]
_START_S = 15.0
_STOP_S = 5.0
_CONFIG = """FRIENDLYNAME "Virtual PCD"
DEVICENAME /dev/null:0x8C7B
LIBPATH {library}
CHANNELID 0x8C7B
"""
_SCRIPT = """
trap '' INT
PATH=$PATH:/usr/sbin:/sbin
mkdir -p /run/pcscd
mount --bind {runtime} /run/pcscd
ip link set lo up
while :; do
  pcscd --foreground --config {config} </dev/null >>{log} 2>&1 || true
  sleep 0.1
done &
cd {project}
exec setpriv --reuid {user} --regid {group} --clear-groups \\
  {python} -m drivers.card.personalise.serve \\
  --admin {admin} --trust {trust} --service-trust {service_trust} {holder}
"""
"""The first process of its namespace: when the card's process ends, the kernel ends pcscd."""


class NoVirtualReader(Exception):
    """This machine cannot run one; the message says what is missing."""


def why_not() -> str:
    """Return what is missing for a virtual reader here, or an empty text."""
    for program in ("pcscd", "unshare", "setpriv", "ip"):
        if shutil.which(program, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin") is None:
            return f"{program} is not installed"
    if not _library():
        return "vsmartcard-vpcd is not installed"
    if os.geteuid() != 0 and not _may_become_root():
        return "neither root nor sudo without a password"
    return ""


def _may_become_root() -> bool:
    try:
        asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    except FileNotFoundError:
        return False
    return asked.returncode == 0


def _as_root() -> list[str]:
    return [] if os.geteuid() == 0 else ["sudo", "-n"]


def _library() -> Path | None:
    found = [_DRIVERS, *Path("/usr/lib").glob("**/libifdvpcd.so")]
    return next((path for path in found if path.exists()), None)


class VirtualReader:
    """A context manager: in the block the reader is there."""

    def __init__(self, folder: Path, *, portrait: Path, person: Path | None = None) -> None:
        """Prepare; `folder` is for sockets, trust and logs, and must be short and ours."""
        self._folder = folder = folder.resolve()
        self._holder = ["--portrait", portrait.resolve()]
        self._holder += ["--person", person.resolve()] if person else []
        self.runtime = folder / "pcscd"
        self.admin = folder / "card.sock"
        self.trust = folder / "csca"
        self.service_trust = folder / "service_csca"
        self.reader_name = READER_NAME
        self.environment = {"PCSCLITE_CSOCK_NAME": str(self.runtime / "pcscd.comm")}
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        """Start both and wait until a card could be put down.

        Raises:
            NoVirtualReader: something is missing, or it did not start.
        """
        reason = why_not()
        if reason:
            raise NoVirtualReader(reason)
        self.runtime.mkdir(parents=True, exist_ok=True)
        config = self._folder / "reader.conf.d"
        config.mkdir(exist_ok=True)
        (config / "vpcd").write_text(_CONFIG.format(library=_library()))
        parts = {
            "runtime": self.runtime,
            "config": config,
            "log": self._folder / "pcscd.log",
            "project": _PROJECT,
            "user": os.getuid(),
            "group": os.getgid(),
            "python": sys.executable,
            "admin": self.admin,
            "trust": self.trust,
            "service_trust": self.service_trust,
        }
        quoted = {name: shlex.quote(str(part)) for name, part in parts.items()}
        script = _SCRIPT.format(**quoted, holder=shlex.join(map(str, self._holder)))
        command = [
            "unshare",
            "--net",
            "--mount",
            "--pid",
            "--fork",
            "--kill-child",
            "sh",
            "-ec",
            script,
        ]
        self._process = subprocess.Popen([*_as_root(), *command], stdin=subprocess.PIPE)
        self._wait()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process is None:
            return
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            self._process.wait(_STOP_S)
        except subprocess.TimeoutExpired:
            # unshare passes no other signal on; --kill-child takes the rest with it.
            self._process.kill()
            self._process.wait()

    def insert(
        self,
        fault: str = "none",
        card: dict[str, Any] | None = None,
        *,
        slot: int = 0,
        person: Path | None = None,
    ) -> None:
        """Put a card down in one of two slots; `card` says how it is made, see `spec.Spec`.

        `person` is the TOML of its holder, in the place of the reader's own.
        """
        holder = str(person.resolve()) if person else ""
        ask(self.admin, "insert", fault=fault, card=card, slot=slot, holder=holder)

    def insert_service(self, fault: str = "none", *, pin: str = PIN) -> None:
        """Put a service card down."""
        ask(self.admin, "insert_service", fault=fault, pin=pin)

    def remove(self, *, slot: int = 0) -> None:
        """Take the card away."""
        ask(self.admin, "remove", slot=slot)

    def kill_service(self) -> None:
        """Kill pcscd; it is started again at once, and knows of no card."""
        config = str(self._folder / "reader.conf.d").encode()
        for entry in Path("/proc").glob("[0-9]*/cmdline"):
            with contextlib.suppress(OSError):
                words = entry.read_bytes().split(b"\0")
                if words[0] == b"pcscd" and config in words:
                    subprocess.run([*_as_root(), "kill", "-KILL", entry.parent.name], check=False)

    def _wait(self) -> None:
        """Wait until pcscd serves and a card process answers."""
        assert self._process is not None
        deadline = time.monotonic() + _START_S
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                ask(self.admin, "state")
            except (OSError, AdminRefused):
                time.sleep(0.05)
                continue
            if (self.runtime / "pcscd.comm").exists():
                return
            time.sleep(0.05)
        log = self._folder / "pcscd.log"
        self.__exit__(None, None, None)
        raise NoVirtualReader(f"did not start: {log.read_text() if log.exists() else 'no log'}")
