"""Carry the sealed queue from a broken or leaving terminal to the one in its place.

::

    python -m kiosk.sync.carrying count  --outbox /var/lib/kiosk/outbox.db
    python -m kiosk.sync.carrying export --outbox … --terminal terminal-17 --file /media/stick/queue
    python -m kiosk.sync.carrying import --outbox … --terminal terminal-17 --file /media/stick/queue

Records stay sealed to the register all the way: whoever finds the stick reads nothing. They
are bound to the terminal's name by the seal, so the machine that hands them in must have been
given the same name (`fleet.identity claim`). Importing twice stores each once.
"""

import argparse
import hashlib
import os
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from kiosk.sync.outbox import Outbox
from kiosk.sync.stored import Carried
from wire.failures import Failure
from wire.record import LARGEST_SEALED_BYTES, SealSuite

_MAGIC: Final = b"kiosk-queue-v1\n"
_DIGEST_BYTES: Final = 32


class Unreadable(Exception):
    """No queue of this terminal, or altered; carries nothing of it."""

    code = Failure.QUEUE_UNREADABLE.value


class _Queue(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    terminal: Annotated[str, Meta(max_length=64)]
    records: int


class _Record(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    record_id: Annotated[str, Meta(max_length=36)]
    key_id: Annotated[str, Meta(max_length=16)]
    suite: SealSuite
    created_at: Annotated[str, Meta(max_length=40)]
    sealed: Annotated[bytes, Meta(max_length=LARGEST_SEALED_BYTES)]


def write(records: Iterator[Carried], *, terminal: str, count: int, to: Path) -> int:
    """Write `records` into a new file, durable on return; return how many there were.

    Raises:
        FileExistsError: a file is there already; it may be another queue.
        OSError: the medium did not take it.
    """
    hashed, written = hashlib.sha256(), 0
    descriptor = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:

        def put(piece: bytes) -> None:
            framed = len(piece).to_bytes(4, "big") + piece
            hashed.update(framed)
            file.write(framed)

        file.write(_MAGIC)
        put(msgspec.msgpack.encode(_Queue(terminal, count)))
        for one in records:
            record = _Record(one.record_id, one.key_id, one.suite, one.created_at, one.sealed)
            put(msgspec.msgpack.encode(record))
            written += 1
        file.write(hashed.digest())
        file.flush()
        os.fsync(file.fileno())
    return written


def read(file: Path, *, terminal: str) -> list[Carried]:
    """Return the records of a file, all or none.

    Raises:
        Unreadable: it is another terminal's, not whole, or altered.
        OSError: it cannot be read.
    """
    content = file.read_bytes()
    body = content[len(_MAGIC) : -_DIGEST_BYTES]
    if not content.startswith(_MAGIC) or hashlib.sha256(body).digest() != content[-_DIGEST_BYTES:]:
        raise Unreadable("no queue, or altered")
    try:
        first, *rest = list(_pieces(body))
        queue = msgspec.msgpack.decode(first, type=_Queue)
        records = [msgspec.msgpack.decode(piece, type=_Record) for piece in rest]
    except (ValueError, msgspec.DecodeError):
        raise Unreadable("no queue, or altered") from None
    if queue.terminal != terminal or queue.records != len(records):
        raise Unreadable("another terminal's, or not whole")
    return [Carried(r.record_id, r.key_id, r.suite, r.created_at, r.sealed) for r in records]


def _pieces(body: bytes) -> Iterator[bytes]:
    place = 0
    while place < len(body):
        length = int.from_bytes(body[place : place + 4], "big")
        piece = body[place + 4 : place + 4 + length]
        if len(piece) != length:
            raise ValueError("cut short")
        yield piece
        place += 4 + length


def _opened(path: Path) -> Outbox:
    # What may wait is the engine's to limit.
    return Outbox(path, limit_records=1_000_000, limit_age_s=1e12, clock=time.time)


def _count(asked: argparse.Namespace) -> int:
    outbox = _opened(asked.outbox)
    counts = outbox.counts()
    outbox.close()
    print(f"queued={counts.queued} set_aside={counts.set_aside}")
    return 0


def _export(asked: argparse.Namespace) -> int:
    outbox = _opened(asked.outbox)
    try:
        counts = outbox.counts()
        waiting = counts.queued + counts.set_aside
        written = write(outbox.carried(), terminal=asked.terminal, count=waiting, to=asked.file)
    finally:
        outbox.close()
    # Read back from the medium: what was not written is found out while the queue is here.
    found = len(read(asked.file, terminal=asked.terminal))
    print(f"exported={found}")
    return 0 if found == written == waiting else 1


def _import(asked: argparse.Namespace) -> int:
    records = read(asked.file, terminal=asked.terminal)
    outbox = _opened(asked.outbox)
    try:
        for one in records:
            outbox.store(
                one.record_id,
                one.sealed,
                key_id=one.key_id,
                created_at=one.created_at,
                suite=one.suite,
            )
    finally:
        outbox.close()
    print(f"imported={len(records)}")
    return 0


_ACTS: Final = {"count": _count, "export": _export, "import": _import}


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the command line and do it; 1 with a code if it was not done."""
    parser = argparse.ArgumentParser(prog="python -m kiosk.sync.carrying", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("act", choices=sorted(_ACTS))
    parser.add_argument("--outbox", type=Path, required=True)
    parser.add_argument("--terminal", default="")
    parser.add_argument("--file", type=Path)
    asked = parser.parse_args(arguments)
    if asked.act != "count" and not (asked.terminal and asked.file):
        parser.error("--terminal and --file")
    try:
        return _ACTS[asked.act](asked)
    except Unreadable as failed:
        print(f"{failed.code}: {failed}", file=sys.stderr)
    except OSError as failed:
        print(f"{Failure.RETIRE_NOT_EXPORTED}: {failed.strerror}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
