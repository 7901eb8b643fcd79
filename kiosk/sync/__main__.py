"""Carry sealed records to the register until told to stop: ``python -m kiosk.sync``.

A new record is noticed within a tenth of a second: the outbox file tells when another
program changed it, which needs no socket between the two and survives either's restart.
"""

import argparse
import random
import signal
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from kiosk.audit import note, notify
from kiosk.sync.answers import SetAside
from kiosk.sync.outbox import Outbox
from kiosk.sync.transport import Identity, Patience, Transport
from kiosk.sync.uploader import Delivered, Postponed, Sent, Uploader
from wire.audit_events import AuditEvent
from wire.failures import Failure

_LOOK_EVERY_S = 0.1
_ASK_LINK_EVERY_S = 1.0


def run(outbox: Outbox, uploader: Uploader, stop: threading.Event) -> None:
    """Send whatever waits until `stop` is set; finishes the exchange it is in."""
    notify.ready()
    notify.status("idle")
    note(AuditEvent.SYNC_STARTED)
    mark: int | None = None
    ask_link_at = 0.0
    while not stop.is_set():
        notify.watchdog()
        last, mark = mark, outbox.change_mark()
        sent = uploader.send_next(fresh=mark != last)
        if sent is not None:
            _tell(sent)
            continue
        if time.monotonic() >= ask_link_at:
            uploader.watch_link()
            ask_link_at = time.monotonic() + _ASK_LINK_EVERY_S
        stop.wait(_LOOK_EVERY_S)
    notify.stopping()


def _tell(sent: Sent) -> None:
    match sent:
        case Delivered(verdict, attempts):
            notify.status("idle")
            note(AuditEvent.SYNC_DELIVERED, verdict=verdict, attempts=attempts)
        case Postponed(code, attempts):
            notify.status(code)
            note(AuditEvent.SYNC_FAILED, failure=Failure(code), attempts=attempts)
        case SetAside(code):
            notify.status(code)
            note(AuditEvent.SYNC_SET_ASIDE, failure=Failure(code))


def _receipt_key(path: Path) -> Ed25519PublicKey:
    key = load_pem_public_key(path.read_bytes())
    if not isinstance(key, Ed25519PublicKey):
        raise TypeError("the receipt key is no Ed25519 public key")
    return key


def _parser() -> argparse.ArgumentParser:
    flags = argparse.ArgumentParser(prog="python -m kiosk.sync", description=__doc__)
    flags.add_argument("--outbox", type=Path, required=True, help="the outbox file")
    flags.add_argument("--register", required=True, help="https URL of the register")
    flags.add_argument("--terminal", required=True, help="this terminal's name")
    flags.add_argument("--ca", type=Path, required=True, help="issuer of the register (PEM)")
    flags.add_argument("--cert", type=Path, required=True, help="our certificate (PEM)")
    flags.add_argument("--key", type=Path, required=True, help="our private key (PEM)")
    flags.add_argument("--receipt-key", type=Path, required=True, help="receipts' key (PEM)")
    flags.add_argument("--read-timeout", type=float, default=Patience().read_s, metavar="S")
    return flags


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and work until SIGTERM or SIGINT."""
    asked = _parser().parse_args(arguments)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    # What may wait is the engine's to limit: sync stores nothing.
    outbox = Outbox(asked.outbox, limit_records=0, limit_age_s=0, clock=time.time)
    transport = Transport(
        asked.register,
        Identity(ca=asked.ca, certificate=asked.cert, key=asked.key),
        Patience(read_s=asked.read_timeout),
    )
    uploader = Uploader(
        outbox,
        transport,
        receipt_key=_receipt_key(asked.receipt_key),
        terminal=asked.terminal,
        clock=time.time,
        chance=random.SystemRandom().random,
    )
    try:
        run(outbox, uploader, stop)
    finally:
        transport.close()
        outbox.close()


if __name__ == "__main__":
    main()
