"""A record's life at the terminal: seal and store, drain, and opening a full outbox.

Peers, in the same run: one file of the same bytes written and synced; the bare HTTPS round
trip of the same bytes, over one kept connection with both certificates, to a server that
reads them and answers; the opening of an empty outbox.

``python -m benchmarks.record_life [--records 1000] [--full 10000] [--json]``
"""

import argparse
import asyncio
import http.client
import json
import os
import secrets
import socket
import ssl
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
from starlette.types import Receive, Scope, Send

from enrolment.serve import Door, serve
from kiosk.session.seal import seal
from kiosk.sync.outbox import Outbox
from kiosk.sync.uploader import Delivered
from tests.support.enrolment_records import CREATED, TERMINAL, record
from tests.support.register import make_data, running_register
from tests.torture.citizens import number_of
from tests.torture.work import Site, child, uploader
from wire.record import Record, key_id

PORTRAIT_BYTES, PHOTO_BYTES = 18_000, 90_000
"""As the chip's and the camera's JPEGs are."""
TRIES = 60


def citizen(count: int) -> Record:
    """Return a record of the usual size."""
    return msgspec.structs.replace(
        record(number=number_of(count)),
        portrait=secrets.token_bytes(PORTRAIT_BYTES),
        photo=secrets.token_bytes(PHOTO_BYTES),
    )


def outbox_at(folder: Path) -> Outbox:
    """Open an outbox without limits."""
    return Outbox(folder / "outbox.db", limit_records=10**6, limit_age_s=1e12, clock=time.time)


def timed(act: Callable[[], object]) -> float:
    """Return the seconds that `act` takes."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def written(file: int, content: bytes) -> None:
    """Write and sync."""
    os.write(file, content)
    os.fdatasync(file)


def storing(folder: Path, data: Path) -> dict[str, Any]:
    """Seal and store, against a plain synced write of as many bytes."""
    key = (data / "seal_public.bin").read_bytes()
    box = outbox_at(folder)
    plain = os.open(folder / "plain", os.O_WRONLY | os.O_CREAT)
    seals, stores, writes = [], [], []
    for count in range(TRIES):
        content = citizen(count)
        sealed = b""

        def act(content: Record = content) -> None:
            nonlocal sealed
            sealed = seal(content, register_key=key, terminal=TERMINAL)

        seals.append(timed(act))
        stores.append(
            timed(
                lambda content=content, sealed=sealed: box.store(  # type: ignore[misc]
                    content.record_id, sealed, key_id=key_id(key), created_at=CREATED
                )
            )
        )
        writes.append(timed(lambda sealed=sealed: written(plain, sealed)))  # type: ignore[misc]
    box.close()
    os.close(plain)
    took, peer = statistics.median(seals) + statistics.median(stores), statistics.median(writes)
    return {
        "what": "seal and store a record of 108 KB",
        "ms": round(took * 1000, 2),
        "seal_ms": round(statistics.median(seals) * 1000, 2),
        "peer": "the same bytes written to a file and synced",
        "ratio": round(took / peer, 2),
    }


async def _bare(scope: Scope, receive: Receive, send: Send) -> None:
    assert scope["type"] == "http"
    while (await receive()).get("more_body", False):
        pass
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"x" * 600})


def bare_round_trips(data: Path, bodies: list[bytes]) -> float:
    """Return the seconds that bare PUTs of `bodies` take, one after the other."""
    listener = socket.create_server(("127.0.0.1", 0))
    door = Door(_bare, listener, data, asks_certificate=True)
    server = child(lambda: asyncio.run(serve([door], lambda: None)), data / "errors")
    context = ssl.create_default_context(cafile=str(data / "register_ca.pem"))
    context.load_cert_chain(data / "terminal.pem", data / "terminal.key")
    line = http.client.HTTPSConnection("127.0.0.1", listener.getsockname()[1], context=context)
    line.request("PUT", "/", b"")
    line.getresponse().read()

    def all_of_them() -> None:
        for body in bodies:
            line.request("PUT", "/", body)
            line.getresponse().read()

    took = timed(all_of_them)
    line.close()
    os.kill(server, 9)
    os.waitpid(server, 0)
    listener.close()
    return took


def draining(folder: Path, data: Path, records: int) -> dict[str, Any]:
    """Drain a queue to the real register, receipts verified and payloads erased."""
    key = (data / "seal_public.bin").read_bytes()
    box = outbox_at(folder)
    bodies = []
    for count in range(records):
        content = citizen(10**6 + count)
        bodies.append(seal(content, register_key=key, terminal=TERMINAL))
        box.store(content.record_id, bodies[-1], key_id=key_id(key), created_at=CREATED)
    peer = bare_round_trips(data, bodies)
    with running_register(data) as register:
        sender = uploader(
            Site(folder, data, register.port, f"sqlite:///{data / 'register.db'}"), box
        )

        def drain() -> None:
            for _ in range(records):
                assert isinstance(sender.send_next(fresh=True), Delivered)

        took = timed(drain)
    assert box.counts().queued == 0
    box.close()
    return {
        "what": f"drain {records} queued records of 108 KB, each signed for and erased",
        "ms": round(took * 1000 / records, 2),
        "peer": "the bare HTTPS round trip of the same bytes",
        "ratio": round(took / peer, 2),
    }


def opening(folder: Path, full: int) -> dict[str, Any]:
    """Open a full outbox and ask it for the next record."""

    def open_and_ask() -> None:
        box = outbox_at(folder)
        box.due(time.time())
        box.close()

    empty = statistics.median(timed(open_and_ask) for _ in range(20))
    box = outbox_at(folder)
    for count in range(full):
        box.store(f"record {count}", bytes(2_000), key_id="k", created_at=CREATED)
    box.close()
    took = statistics.median(timed(open_and_ask) for _ in range(20))
    return {
        "what": f"open the outbox with {full} queued records and get the next",
        "ms": round(took * 1000, 2),
        "peer": "the same with an empty one",
        "ratio": round(took / empty, 2),
    }


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=1_000)
    parser.add_argument("--full", type=int, default=10_000)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    lines = []
    with tempfile.TemporaryDirectory(prefix="record-life-") as name:
        folder = Path(name)
        data = make_data(folder / "register")
        for part in ("store", "drain", "open"):
            (folder / part).mkdir()
        lines.append(storing(folder / "store", data))
        lines.append(draining(folder / "drain", data, asked.records))
        lines.append(opening(folder / "open", asked.full))
    if asked.json:
        sys.stdout.write(json.dumps(lines) + "\n")
        return
    for line in lines:
        print(f"{line['what']}: {line['ms']} ms each, ratio to {line['peer']} {line['ratio']}")


if __name__ == "__main__":
    main()
