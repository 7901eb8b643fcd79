"""The fleet's server as a whole: check-ins by HTTP, a storm of them, its pages, its bytes.

Run by ``python -m benchmarks.fleet_http``. A server in a process of its own, reached as by its
proxy; every check-in is signed by its terminal and verified by the server. TLS is the proxy's and
is not in it. Clients run beside it on the same cores, so waiting is the worse for them.

An open loop at 333 a second is 10,000 terminals each half minute: waiting counts from when a
check-in was due, not from when it could be sent. Processor time is the server's and that of
PostgreSQL, from /proc. Limits: 300 ms of server time for a page over 10,000 terminals, and no
check-in lost in a storm of 10,000.
"""

import argparse
import asyncio
import contextlib
import json
import os
import random
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import msgspec
from cryptography.hazmat.primitives.serialization import Encoding

from benchmarks.check_in import databases
from fleet import sandbox
from fleet.migrations.upgrade import upgrade
from fleet.store.database import Database
from fleet.store.known import fingerprint
from fleet.store.tables import certificates, latest, sites, terminals
from kiosk.sync.signature import Signer
from tests.support.readings import HEAD, reading
from wire.checkin import CONTENT_TYPE, PATH, SIGNATURE_TAG, CheckIn

TERMINALS = 10_000
SIGNERS = 500
"""So many of them have keys; each speaks in turn."""
RATE, SECONDS = 333, 10
CONNECTIONS = 64
PAGE_LIMIT_MS = 300
A_DAY = 2880
BLANK = b"\r\n\r\n"
TOKEN = "a-token-of-at-least-24-letters"  # noqa: S105  (of this run alone)
_TICKS = os.sysconf("SC_CLK_TCK")
_AUTHORITY = "fleet"
_DISTRICTS = (
    "sha_tin",
    "islands",
    "north",
    "tai_po",
    "eastern",
    "southern",
    "wan_chai",
    "yuen_long",
)


@dataclass(frozen=True)
class Terminal:
    """Who signs, and how the proxy would show it."""

    signer: Signer
    header: str


def settle(database: Database) -> list[Terminal]:
    """Put 10,000 terminals that have been heard into the database; return those with keys."""
    authority = sandbox.authority("terminals")
    made, rows = [], []
    for number in range(1, SIGNERS + 1):
        identity = sandbox.issue(f"terminal-{number}", authority)
        der = identity.certificate.public_bytes(Encoding.DER)
        rows.append(
            {"fingerprint": fingerprint(der), "terminal": number, "der": der}
            | {"revoked": False, "change": number}
        )
        pem = identity.certificate.public_bytes(Encoding.PEM).decode()
        made.append(Terminal(Signer(identity.certificate, identity.key), urllib.parse.quote(pem)))
    now = int(time.time())
    told = msgspec.msgpack.encode(reading(1, at=now * 1000))
    with database.writing() as connection:
        connection.execute(
            sites.insert(),
            [
                {"id": f"site-{district}", "name_en": district, "name_zh": district}
                | {"district": district, "x": 1.0, "y": 1.0}
                | {"opens": 0, "closes": 1440, "days": 127}
                for district in _DISTRICTS
            ],
        )
        connection.execute(
            terminals.insert(),
            [
                {"number": n, "name": f"terminal-{n}", "site": f"site-{_DISTRICTS[n % 8]}"}
                for n in range(1, TERMINALS + 1)
            ],
        )
        connection.execute(certificates.insert(), rows)
        connection.execute(
            latest.insert(),
            [
                {"terminal": n, "sequence": 1, "at": now, "received_at": now, "reading": told}
                for n in range(1, TERMINALS + 1)
            ],
        )
    return made


def request_of(terminal: Terminal, sequence: int) -> bytes:
    """Return a whole check-in as bytes on the line, signed now."""
    body = msgspec.msgpack.encode(
        CheckIn((reading(sequence, at=int(time.time() * 1000)),), (), 0, HEAD)
    )
    url = f"https://{_AUTHORITY}{PATH}"
    fields = terminal.signer.sign(
        "POST", url, CONTENT_TYPE, body, created=int(time.time()), tag=SIGNATURE_TAG
    )
    head = {
        "Host": _AUTHORITY,
        "Content-Length": str(len(body)),
        "X-Client-Verify": "SUCCESS",
        "X-Client-Certificate": terminal.header,
    } | fields
    lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
    return f"POST {PATH} HTTP/1.1\r\n{lines}\r\n".encode() + body


class Lines:
    """Kept-alive connections to the server, each used by one request at a time."""

    def __init__(self, path: Path) -> None:
        self._path = str(path)
        self._free: asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = (
            asyncio.Queue()
        )

    async def open(self) -> None:
        """Connect."""
        for _ in range(CONNECTIONS):
            self._free.put_nowait(await asyncio.open_unix_connection(self._path))

    async def ask(self, request: bytes) -> int:
        """Send a request; return the status of its answer."""
        reader, writer = await self._free.get()
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = int(head.lower().partition("content-length: ")[2].partition("\r")[0])
        await reader.readexactly(length)
        self._free.put_nowait((reader, writer))
        return int(head.split(" ", 2)[1])


async def open_loop(path: Path, requests: list[bytes]) -> tuple[list[float], int]:
    """Send at RATE whatever the server does; return the waiting in ms, sorted, and the refused."""
    lines, waited, refused = Lines(path), list[float](), 0
    await lines.open()
    loop, chance, tasks = asyncio.get_running_loop(), random.Random(1), []

    async def one(request: bytes, due: float) -> None:
        nonlocal refused
        if await lines.ask(request) != 200:
            refused += 1
        waited.append((loop.time() - due) * 1000)

    due = loop.time()
    for request in requests:
        due += chance.expovariate(RATE)
        await asyncio.sleep(max(0.0, due - loop.time()))
        tasks.append(asyncio.create_task(one(request, due)))
    await asyncio.gather(*tasks)
    return sorted(waited), refused


async def storm(path: Path, requests: list[bytes]) -> tuple[float, dict[int, int]]:
    """Send all at once; return the seconds until every one is answered, and the statuses."""
    lines, statuses = Lines(path), dict[int, int]()
    await lines.open()
    began = time.monotonic()
    for status in await asyncio.gather(*(lines.ask(request) for request in requests)):
        statuses[status] = statuses.get(status, 0) + 1
    return time.monotonic() - began, statuses


def processor_s(pids: list[int]) -> float:
    """Return the processor time of processes so far; ended ones count nothing."""
    total = 0.0
    for pid in pids:
        with contextlib.suppress(OSError):
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            total += (int(fields[11]) + int(fields[12])) / _TICKS
    return total


def postgres_pids() -> list[int]:
    """Return the processes of PostgreSQL on this machine."""
    found = subprocess.run(["pgrep", "-x", "postgres"], capture_output=True, text=True, check=False)
    return [int(pid) for pid in found.stdout.split()]


@contextlib.contextmanager
def server(folder: Path, url: str) -> Iterator[tuple[int, Path, int]]:
    """Run a server; lend its process, its socket and the port of its console."""
    (folder / "console.token").write_text(TOKEN)
    (folder / "terminals").mkdir(exist_ok=True)
    path = folder / "s"
    flags = ["--data", str(folder), "--database", url, "--socket", str(path), "--console-port", "0"]
    process = subprocess.Popen(
        [sys.executable, "-m", "fleet", *flags], stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    try:
        ready = next(json.loads(line) for line in process.stderr if "fleet.ready" in line)
        yield process.pid, path, ready["console_port"]
    finally:
        process.terminate()
        process.communicate(timeout=60)


def pages(port: int, pid: int) -> dict[str, float]:
    """Return the median milliseconds of processor time that each page costs the server."""
    found = {}
    headers = {"Sec-Fetch-Site": "same-origin"}
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=60) as client:
        client.post("/sign-in", data={"token": TOKEN, "reason": "bench"})
        for path in (
            "/",
            "/terminals",
            "/terminals/terminal-7",
            "/statistics",
            "/commands",
            "/search?q=terminal",
        ):
            took = []
            for _ in range(11):
                used = processor_s([pid])
                assert client.get(path).status_code == 200
                took.append((processor_s([pid]) - used) * 1000)
            # The watch looks at all terminals now and then: the median leaves that out.
            found[path] = sorted(took)[5]
    return found


def kept(database: Database) -> str:
    """Return what a terminal's day comes to in the database, by the rows that there are now."""
    with database.reading() as connection:
        rows = connection.exec_driver_sql("SELECT COUNT(*) FROM readings").scalar_one()
        size = connection.exec_driver_sql(
            "SELECT SUM(pgsize) FROM dbstat WHERE name = 'readings'"
        ).scalar_one()
    return f"{size / rows:.0f} B a reading kept, {size / rows * A_DAY / 1e6:.2f} MB a day raw"


def main() -> None:
    """Print the figures of each database."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fleet_http", description=__doc__)
    parser.add_argument("--storm", type=int, default=10_000)
    asked = parser.parse_args()
    with databases() as each:
        for name, url in each:
            measured(name, url, asked.storm)


def measured(name: str, url: str, many: int) -> None:
    """Print the figures of one database."""
    database = Database(url)
    upgrade(database.engine)
    known = settle(database)
    folder = Path(database.engine.url.database or "").parent if database.is_sqlite else None
    folder = folder or Path(str(database.engine.url.query["host"])).parent
    with server(folder, url) as (pid, path, port):
        first = [request_of(known[n % SIGNERS], 2 + n // SIGNERS) for n in range(RATE * SECONDS)]
        pids = [pid, *([] if database.is_sqlite else postgres_pids())]
        used, began = processor_s(pids), time.monotonic()
        waited, refused = asyncio.run(open_loop(path, first))
        share = (processor_s(pids) - used) / (time.monotonic() - began)
        p50, p99 = waited[len(waited) // 2], waited[len(waited) * 99 // 100]
        print(
            f"{name}: {RATE}/s by HTTP: p50 {p50:.0f} ms, p99 {p99:.0f} ms, {share:.0%} of a core,"
        )
        print(f"  {refused} refused of {len(first)}; a pause is {30_000 / p99:.0f} times the p99")
        again = 2 + RATE * SECONDS // SIGNERS + 1
        all_ = [request_of(known[n % SIGNERS], again + n // SIGNERS) for n in range(many)]
        took, statuses = asyncio.run(storm(path, all_))
        print(f"  storm of {many}: {took:.1f} s, {many / took:.0f}/s, answers {statuses}")
        for page, ms in pages(port, pid).items():
            print(f"  {page}: {ms:.0f} ms, {ms / PAGE_LIMIT_MS:.2f} of the limit")
    if database.is_sqlite:
        line = len(all_[0]) - len(known[0].header) + 300
        print(f"  a terminal's day on the line: {line * A_DAY / 1e6:.1f} MB without TLS,")
        body = len(all_[0].partition(BLANK)[2])
        print(f"  of it readings {body * A_DAY / 1e6:.2f} MB; {kept(database)}")
    database.close()


if __name__ == "__main__":
    main()
