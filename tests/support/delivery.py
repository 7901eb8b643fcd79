"""Records on their way: stored in an outbox, sent by an uploader, counted at the register."""

import contextlib
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from kiosk.audit import clocks
from kiosk.session.seal import seal
from kiosk.sync.outbox import Outbox
from kiosk.sync.signature import RecordSigner
from kiosk.sync.transport import (
    Patience,
)
from kiosk.sync.uploader import Uploader
from tests.support.enrolment_records import TERMINAL
from tests.support.register import RunningRegister
from wire.record import (
    Record,
    key_id,
)
from wire.trail_head import TrailHead


def sealed_for(data: Path, content: Record) -> bytes:
    key = (data / "seal_public.bin").read_bytes()
    return seal(content, register_key=key, terminal=TERMINAL)


def key_of(data: Path) -> str:
    return key_id((data / "seal_public.bin").read_bytes())


def store(outbox: Outbox, data: Path, content: Record) -> bytes:
    sealed = sealed_for(data, content)
    outbox.store(content.record_id, sealed, key_id=key_of(data), created_at=content.created_at)
    return sealed


def uploader(
    outbox: Outbox,
    register: RunningRegister,
    *,
    patience: Patience | None = None,
    signs: RecordSigner | None = None,
    contradicted: Callable[[TrailHead], None] = lambda _: None,
) -> Uploader:
    key = load_pem_public_key((register.data / "receipt_public.pem").read_bytes())
    assert isinstance(key, Ed25519PublicKey)
    return Uploader(
        outbox,
        register.transport(patience=patience, signs=signs),
        receipt_key=key,
        terminal=TERMINAL,
        clock=time.time,
        chance=lambda: 0.0,
        clocks=lambda: clocks.look(time.time),
        contradicted=contradicted,
    )


def rows(data: Path) -> int:
    with contextlib.closing(sqlite3.connect(data / "register.db")) as database:
        (count,) = database.execute("SELECT COUNT(*) FROM records").fetchone()
    return int(count)
