"""Look for releases until told to stop: ``python -m kiosk.update --settings FILE``.

A program of its own: it alone may write the folder of versions, and it reads nothing of the
terminal's state (docs/adr/0018-updates-are-fetched-by-a-program-of-their-own.md).
"""

import argparse
import random
import signal
import sys
import threading
from datetime import datetime
from pathlib import Path

from kiosk.audit import note, notify
from kiosk.config import BadSettings, Settings, load
from kiosk.update.client import Client
from kiosk.update.kinds import HELD, versions_of
from kiosk.update.looking import NOTHING, Looked, Looking, Site
from kiosk.update.transport import Identity, Transport
from wire.audit_events import AuditEvent
from wire.failures import Failure
from wire.rollout import Kind, numbers

_SPREAD = 0.2


def run(settings: Settings, looking: Looking, stop: threading.Event) -> None:
    """Look until `stop` is set."""
    notify.ready()
    told: dict[Kind, Looked] = {}
    while not stop.is_set():
        notify.watchdog()
        looked = looking.look()
        for kind, one in looked.items():
            if one.fetched or one.failure != told.get(kind, NOTHING).failure:
                _tell(kind, one)
        told = looked
        # Chance spreads the fleet's terminals over time; it guards nothing.
        spread = random.uniform(1 - _SPREAD, 1 + _SPREAD)  # noqa: S311
        stop.wait(settings.update.every_s * spread)
    notify.stopping()


def looking_with(settings: Settings, stop: threading.Event) -> Looking:
    """Return what looks as the settings say.

    Raises:
        OSError: the root of trust cannot be read.
    """
    update, register = settings.update, settings.register
    root = update.root.read_bytes()
    identity = Identity(update.ca, register.certificate, register.key)
    transport = Transport(
        identity if update.url.startswith("https:") else None,
        bytes_per_s=update.bytes_per_s,
        wait=stop.wait,
    )
    folder = settings.paths.versions / "repository"
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    return Looking(
        Site(settings.terminal.id, update.model, update.district, python),
        {kind: versions_of(settings.paths.versions, kind) for kind in HELD},
        lambda: Client(folder, update.url, root, transport, _now()),
        _now,
    )


def _now() -> datetime:
    return datetime.now().astimezone()


def _tell(kind: Kind, looked: Looked) -> None:
    if looked.fetched:
        major, minor, patch = numbers(looked.fetched)
        note(AuditEvent.UPDATE_FETCHED, kind=kind, major=major, minor=minor, patch=patch)
    elif looked.failure:
        note(AuditEvent.UPDATE_REFUSED, failure=Failure(looked.failure))


def main() -> int:
    """Read the settings and look."""
    parser = argparse.ArgumentParser(prog="python -m kiosk.update", description=__doc__)
    parser.add_argument("--settings", type=Path, required=True, help="the terminal's settings")
    options = parser.parse_args()
    try:
        settings = load(options.settings)
        stop = threading.Event()
        looking = looking_with(settings, stop)
    except (BadSettings, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    if not settings.update.url:
        notify.ready()
        notify.status("idle")
        stop.wait()
        return 0
    run(settings, looking, stop)
    return 0


if __name__ == "__main__":
    sys.exit(main())
