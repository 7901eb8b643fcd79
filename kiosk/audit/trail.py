"""The trail: every event on disk, each entry bound to the one before by its hash.

One JSON line per entry: sequence number, UTC time, event, fields, and SHA-256 over
the previous hash and the entry. A cut, an edit or a gap breaks the chain.

A line without its end was being written when the power went: `append` had not
returned, so opening the trail drops it.
"""

import hashlib
import json
import os
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

GENESIS = "0" * 64
"""The hash before the first entry."""


class TrailBroken(Exception):
    """The trail on disk does not hold together."""

    code = "trail.broken"


def _link(previous: str, entry: Mapping[str, object]) -> str:
    text = json.dumps(entry, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{previous}{text}".encode()).hexdigest()


def verify(path: Path) -> tuple[int, str]:
    """Return how many entries `path` has and the hash of the last one.

    Raises:
        TrailBroken: an entry was changed, removed or inserted; says at which line.
    """
    head, count = GENESIS, 0
    for line in path.read_text().splitlines() if path.exists() else ():
        try:
            entry = json.loads(line)
            claimed = entry.pop("hash")
            in_order = entry["n"] == count
        except (ValueError, KeyError, AttributeError, TypeError):
            raise TrailBroken(f"line {count + 1} is no entry") from None
        if not in_order or claimed != _link(head, entry):
            raise TrailBroken(f"the chain breaks at line {count + 1}")
        head, count = claimed, count + 1
    return count, head


def _drop_torn_line(path: Path) -> None:
    """Cut what follows the last end of a line."""
    if not path.exists():
        return
    content = path.read_bytes()
    whole = content.rfind(b"\n") + 1
    if whole < len(content):
        os.truncate(path, whole)


class Trail:
    """An append-only file."""

    def __init__(self, path: Path, *, now: Callable[[], datetime]) -> None:
        """Open `path` and check what it holds already.

        Raises:
            TrailBroken: it was tampered with; nothing is appended.
        """
        self._now = now
        _drop_torn_line(path)
        self.count, self.head = verify(path)
        self._file = path.open("a")
        path.chmod(0o600)

    def append(self, event: str, fields: Mapping[str, object]) -> None:
        """Append one entry, durable when this returns."""
        moment = self._now().astimezone(UTC).isoformat(timespec="milliseconds")
        entry: dict[str, object] = {"n": self.count, "at": moment, "event": event, "with": fields}
        self.head = _link(self.head, entry)
        self._file.write(json.dumps(entry | {"hash": self.head}) + "\n")
        self._file.flush()
        os.fdatasync(self._file.fileno())
        self.count += 1

    def close(self) -> None:
        """Close the file."""
        self._file.close()
