"""An outbox on a clock that tests move, and what stands in its files."""

from pathlib import Path

from kiosk.sync.outbox import Outbox

CREATED = "2026-11-23T10:00:00+00:00"
NOW = 1_795_428_000.0  # 2026-11-23T10:00:00Z


class Clock:
    """A clock that tests move."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> float:
        """Return what the test set."""
        return self.now


def put(outbox: Outbox, name: str = "a", sealed: bytes = b"sealed") -> None:
    outbox.store(name, sealed, key_id="k", created_at=CREATED)


def wrapped_of(outbox: Outbox) -> bytes:
    """Return the payload that stands in the file, as it stands there."""
    (wrapped,) = outbox._db.execute("SELECT wrapped FROM payloads").fetchone()
    assert isinstance(wrapped, bytes)
    return wrapped


def bytes_on_disk(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(folder.iterdir()))
