"""Starts a real fleet server on loopback, with or without nginx before it."""

import contextlib
import http.client
import json
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from fleet import sandbox
from fleet.release.sandbox import Sandbox
from fleet.rollout.plan import Plan
from fleet.store.database import Database
from kiosk.sync.signature import Signer
from kiosk.sync.transport import Identity, Patience, Transport
from wire.checkin import CONTENT_TYPE, PATH, SIGNATURE_TAG, CheckIn
from wire.signing import MachineKey

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("terminal-1", "terminal-2", "terminal-3")
NGINX = shutil.which("nginx") or "/usr/sbin/nginx"


@dataclass
class Terminal:
    """A terminal's identity, as files."""

    ca: Path
    certificate: Path
    key: Path
    machine: MachineKey | None = None

    def signer(self) -> Signer:
        """Return what signs in its name."""
        from kiosk.sync.signature import load_signer

        return load_signer(self.certificate, self.key, self.machine)


@dataclass
class RunningFleet:
    """A server in a process of its own."""

    data: Path
    process: subprocess.Popen[str]
    port: int
    database_url: str
    claim_port: int = 0
    lines: list[str] = field(default_factory=list)
    console_port: int = 0

    @property
    def url(self) -> str:
        """Return where terminals find it."""
        return f"https://127.0.0.1:{self.port}"

    def terminal(self, name: str = NAMES[0]) -> Terminal:
        """Return one of its terminals."""
        keys = self.data / "keys"
        return Terminal(self.data / "fleet_ca.pem", keys / f"{name}.pem", keys / f"{name}.key")

    def database(self) -> Database:
        """Return its database, to look into."""
        return Database(self.database_url)

    def transport(self, terminal: Terminal) -> Transport:
        """Return the terminal's way to the server."""
        identity = Identity(ca=terminal.ca, certificate=terminal.certificate, key=terminal.key)
        return Transport(self.url, identity, Patience())


def fields_of(url: str, signer: Signer, body: bytes, *, created: int) -> dict[str, str]:
    """Return the fields that a terminal sends with a check-in."""
    return signer.sign("POST", url + PATH, CONTENT_TYPE, body, created=created, tag=SIGNATURE_TAG)


def encoded(check_in: CheckIn) -> bytes:
    """Return a check-in as it travels."""
    return msgspec.msgpack.encode(check_in)


def post(
    port: int, body: bytes, fields: dict[str, str], *, shown: Terminal | None, ca: Path
) -> tuple[int, dict[str, Any]]:
    """Send `body` with the certificate of `shown`; return status and problem.

    Raises:
        OSError: the connection was refused or broken, by TLS too.
    """
    context = ssl.create_default_context(cafile=str(ca))
    if shown is not None:
        context.load_cert_chain(shown.certificate, shown.key)
    line = http.client.HTTPSConnection("127.0.0.1", port, context=context, timeout=20)
    with contextlib.closing(line):
        line.request("POST", PATH, body, fields)
        answer = line.getresponse()
        content = answer.read()
        problem: dict[str, Any] = {}
        if answer.headers.get_content_type() == "application/problem+json":
            problem = json.loads(content)
        return answer.status, problem


def make_data(folder: Path, names: Sequence[str] = NAMES) -> sandbox.Identity:
    """Make a server's data folder; return the authority of its terminals."""
    return sandbox.make(folder, names)


def let_it_roll_out(data: Path, made: Sandbox, plan: Plan) -> None:
    """Give a server the repository and its online key, and one plan for every rollout."""
    (data / "online.pem").write_bytes(made.online.private_bytes)
    public = made.online.public_key
    (data / "online.json").write_text(json.dumps({"keyid": public.keyid, **public.to_dict()}))
    waves = ", ".join(f"{{share = {one.share}, soak_s = {one.soak_s}}}" for one in plan.waves)
    limits = f"silent_after_s = {plan.silent_after_s}\nstalled_after_s = {plan.stalled_after_s}"
    kinds = "".join(
        f"[releases.plans.{kind}]\nwaves = [{waves}]\n{limits}\n"
        for kind in ("usual", "urgent", "back", "content")
    )
    (data / "fleet.toml").write_text(
        f'[releases]\nrepository = "{made.folder}"\nkey = "file2:{data / "online.pem"}"\n'
        f'public = "{data / "online.json"}"\n{kinds}'
    )


@contextlib.contextmanager
def running_fleet(
    data: Path,
    *,
    database: str = "",
    behind_nginx: bool = False,
    console: bool = False,
    ports: tuple[int, int] = (0, 0),
) -> Iterator[RunningFleet]:
    """Run a server until the block ends, on free ports or on those of terminals and claims."""
    unix = data / "fleet.sock"
    claims = data / "claims.sock"
    way = ["--port", str(ports[0]), "--claim-port", str(ports[1])]
    if behind_nginx:
        way = ["--socket", str(unix), "--claim-socket", str(claims)]
    way += ["--console-port", "0"] if console else []
    url = database or f"sqlite:///{data / 'fleet.db'}"
    process = subprocess.Popen(
        [sys.executable, "-m", "fleet", "--data", str(data), "--database", url, *way],
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        env={name: value for name, value in os.environ.items() if name != "JOURNAL_STREAM"},
    )
    ready = _ready(process)
    fleet = RunningFleet(
        data,
        process,
        ready["port"],
        url,
        claim_port=ready["claim_port"],
        console_port=ready.get("console_port", 0),
    )
    listener = threading.Thread(target=_listen, args=(process, fleet.lines))
    listener.start()
    try:
        with contextlib.ExitStack() as stack:
            if behind_nginx:
                nginx = _running_nginx(data, unix, claims, fleet.console_port)
                fleet.port, fleet.claim_port, fleet.console_port = stack.enter_context(nginx)
            yield fleet
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
    finally:
        process.kill()
        process.wait()
        listener.join()
        assert process.stderr is not None
        process.stderr.close()


def _listen(process: subprocess.Popen[str], lines: list[str]) -> None:
    assert process.stderr is not None
    lines.extend(process.stderr)


def _ready(process: subprocess.Popen[str]) -> dict[str, Any]:
    assert process.stderr is not None
    said = []
    for line in process.stderr:
        said.append(line)
        if '"fleet.ready"' in line:
            ready: dict[str, Any] = json.loads(line)
            return ready
    raise AssertionError("the fleet's server did not start: " + "".join(said))


@contextlib.contextmanager
def _running_nginx(
    data: Path, unix: Path, claims: Path, console: int
) -> Iterator[tuple[int, int, int]]:
    """Run nginx with the configuration that is shipped, its paths and ports moved here."""
    with (
        socket.create_server(("127.0.0.1", 0)) as one,
        socket.create_server(("127.0.0.1", 0)) as other,
        socket.create_server(("127.0.0.1", 0)) as third,
    ):
        port: int = one.getsockname()[1]
        claim_port: int = other.getsockname()[1]
        console_port: int = third.getsockname()[1]
    for kind in ("pem", "key"):
        # On one machine under test, one certificate serves all.
        shutil.copy(data / f"fleet.{kind}", data / f"console.{kind}")
    shipped = (ROOT / "packaging" / "fleet" / "nginx.conf").read_text()
    moved = (
        shipped.replace("/run/fleet/fleet.sock", str(unix))
        .replace("/run/fleet/claims.sock", str(claims))
        .replace("/etc/fleet/", f"{data}/")
        .replace("listen 8443", f"listen 127.0.0.1:{port}")
        .replace("listen 8444", f"listen 127.0.0.1:{claim_port}")
        .replace("listen 443", f"listen 127.0.0.1:{console_port}")
        .replace("http://127.0.0.1:8080", f"http://127.0.0.1:{console or 8080}")
        .replace("\nevents {", f"\nuser root;\npid {data}/nginx.pid;\nevents {{")
    )
    configuration = data / "nginx.conf"
    configuration.write_text(moved)
    command = [NGINX, "-c", str(configuration), "-e", str(data / "nginx.log")]
    process = subprocess.Popen([*command, "-g", "daemon off;"])
    try:
        _until_answers(port, process)
        yield port, claim_port, console_port if console else 0
    finally:
        process.terminate()
        process.wait(20)


def _until_answers(port: int, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            continue
        return
    raise AssertionError("nginx did not start")
