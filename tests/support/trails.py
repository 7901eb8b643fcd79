"""What an engine put into its trail, to look at while it goes on."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kiosk.audit.log import keep_trail, leave_trail
from kiosk.audit.trail import Trail


class Noted:
    """The entries of one trail."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def entries(self) -> list[tuple[str, dict[str, Any]]]:
        lines = self._path.read_text().splitlines() if self._path.exists() else []
        return [(one["event"], one["with"]) for one in map(json.loads, lines)]

    def of(self, event: str) -> list[dict[str, Any]]:
        """Return the fields of each entry of one event."""
        return [fields for name, fields in self.entries() if name == event]

    def updates(self) -> list[str]:
        """Return what became of versions, in words like ``confirmed app 1.1.0``."""
        return [
            f"{name.removeprefix('update.')} {said['kind']}"
            f" {said['major']}.{said['minor']}.{said['patch']}"
            for name, said in self.entries()
            if name in {"update.switches", "update.confirmed", "update.undone"}
        ]


@contextmanager
def noted(folder: Path) -> Iterator[Noted]:
    """Keep a trail in `folder` until the end of the block."""
    path = folder / "noted.jsonl"
    trail = Trail(path, now=lambda: datetime(2026, 11, 25, tzinfo=UTC))
    keep_trail(trail)
    try:
        yield Noted(path)
    finally:
        leave_trail(trail)
        trail.close()
