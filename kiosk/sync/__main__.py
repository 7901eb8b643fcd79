"""Carry sealed records to the register until told to stop: ``python -m kiosk.sync``.

Beside it, a thread of its own tells the fleet how the terminal is: a slow fleet never
holds a record back.

A new record is noticed within a tenth of a second: the outbox file tells when another
program changed it, which needs no socket between the two and survives either's restart.
"""

import argparse
import contextlib
import os
import random
import secrets
import signal
import sys
import threading
import time
from hashlib import sha256
from pathlib import Path

from cryptography import x509

from drivers.tpm.tss import TssKey
from kiosk.audit import clocks, note, notify
from kiosk.config import BadSettings, Settings, load
from kiosk.config.settings import Fleet, Retention
from kiosk.session.memory import guard
from kiosk.sync.answers import SetAside
from kiosk.sync.checkin import NotTaken, Reporter, Sources, Taken
from kiosk.sync.devices_post import DevicesPost
from kiosk.sync.diagnostics import Diagnostics
from kiosk.sync.guardian_post import GuardianPost
from kiosk.sync.guardian_slip import GuardianSlip
from kiosk.sync.guardian_slip import beside as beside_outbox
from kiosk.sync.journal import Journal, SystemJournal
from kiosk.sync.journal_export import ExportedJournal
from kiosk.sync.jws import receipt_key_in
from kiosk.sync.ledger import Ledger
from kiosk.sync.orders import Means, Orders
from kiosk.sync.outbox import Outbox
from kiosk.sync.register_keys import RegisterKeys, beside
from kiosk.sync.retention import EVERY_S, apply
from kiosk.sync.signature import RecordSigner, load_signer
from kiosk.sync.spool import Spool
from kiosk.sync.system import System
from kiosk.sync.transport import Identity, Patience, Transport
from kiosk.sync.uploader import Delivered, Postponed, Sent, Uploader
from kiosk.update.follow import Following, up
from wire.audit_events import AuditEvent
from wire.checkin import SOONEST_S
from wire.failures import Failure
from wire.structs import settle
from wire.versions import SOFTWARE

_BOOT = Path("/proc/sys/kernel/random/boot_id")
_LOOK_EVERY_S = 0.1
_ASK_LINK_EVERY_S = 1.0
_ASK_KEYS_EVERY_S = 3600.0


def run(
    outbox: Outbox,
    uploader: Uploader,
    keys: RegisterKeys,
    guardian: GuardianPost,
    stop: threading.Event,
    *,
    keep: Retention,
    following: Following,
) -> None:
    """Send whatever waits until `stop` is set, or the engine runs another version than this.

    Finishes the exchange it is in.
    """
    notify.ready()
    notify.status("idle")
    note(AuditEvent.SYNC_STARTED)
    mark: int | None = None
    ask_link_at = ask_keys_at = expire_at = 0.0
    while not (stop.is_set() or following.left_behind()):
        notify.watchdog()
        # A guardian stands there; hundreds of records from days offline do not.
        guardian.look()
        last, mark = mark, outbox.change_mark()
        sent = uploader.send_next(fresh=mark != last)
        if sent is not None:
            _tell(sent)
            continue
        if time.monotonic() >= ask_link_at:
            uploader.watch_link()
            uploader.ask_time()
            ask_link_at = time.monotonic() + _ASK_LINK_EVERY_S
        if time.monotonic() >= ask_keys_at:
            uploader.renew_keys(keys)
            ask_keys_at = time.monotonic() + _ASK_KEYS_EVERY_S
        if time.monotonic() >= expire_at and apply(outbox, keep, clocks.look(time.time)):
            expire_at = time.monotonic() + EVERY_S
        stop.wait(_LOOK_EVERY_S)
    notify.stopping()


def report(settings: Settings, outbox: Outbox, stop: threading.Event) -> None:
    """Check in with the fleet until `stop` is set; set it if that fails beyond repair."""
    with contextlib.ExitStack() as opened:
        # An error here ends the program, for the system to start it anew.
        opened.callback(stop.set)
        fleet, identity = settings.fleet, settings.register
        transport = Transport(
            fleet.url,
            Identity(ca=fleet.ca, certificate=identity.certificate, key=identity.key),
            Patience(),
        )
        opened.callback(transport.close)
        spool = opened.enter_context(contextlib.closing(Spool(settings.paths.state / "checkin.db")))
        certificate = x509.load_pem_x509_certificate(identity.certificate.read_bytes())
        signer = load_signer(identity.certificate, identity.key, _machine(fleet))
        reporter = Reporter(
            spool,
            transport,
            signer,
            Sources(
                trail=settings.paths.state / "trail.jsonl",
                state=settings.paths.state,
                counts=outbox.counts,
                certificate_ends=certificate.not_valid_after_utc,
                journal=_journal(fleet.logs),
            ),
            url=fleet.url,
            clock=time.time,
            chance=random.SystemRandom().random,
        )
        system = System(fleet.systemctl)
        diagnostics = Diagnostics(
            reporter,
            system,
            trail=settings.paths.state / "trail.jsonl",
            waiting=spool.count,
            url=fleet.url,
            transport=transport,
            signer=signer,
        )
        ledger = opened.enter_context(
            contextlib.closing(Ledger(settings.paths.state / "orders.db"))
        )
        means = Means(
            system=system,
            state=settings.paths.state,
            drain=outbox.retry_now,
            checks=diagnostics.checks,
            hand_over=diagnostics.hand_over,
            certificate=lambda: sha256(identity.certificate.read_bytes()).hexdigest(),
            boot=_BOOT.read_text().strip(),
            run=secrets.token_hex(16),
        )
        devices = DevicesPost(
            settings.paths.state,
            transport,
            signer,
            url=fleet.url,
            created=reporter.created,
            steady=time.monotonic,
        )
        _keep_reporting(reporter, Orders(ledger, means), devices, stop)


def _machine(fleet: Fleet) -> TssKey | None:
    """Return the machine's key: the fleet asks for its signature, the register does not."""
    if not fleet.machine_key:
        return None
    return TssKey(Path(fleet.machine_key).read_bytes(), tcti=fleet.tpm)


def _journal(logs: str) -> Journal | None:
    match logs:
        case "":
            return None
        case "journal":
            return SystemJournal()
        case path:
            return ExportedJournal(Path(path))


def _keep_reporting(
    reporter: Reporter, orders: Orders, devices: DevicesPost, stop: threading.Event
) -> None:
    answers: bool | None = None
    pause_s = reporter.first_pause_s()
    while not stop.wait(pause_s):
        outcomes = orders.untold()
        told = reporter.check_in(outcomes)
        pause_s = told.pause_s
        if isinstance(told, Taken):
            orders.told(outcomes)
            orders.take(told.commands)
            orders.perform(now_ms=told.server_at, calm=told.calm)
            devices.tell()
            if orders.untold():
                pause_s = min(pause_s, SOONEST_S)
        if isinstance(told, NotTaken):
            if answers is not False:
                note(AuditEvent.FLEET_SILENT, failure=told.failure, status=told.status)
            answers = False
        elif answers is not True:
            note(AuditEvent.FLEET_ANSWERS)
            answers = True


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


def main() -> int:
    """Work until SIGTERM or SIGINT; status 2 when the settings cannot be used."""
    parser = argparse.ArgumentParser(prog="python -m kiosk.sync", description=__doc__)
    parser.add_argument("--settings", type=Path, help="TOML file; the defaults without one")
    try:
        settings = load(parser.parse_args().settings)
    except BadSettings as error:
        sys.stderr.write(f"{error.code}: {error}\n")
        return 2
    guard(lock=True)
    settle()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    # What may wait is the engine's to limit: sync stores nothing.
    outbox = Outbox(settings.paths.outbox, limit_records=0, limit_age_s=0, clock=time.time)
    register = settings.register
    receipt_key = receipt_key_in(register.receipt_key)
    transport = Transport(
        register.url,
        Identity(ca=register.ca, certificate=register.certificate, key=register.key),
        Patience(read_s=register.answer_s),
        RecordSigner(load_signer(register.certificate, register.key), clock=time.time),
    )
    keys = RegisterKeys(
        beside(settings.paths.outbox), signer=receipt_key, provisioned=b"", clock=time.time
    )
    uploader = Uploader(
        outbox,
        transport,
        receipt_key=receipt_key,
        terminal=settings.terminal.id,
        clock=time.time,
        chance=random.SystemRandom().random,
        clocks=lambda: clocks.look(time.time),
        contradicted=lambda known: note(AuditEvent.TRAIL_CONTRADICTED, known=known.count),
    )
    slip = GuardianSlip(beside_outbox(settings.paths.outbox))
    guardian = GuardianPost(slip, transport, steady=time.monotonic)
    reporting = threading.Thread(target=report, args=(settings, outbox, stop))
    if settings.fleet.url:
        reporting.start()
    try:
        with up(settings.paths.state, SOFTWARE):
            run(
                outbox,
                uploader,
                keys,
                guardian,
                stop,
                keep=settings.retention,
                following=Following(settings.paths.versions, os.environ),
            )
    finally:
        stop.set()
        if settings.fleet.url:
            reporting.join()
        transport.close()
        outbox.close()
        slip.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
