"""Durable PUTs of the register, many to a commit, against one commit for each request.

Peer: the same register with ``commit_together = 1``, in the same run, on the same disk. Both
answer only when the record is durable (SQLite synchronous=FULL, PostgreSQL fsync on). Counted
is the CPU time of the register and of PostgreSQL, from /proc.

Twice: over mutual TLS and HTTP, with clients beside it on the same cores; and from the request
on (open, decide, sign, store), which is what sharing a commit can change.

``python -m benchmarks.register_put [--records 400] [--json]``
"""

import argparse
import contextlib
import http.client
import json
import os
import secrets
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import msgspec

from enrolment.__main__ import open_register
from enrolment.intake import Envelope, Refusal
from enrolment.matching import PlausibilityMatching, has_right_check_digit
from enrolment.signatures import Stated
from kiosk.session.seal import seal
from tests.support.enrolment_records import TERMINAL, record
from tests.support.postgres import Cluster, running_cluster
from tests.support.register import make_data, running_register, signer
from tests.support.requests_of_terminals import client_context
from wire.record import CONTENT_TYPE, KEY_ID_HEADER, SUITE, SUITE_HEADER, key_id
from wire.signature import content_digest
from wire.trail_head import HEADER as TRAIL_HEADER
from wire.trail_head import NO_TRAIL

CLIENTS = 16
INSIDE = 64
PICTURE_BYTES = 40_000
_TICKS_S = os.sysconf("SC_CLK_TCK")
_AFTER_NAME = 2
_USER, _CHILDREN_END = 11, 15
"""Fields of /proc/PID/stat after the name: utime, stime, cutime, cstime."""


@dataclass(frozen=True)
class Request:
    """One signed PUT."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Figures:
    """What one way of committing came to."""

    per_s: float
    per_core_s: float
    """Records for each second of CPU time, register and database together."""


def plausible(number: int) -> str:
    """Return an identity card number with its check digit."""
    candidates = (f"A{number:06}({check})" for check in "0123456789A")
    return next(filter(has_right_check_digit, candidates))


def requests(data: Path, host: str, count: int) -> list[Request]:
    """Return signed requests, each of another record."""
    public = (data / "seal_public.bin").read_bytes()
    signs = signer(data)
    made = []
    for _ in range(count):
        content = msgspec.structs.replace(
            record(),
            number=plausible(secrets.randbelow(10**6)),
            portrait=secrets.token_bytes(PICTURE_BYTES),
            photo=secrets.token_bytes(PICTURE_BYTES),
        )
        body = seal(content, register_key=public, terminal=TERMINAL)
        headers = {
            "Content-Type": CONTENT_TYPE,
            "Content-Digest": content_digest(body),
            SUITE_HEADER: SUITE,
            KEY_ID_HEADER: key_id(public),
            TRAIL_HEADER: str(NO_TRAIL),
        }
        path = f"/v1/enrolments/{content.record_id}"
        headers |= signs.sign("PUT", f"https://{host}{path}", headers)
        made.append(Request(path, headers, body))
    return made


def cpu_s(process_ids: list[int]) -> float:
    """Return the CPU time of processes and of their children, dead and alive."""
    spent = 0
    for process_id in process_ids:
        spent += _ticks(process_id)
        children = Path(f"/proc/{process_id}/task/{process_id}/children").read_text().split()
        for child in map(int, children):
            with contextlib.suppress(FileNotFoundError):
                spent += _ticks(child)
    return spent / _TICKS_S


def _ticks(process_id: int) -> int:
    fields = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[_AFTER_NAME].split()
    return sum(map(int, fields[_USER:_CHILDREN_END]))


def measure(data: Path, database: str, owner: list[int], *, count: int) -> Figures:
    """Put `count` records from CLIENTS connections."""
    with running_register(data, more=("--database", database)) as register:
        host = f"127.0.0.1:{register.port}"
        # One handshake and one statement each before the clock starts.
        waiting = [requests(data, host, count // CLIENTS + 1) for _ in range(CLIENTS)]
        lines = [http.client.HTTPSConnection(host, context=client_context(data)) for _ in waiting]

        def put(line: http.client.HTTPSConnection, request: Request) -> None:
            line.request("PUT", request.path, request.body, request.headers)
            answer = line.getresponse()
            answer.read()
            if answer.status != http.client.CREATED:
                raise RuntimeError(f"the register answered {answer.status}")

        def run(line: http.client.HTTPSConnection, mine: list[Request]) -> None:
            for request in mine:
                put(line, request)

        with ThreadPoolExecutor(CLIENTS) as threads:
            list(threads.map(lambda line, mine: put(line, mine.pop()), lines, waiting))
            measured = [register.process.pid, *owner]
            cpu, began = cpu_s(measured), time.perf_counter()
            list(threads.map(run, lines, waiting))
            took, spent = time.perf_counter() - began, cpu_s(measured) - cpu
        done = CLIENTS * (count // CLIENTS)
    return Figures(done / took, done / spent)


def measure_inside(data: Path, database: str, owner: list[int], *, count: int) -> Figures:
    """Hand `count` records to the register from INSIDE threads, without a network."""
    register = open_register(data, database=database, matching=PlausibilityMatching())
    waiting = requests(data, "localhost", count + INSIDE)

    def take(request: Request) -> None:
        envelope = Envelope(
            terminal=TERMINAL,
            record_id=request.path.rpartition("/")[2],
            content_type=CONTENT_TYPE,
            content_length=len(request.body),
            content_digest=request.headers["Content-Digest"],
            suite=SUITE,
            key_id=request.headers[KEY_ID_HEADER],
        )
        outcome = register.take(envelope, request.body, Stated(0, "0" * 64, secrets.token_hex(16)))
        refused = outcome.code if isinstance(outcome, Refusal) else ""
        if refused:
            raise RuntimeError(refused)

    with ThreadPoolExecutor(INSIDE) as threads:
        list(threads.map(take, waiting[:INSIDE]))
        cpu, began = cpu_s(owner) + time.process_time(), time.perf_counter()
        list(threads.map(take, waiting[INSIDE:]))
        took = time.perf_counter() - began
        spent = cpu_s(owner) + time.process_time() - cpu
    register.close()
    return Figures(count / took, count / spent)


def databases(folder: Path, postgres: Cluster) -> Iterator[tuple[str, str, list[int]]]:
    """Return name, URL and processes of a fresh database of each kind."""
    yield "SQLite", f"sqlite:///{folder / secrets.token_hex(4)}.db", []
    yield "PostgreSQL", postgres.new_database(), [postgres.process_id]


def main() -> int:
    """Measure and print."""
    flags = argparse.ArgumentParser(description=__doc__)
    flags.add_argument("--records", type=int, default=400)
    flags.add_argument("--json", action="store_true")
    asked = flags.parse_args()
    for name, ways in measured(asked.records).items():
        alone, together = ways
        ratio = Figures(together.per_s / alone.per_s, together.per_core_s / alone.per_core_s)
        if asked.json:
            print(json.dumps({"what": name, "ratio": msgspec.to_builtins(ratio)}))
            continue
        for what, one in (("one commit each", alone), ("many to a commit", together)):
            print(f"{name:31} {what:16} {one.per_s:6.0f}/s {one.per_core_s:6.0f} per core second")
        print(f"{name:31} ratio            {ratio.per_s:6.2f}   {ratio.per_core_s:6.2f}")
    return 0


def measured(count: int) -> dict[str, list[Figures]]:
    """Return for each database and level what one commit each came to, and many to one."""
    figures: dict[str, list[Figures]] = {}
    with tempfile.TemporaryDirectory() as name, running_cluster() as postgres:
        data = make_data(Path(name) / "register")
        for together in (1, 500):
            limits = f"requests_burst = 1000000\ncommit_together = {together}"
            (data / "register.toml").write_text(f"sandbox = true\n[limits]\n{limits}\n")
            for level, act in (("from the request on", measure_inside), ("over TLS", measure)):
                for kind, url, owner in databases(Path(name), postgres):
                    row = figures.setdefault(f"{kind}, {level}", [])
                    row.append(act(data, url, owner, count=count))
    return figures


if __name__ == "__main__":
    sys.exit(main())
