"""What the programs that are killed do: the terminal's engine and sync, and the register.

Each function is the work of one forked child. It uses the real parts, tells through `tell`
what it has been promised, and does not return by itself unless it says so.
"""

import asyncio
import hashlib
import itertools
import os
import random
import resource
import select
import signal
import socket
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from enrolment.__main__ import open_register
from enrolment.app import create_api
from enrolment.intake import Envelope, content_digest
from enrolment.matching import PlausibilityMatching
from enrolment.serve import Door, serve
from enrolment.settings import Limits
from enrolment.signatures import Stated
from kiosk.audit import clocks
from kiosk.audit.trail import Trail, TrailUnwritable
from kiosk.session.seal import seal
from kiosk.sync.outbox import Outbox, OutboxError
from kiosk.sync.transport import Patience
from kiosk.sync.uploader import Delivered, Uploader
from tests.support.enrolment_records import TERMINAL
from tests.support.register import transport
from tests.torture.citizens import citizen
from tests.torture.network import TooBusy
from wire.record import CONTENT_TYPE, SUITE, key_id

Tell = Callable[[str], None]
PATIENCE = Patience(connect_s=1.0, read_s=0.5, whole_s=1.0)
UNHURRIED = Limits(requests_per_s=1e6, requests_burst=10**6)
_IDLE_S = 0.005
_STEP_S = 2_000.0
"""The sender's clock runs ahead of every back-off: nobody waits here."""


@dataclass(frozen=True, slots=True)
class Site:
    """Where everything stands."""

    state: Path
    data: Path
    """The register's folder."""
    port: int
    """Of the register, or of the line to it."""
    database: str
    """URL of the register's."""

    def outbox(self, clock: Callable[[], float] = time.time) -> Outbox:
        """Open the outbox as a program of the terminal does."""
        path = self.state / "outbox.db"
        return Outbox(path, limit_records=10**6, limit_age_s=1e12, clock=clock)

    def trail(self, outbox: Outbox) -> Trail:
        """Open the trail as the engine does."""
        path = self.state / "trail.jsonl"
        return Trail(path, now=lambda: datetime.now(UTC), anchor=outbox.anchor())


def enrol(site: Site, tell: Tell, *, first: int, clock_off_s: float, many: bool = True) -> None:
    """Capture, seal and store citizens from number `first` on, as the engine does."""
    key = (site.data / "seal_public.bin").read_bytes()
    outbox = site.outbox(lambda: time.time() + clock_off_s)
    trail = site.trail(outbox)
    for count in itertools.count(first):
        content = citizen(count, now_s=time.time() + clock_off_s)
        sealed = seal(content, register_key=key, terminal=TERMINAL)
        trail.append("record.stored", {"queued": count})
        outbox.store(
            content.record_id,
            sealed,
            key_id=key_id(key),
            created_at=content.created_at,
            trail=trail.head,
        )
        tell(f"stored {content.record_id}")
        if not many:
            break
    trail.close()
    outbox.close()


def enrol_on_a_full_disk(site: Site, tell: Tell, *, first: int, room: int) -> None:
    """Enrol until the disk takes no more; returns then."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    largest = max(file.stat().st_size for file in site.state.iterdir())
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest + room, resource.RLIM_INFINITY))
    try:
        enrol(site, tell, first=first, clock_off_s=0.0)
    except (OutboxError, TrailUnwritable, OSError):
        tell("full")


def uploader(site: Site, outbox: Outbox) -> Uploader:
    """Return what sends from `outbox`."""
    key = load_pem_public_key((site.data / "receipt_public.pem").read_bytes())
    assert isinstance(key, Ed25519PublicKey)
    ahead = itertools.count()
    return Uploader(
        outbox,
        transport(f"https://127.0.0.1:{site.port}", site.data, patience=PATIENCE),
        receipt_key=key,
        terminal=TERMINAL,
        clock=lambda: time.time() + next(ahead) * _STEP_S,
        chance=lambda: 0.0,
        clocks=lambda: clocks.look(time.time),
    )


def send(site: Site, tell: Tell, *, until_empty: bool = False, once: bool = False) -> None:
    """Upload, verify receipts and erase, as sync does."""
    outbox = site.outbox()
    sender = uploader(site, outbox)
    while True:
        sent = sender.send_next(fresh=True)
        if isinstance(sent, Delivered):
            tell(f"delivered {sent.verdict}")
        elif sent is not None:
            tell(f"again {sent.code}")
        elif until_empty:
            break
        else:
            select.select([], [], [], _IDLE_S)
        if once:
            break
    outbox.close()


def whole_way(site: Site, tell: Tell, *, first: int) -> None:
    """Capture, store, upload, receipt, erase: one citizen, one process; returns."""
    enrol(site, tell, first=first, clock_off_s=0.0, many=False)
    send(site, tell, once=True)


def register(
    site: Site, listener: socket.socket, chance: random.Random, tell: Tell, *, sound: bool = False
) -> None:
    """Be the register on `listener`, too busy at times unless `sound`."""
    real = open_register(site.data, database=site.database, matching=PlausibilityMatching())
    api = create_api(real, UNHURRIED)
    app = api if sound else TooBusy(api, chance, tell)
    door = Door(app, listener, site.data, asks_certificate=True)
    asyncio.run(serve([door], lambda: tell("up")))


def take_one(site: Site, tell: Tell) -> None:
    """Be the register for the record that waits longest, without a network; returns."""
    outbox = site.outbox()
    waiting = outbox.due(1e18)
    outbox.close()
    if waiting is None:
        return
    real = open_register(site.data, database=site.database, matching=PlausibilityMatching())
    digest = content_digest(hashlib.sha256(waiting.sealed).digest())
    envelope = Envelope(
        terminal=TERMINAL,
        record_id=waiting.record_id,
        content_type=CONTENT_TYPE,
        content_length=len(waiting.sealed),
        content_digest=digest,
        suite=SUITE,
        key_id=waiting.key_id,
    )
    real.take(envelope, waiting.sealed, Stated(int(time.time()), "0" * 64, os.urandom(16).hex()))
    tell("taken")


def child(work: Callable[[], None], errors: Path) -> int:
    """Fork a child that does `work`; return its process id."""
    pid = os.fork()
    if pid:
        return pid
    status = 70
    try:
        quiet(errors)
        work()
        status = 0
    finally:
        if status:
            traceback.print_exc()
        os._exit(status)


def quiet(errors: Path) -> None:
    """Let what a child says go to `errors`."""
    descriptor = os.open(errors, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(descriptor, 1)
    os.dup2(descriptor, 2)
