"""Use a terminal's state once, as whatever version is on the path: ``python state.py FOLDER NAME``.

Run by today's tree and by that of the version before it, in turns, over the same folder. Says what
it found afterwards, as JSON.
"""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from kiosk.audit.follow import Mark
from kiosk.audit.trail import Trail
from kiosk.engine.staff_memory import StaffMemory
from kiosk.sync.ledger import Ledger
from kiosk.sync.outbox import Outbox
from kiosk.sync.spool import Spool
from kiosk.update.versions import Versions
from wire.audit_events import AuditEvent
from wire.checkin import Parts, Reading, Sessions, Supply
from wire.message import DeviceState
from wire.screen import Screen

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def use(folder: Path, name: str) -> dict[str, object]:
    """Write to every file that outlives a version, and read them back."""
    trail = Trail(folder / "trail.jsonl", now=lambda: NOW)
    trail.append(AuditEvent.TERMINAL_STARTED, {})
    outbox = Outbox(folder / "outbox.db", limit_records=100, limit_age_s=1e9, clock=NOW.timestamp)
    outbox.store(name, b"sealed", key_id="k", created_at=NOW.isoformat())
    due = outbox.counts()
    spool = Spool(folder / "checkin.db")
    progress = spool.progress()
    after = msgspec.structs.replace(progress, sequence=progress.sequence + 1, counted=Mark())
    ready = Parts(*[DeviceState.READY] * 4)
    spool.keep(
        Reading(after.sequence, 1, Screen.ATTRACT, 1, ready, Supply.ENOUGH, Sessions(), 0, 0, 0),
        after,
    )
    staff = StaffMemory(folder / "staff.json")
    staff.change(wrong_pins=staff.kept.wrong_pins + 1)
    Ledger(folder / "orders.db").close()
    found = {
        "trail": trail.head.count,
        "queued": due.queued,
        "readings": len(spool.waiting(10)),
        "wrong_pins": staff.kept.wrong_pins,
        "good": Versions(folder / "versions").slots().good,
    }
    for one in (trail, outbox, spool):
        one.close()
    return found


if __name__ == "__main__":
    sys.stdout.write(json.dumps(use(Path(sys.argv[1]), sys.argv[2])))
