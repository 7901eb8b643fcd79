"""A terminal's reporter with files of its own, against whatever fleet there is."""

import time
from datetime import UTC, datetime
from pathlib import Path

from kiosk.audit.trail import Trail
from kiosk.sync.checkin import Reporter, Sources
from kiosk.sync.spool import Spool
from kiosk.sync.stored import Counts
from kiosk.sync.transport import Identity, Patience, Transport
from tests.support.fleet_server import Terminal


class Kiosk:
    """A terminal's reporter with its files."""

    def __init__(self, folder: Path, terminal: Terminal, url: str) -> None:
        folder.mkdir(exist_ok=True)
        self.folder = folder
        self.trail = Trail(folder / "trail.jsonl", now=lambda: datetime.now(UTC))
        self.spool = Spool(folder / "checkin.db")
        self.ahead_s = 0.0
        identity = Identity(ca=terminal.ca, certificate=terminal.certificate, key=terminal.key)
        self.transport = Transport(url, identity, Patience(connect_s=2, read_s=5))
        self.reporter = Reporter(
            self.spool,
            self.transport,
            terminal.signer(),
            Sources(
                trail=folder / "trail.jsonl",
                state=folder,
                counts=lambda: Counts(queued=2, set_aside=0, delivered=5, oldest_age_s=61.2),
                certificate_ends=datetime(2030, 1, 1, tzinfo=UTC),
            ),
            url=url,
            clock=lambda: time.time() + self.ahead_s,
            chance=lambda: 0.5,
        )

    def close(self) -> None:
        """Close its files and its connection."""
        self.trail.close()
        self.spool.close()
        self.transport.close()
