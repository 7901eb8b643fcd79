"""What staff mode keeps from one visit to the next: wrong PINs, verdicts, the service switch.

One small file, replaced whole. What cannot be read locks staff out first and forgets every
verdict: an attacker who spoils the file gains no PIN, and no test counts as passed.
"""

import contextlib
import os
from datetime import datetime
from pathlib import Path

import msgspec

from kiosk.audit import note
from kiosk.durable import synced
from kiosk.flow.staff import TRIES
from wire.audit_events import AuditEvent
from wire.failures import Failure
from wire.staff import DeviceTest


class Verdict(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a device was when it was last tested."""

    passed: bool
    at: datetime
    card: int
    """Whose verdict: the number of a service card."""
    code: str = ""
    """Why it failed."""


class Kept(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of it."""

    wrong_pins: int = 0
    """In a row, over all cards."""
    in_service: bool = True
    verdicts: dict[DeviceTest, Verdict] = msgspec.field(default_factory=dict)


class StaffMemory:
    """The file, and what it says."""

    def __init__(self, path: Path) -> None:
        """Read what is there; nothing there is a terminal that no staff has seen yet."""
        self._path = path
        self.kept = Kept()
        try:
            self.kept = msgspec.json.decode(path.read_bytes(), type=Kept)
        except FileNotFoundError:
            return
        except (OSError, msgspec.DecodeError, UnicodeDecodeError):
            note(AuditEvent.STAFF_REFUSED, failure=Failure.STAFF_MEMORY_LOST, tries=TRIES)
            self.kept = Kept(wrong_pins=TRIES)

    def change(
        self,
        *,
        wrong_pins: int | None = None,
        in_service: bool | None = None,
        verdict: tuple[DeviceTest, Verdict] | None = None,
    ) -> None:
        """Keep what changes, durable when this returns.

        Raises:
            OSError: the disk did not take it; then nothing has changed.
        """
        now = self.kept
        after = Kept(
            wrong_pins=now.wrong_pins if wrong_pins is None else wrong_pins,
            in_service=now.in_service if in_service is None else in_service,
            verdicts=now.verdicts | dict([verdict] if verdict else []),
        )
        replace_file(self._path, msgspec.json.encode(after))
        self.kept = after


def replace_file(path: Path, content: bytes, *, mode: int = 0o600) -> None:
    """Write a file whole and durable, or leave what was there.

    Raises:
        OSError: the disk did not take it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    try:
        with new.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        new.chmod(mode)
        new.replace(path)
    finally:
        with contextlib.suppress(OSError):
            new.unlink()
    synced(path.parent)
