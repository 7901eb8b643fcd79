"""What updates cost: a look that finds nothing, a switch, the time out of service, the server.

Run by ``python -m benchmarks.updates``. Server, TLS with both sides' certificates, client and slots
are the real ones, on loopback, each look on a connection of its own as after five minutes. How long
a whole terminal is out of service is `benchmarks.full_update`'s to measure.

Peers, each in the same run: a bare HTTPS GET of the smallest file (a look); nothing but a link
replaced and synced (a switch); the same program started without it (the launcher); a bare read of
the same rows (a look of the fleet at a rollout); nginx that gives the same files behind the same
TLS (the server). Bytes are counted on the line, both ways, TLS included.
"""

import contextlib
import http.client
import json
import os
import socket
import ssl
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

import msgspec

from fleet.migrations.upgrade import upgrade
from fleet.release.sandbox import Sandbox
from fleet.rollout.plan import Plan
from fleet.store.database import Database
from fleet.store.reading_back import places, present
from fleet.store.tables import latest, terminals
from fleet.waves.book import Rollouts, Wanted
from fleet.waves.leading import Leading
from kiosk.durable import synced
from kiosk.update.client import Client
from kiosk.update.transport import Identity, Transport
from kiosk.update.versions import Versions
from tests.support.fleet_server import (
    NGINX,
    RunningFleet,
    let_it_roll_out,
    make_data,
    running_fleet,
)
from tests.support.readings import reading
from tests.support.releases import release
from tests.support.rollouts import APPROVER, SIGNER
from tests.support.signed import signed_release
from wire.rollout import UPDATES_PATH, Artifact, Kind

LOOKS, SWITCHES, STARTS, POLLS = 20, 20, 6, 150
TERMINALS, EVERY_S = 10_000, 300
LOOK_EVERY_S = 10
_NUMBERS = range(1, TERMINALS + 1)
_TICKS = os.sysconf("SC_CLK_TCK")
_PROGRAM = b"import time; print(time.time())\n"


@dataclass
class Line:
    """A relay that counts what passes."""

    port: int
    bytes: int = 0
    listener: socket.socket = field(init=False)

    def __enter__(self) -> Self:
        self.listener = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._take, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.listener.close()

    def _take(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                caller, _ = self.listener.accept()
                server = socket.create_connection(("127.0.0.1", self.port))
                for one, other in ((caller, server), (server, caller)):
                    threading.Thread(target=self._pass, args=(one, other), daemon=True).start()

    def _pass(self, one: socket.socket, other: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while piece := one.recv(1 << 16):
                self.bytes += len(piece)
                other.sendall(piece)
            other.shutdown(socket.SHUT_WR)


def median_ms(what: Callable[[], object], times: int) -> float:
    """Return the median time of doing something."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        what()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)


def processor_s(pid: int) -> float:
    """Return the processor time of a process and of its children, so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    own = (int(fields[11]) + int(fields[12])) / _TICKS
    children = subprocess.run(
        ["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False
    )
    return own + sum(processor_s(int(one)) for one in children.stdout.split())


class Terminal:
    """One that looks for releases."""

    def __init__(self, folder: Path, fleet: RunningFleet, root: bytes) -> None:
        known = fleet.terminal()
        self._identity = Identity(known.ca, known.certificate, known.key)
        self._folder, self._root = folder, root
        self.context = ssl.create_default_context(cafile=str(known.ca))
        self.context.load_cert_chain(known.certificate, known.key)

    def look(self, port: int) -> None:
        """Look for releases of every kind, and find what is known."""
        transport = Transport(self._identity, bytes_per_s=1e9)
        url = f"https://127.0.0.1:{port}{UPDATES_PATH}"
        client = Client(self._folder, url, self._root, transport, datetime.now(UTC))
        client.refresh()
        assert [kind for kind in Kind if client.rollout(kind) is not None] == [Kind.APP]
        transport.close()

    def get(self, port: int, path: str = "/metadata/timestamp.json") -> None:
        """Fetch one small file, believing whatever comes."""
        line = http.client.HTTPSConnection("127.0.0.1", port, context=self.context, timeout=30)
        with contextlib.closing(line):
            line.request("GET", UPDATES_PATH + path)
            assert line.getresponse().read()


def a_look(fleet: RunningFleet, terminal: Terminal) -> dict[str, float]:
    """Measure a look that finds nothing new."""
    terminal.look(fleet.port)
    with Line(fleet.port) as ours, Line(fleet.port) as peer:
        ours_port, peer_port = (line.listener.getsockname()[1] for line in (ours, peer))
        look_ms = median_ms(lambda: terminal.look(ours_port), LOOKS)
        get_ms = median_ms(lambda: terminal.get(peer_port), LOOKS)
        each, bare = ours.bytes / LOOKS, peer.bytes / LOOKS
    return {
        "look_ms": look_ms, "look_bytes": each, "bare_get_ms": get_ms, "bare_get_bytes": bare,
        "ratio_ms": look_ms / get_ms, "ratio_bytes": each / bare,
    }  # fmt: skip


def a_switch(folder: Path) -> dict[str, float]:
    """Measure what the launcher does before it becomes another version."""
    versions = Versions(folder)
    versions.found(release("1.0.0"), "1.0.0")
    taken, bare = [], []
    for number in range(SWITCHES):
        version = f"1.1.{number}"
        versions.add(release(version), version)
        began = time.perf_counter()
        assert versions.start().version == version
        taken.append((time.perf_counter() - began) * 1000)
        versions.confirm(version)
        bare.append(median_ms(lambda: _bare_link(folder), 1))
    ours, peer = statistics.median(taken), statistics.median(bare)
    return {"switch_ms": ours, "bare_link_ms": peer, "ratio": ours / peer}


def _bare_link(folder: Path) -> None:
    link = folder / "bare.new"
    link.symlink_to("versions")
    link.replace(folder / "bare")
    synced(folder)


def the_launcher(folder: Path) -> dict[str, float]:
    """Measure until a program's first line, with the launcher before it and without."""
    versions = Versions(folder)
    versions.found(release("1.0.0", {"program.py": _PROGRAM}), "1.0.0")
    launcher = ["kiosk.update.launcher", "--versions", str(folder), "--", "program"]
    environment = {**os.environ, "PYTHONPATH": f"{Path.cwd()}:{versions.tree('1.0.0')}"}

    def first_line(*words: str) -> None:
        command = [sys.executable, "-m", *words]
        subprocess.run(command, env=environment, capture_output=True, check=True)

    ours = median_ms(lambda: first_line(*launcher), STARTS)
    peer = median_ms(lambda: first_line("program"), STARTS)
    return {
        "launched_ms": ours,
        "bare_start_ms": peer,
        "added_ms": ours - peer,
        "ratio": ours / peer,
    }


@contextlib.contextmanager
def nginx(folder: Path, data: Path, repository: Path) -> Iterator[tuple[int, int]]:
    """Let nginx give the repository's files; yield its port and process."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    configuration = folder / "nginx.conf"
    configuration.write_text(
        f"user root; worker_processes 1; pid {folder}/nginx.pid; events {{}}\n"
        f"http {{ access_log off; server {{ listen 127.0.0.1:{port} ssl;\n"
        f"ssl_certificate {data}/fleet.pem; ssl_certificate_key {data}/fleet.key;\n"
        f"ssl_client_certificate {data}/terminal_ca.pem; ssl_verify_client on;\n"
        f"location {UPDATES_PATH}/ {{ alias {repository}/; }} }} }}\n"
    )
    command = [NGINX, "-c", str(configuration), "-e", str(folder / "log"), "-g", "daemon off;"]
    process = subprocess.Popen(command)
    try:
        while True:
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(20)


def the_server(
    fleet: RunningFleet, terminal: Terminal, folder: Path, repository: Path
) -> dict[str, float]:
    """Measure the server's processor time for a look of each of ten thousand terminals."""

    def cost_s(port: int, pid: int) -> float:
        before = processor_s(pid)
        for _ in range(POLLS):
            terminal.get(port)
        return (processor_s(pid) - before) / POLLS

    ours = cost_s(fleet.port, fleet.process.pid)
    with nginx(folder, fleet.data, repository) as (port, pid):
        peer = cost_s(port, pid)
    rate = TERMINALS / EVERY_S
    return {
        "server_ms_a_look": ours * 1000, "nginx_ms_a_look": peer * 1000,
        "core_share_of_10000": ours * rate, "nginx_core_share_of_10000": peer * rate,
        "ratio": ours / max(peer, 1e-4),
    }  # fmt: skip


def main() -> None:
    """Print the figures, one JSON object for each."""
    with tempfile.TemporaryDirectory(prefix="updates-") as place:
        folder = Path(place)
        made = Sandbox(folder / "repository", lambda: datetime.now(UTC))
        artifact = signed_release(made, folder, "1.1.0")
        make_data(folder / "fleet")
        print(json.dumps({"what": "switch"} | a_switch(folder / "switch")))
        print(json.dumps({"what": "leading 10000"} | leading(folder)))
        print(json.dumps({"what": "launcher"} | the_launcher(folder / "out")))
        let_it_roll_out(folder / "fleet", made, Plan())
        with running_fleet(folder / "fleet") as fleet:
            begin(fleet, artifact)
            while not made.repository.rollouts():
                time.sleep(0.2)
            terminal = Terminal(folder / "terminal", fleet, made.root)
            print(json.dumps({"what": "look"} | a_look(fleet, terminal)))
            print(json.dumps({"what": "server"} | the_server(fleet, terminal, folder, made.folder)))


def leading(folder: Path) -> dict[str, float]:
    """Measure one look of the fleet at a rollout to ten thousand terminals."""
    with contextlib.closing(Database(f"sqlite:///{folder / 'leading.db'}")) as database:
        upgrade(database.engine)
        now = int(time.time())
        told = msgspec.msgpack.encode(reading(1, at=now * 1000))
        names = [{"number": n, "name": f"t-{n}", "model": f"k{n % 3}"} for n in _NUMBERS]
        here = {"sequence": 1, "at": now, "received_at": now, "reading": told}
        with database.writing() as connection:
            connection.execute(terminals.insert(), names)
            connection.execute(latest.insert(), [{"terminal": n} | here for n in _NUMBERS])
        book, leads = Rollouts(database), Leading(database)
        wanted = Wanted(artifact=Artifact(Kind.APP, "1.1.0", "0" * 64, 1), plan=Plan(), reason="x")
        book.approve(book.ask(wanted, by=SIGNER, now=now), by=APPROVER, now=now)
        everything = places(database), present(database)
        first = median_ms(lambda: leads.look(*everything, float(now)), 1)
        look = median_ms(lambda: leads.look(*everything, float(now)), 5)
        peer = median_ms(lambda: book.members(1), 5)
    return {"first_ms": first, "look_ms": look, "bare_read_ms": peer, "ratio": look / peer,
            "share_of_a_core": look / 1000 / LOOK_EVERY_S}  # fmt: skip


def begin(fleet: RunningFleet, artifact: Artifact) -> None:
    """Let two people begin a rollout."""
    with contextlib.closing(fleet.database()) as database:
        book, now = Rollouts(database), int(time.time())
        number = book.ask(Wanted(artifact=artifact, plan=Plan(), reason="x"), by=SIGNER, now=now)
        book.approve(number, by=APPROVER, now=now)


if __name__ == "__main__":
    main()
