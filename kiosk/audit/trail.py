"""The trail: every event on disk, each entry bound to the one before by its hash.

One JSON line per entry: sequence number, UTC time, event, fields, and last a SHA-256
over the previous hash and the line's own bytes. An edit or a gap breaks the chain.

A line without its end was being written when the power went: `append` had not
returned, so opening the trail drops it. A trail that could not keep an entry keeps
none after it; the program that holds it must end, for nothing may go on unrecorded.

Our exception hierarchy::

    TrailBroken           what is on disk cannot be relied on
    └── TrailUnwritable   an entry could not be kept: disk full or failing
"""

import hashlib
import io
import json
import os
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from kiosk.durable import synced
from wire.trail_head import GENESIS, TrailHead


class TrailBroken(Exception):
    """The trail on disk does not hold together."""

    code = "trail.broken"


class TrailUnwritable(TrailBroken):
    """The disk did not take an entry."""

    code = "trail.unwritable"


def _link(previous: str, body: bytes) -> str:
    return hashlib.sha256(previous.encode() + body).hexdigest()


def _line(body: bytes, link: str) -> bytes:
    """Return the entry's JSON with its hash as the last member."""
    return body[:-1] + f', "hash": "{link}"}}\n'.encode()


_TAIL_BYTES = len(_line(b"}", GENESIS))
"""So much of each line is its hash; the bytes before it are what is hashed."""


def followed(head: str, line: bytes) -> str:
    """Return the hash of the entry `line`, if it follows the one whose hash is `head`.

    Raises:
        TrailBroken: it does not.
    """
    body = line[:-_TAIL_BYTES] + b"}"
    link = _link(head, body)
    if line != _line(body, link):
        raise TrailBroken("the chain breaks")
    return link


def verify(path: Path, *, anchor: TrailHead | None = None) -> TrailHead:
    """Return how many entries `path` has and the hash of the last one.

    Args:
        path: the trail.
        anchor: a head it had once, kept where whoever edits it cannot reach.

    Raises:
        TrailBroken: a byte was changed, an entry removed or inserted; says at which line.
            Or the trail never had `anchor`: all after some entry was made anew, or is gone.
        OSError: the file is there and cannot be read.
    """
    head = TrailHead()
    anchored = anchor is None or anchor == head
    with path.open("rb") if path.exists() else io.BytesIO() as file:
        for line in file:
            try:
                head = TrailHead(head.count + 1, followed(head.hash, line))
            except TrailBroken:
                raise TrailBroken(f"the chain breaks at line {head.count + 1}") from None
            anchored = anchored or head == anchor
    if not anchored:
        raise TrailBroken("the trail is not the one that was anchored")
    return head


def _drop_torn_line(path: Path) -> None:
    """Cut what follows the last end of a line."""
    if not path.exists():
        return
    with path.open("rb") as file:
        whole = sum(len(line) for line in file if line.endswith(b"\n"))
    os.truncate(path, whole)


class Trail:
    """An append-only file."""

    def __init__(
        self, path: Path, *, now: Callable[[], datetime], anchor: TrailHead | None = None
    ) -> None:
        """Open `path` and check what it holds already, also against `anchor`.

        Raises:
            TrailBroken: it was tampered with; nothing is appended.
            OSError: it cannot be read or made.
        """
        self._now = now
        _drop_torn_line(path)
        self.head = verify(path, anchor=anchor)
        self._unwritable = False
        # No buffer of Python's: what failed to be written must not follow later.
        self._file = path.open("ab", buffering=0)
        # Sync follows it, as another user of the group that joins the two.
        path.chmod(0o640)
        # A new file whose name is lost is lost with all its entries.
        synced(path.parent)

    def append(self, event: str, fields: Mapping[str, object]) -> None:
        """Append one entry, durable when this returns.

        Raises:
            TrailUnwritable: the disk did not take it, or an entry before it.
        """
        if self._unwritable:
            raise TrailUnwritable("an entry before this one was lost")
        moment = self._now().astimezone(UTC).isoformat(timespec="milliseconds")
        entry = {"n": self.head.count, "at": moment, "event": event, "with": fields}
        body = json.dumps(entry).encode()
        link = _link(self.head.hash, body)
        try:
            self._keep(_line(body, link))
        except OSError as error:
            self._unwritable = True
            raise TrailUnwritable(f"the disk took no entry: {error.strerror}") from error
        self.head = TrailHead(self.head.count + 1, link)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _keep(self, line: bytes) -> None:
        rest = memoryview(line)
        while rest:
            rest = rest[self._file.write(rest) :]
        os.fdatasync(self._file.fileno())
