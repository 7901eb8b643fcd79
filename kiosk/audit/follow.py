"""Follow the trail from another program, entry by entry, checking the chain on the way."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec

from kiosk.audit.trail import TrailBroken, followed
from wire.trail_head import GENESIS

LONGEST_LINE = 4096


@dataclass(frozen=True, slots=True)
class Mark:
    """How far the trail was followed."""

    offset: int = 0
    """Bytes of the file."""
    count: int = 0
    head: str = GENESIS
    """Hash of the last entry."""


class Told(msgspec.Struct, frozen=True):
    """An entry of the trail as it was kept."""

    n: int
    at: datetime
    event: str
    with_: dict[str, bool | int | float | str] = msgspec.field(name="with")


_decoder = msgspec.json.Decoder(Told)


def follow(path: Path, mark: Mark, *, most: int) -> tuple[list[Told], Mark]:
    """Return up to `most` entries after `mark`, and the mark after them.

    A line that is still being written is left for the next time; so is a trail that is
    not there yet.

    Raises:
        TrailBroken: what is on disk does not lead on from `mark`.
        OSError: the file is there and cannot be read.
    """
    entries: list[Told] = []
    offset, head = mark.offset, mark.head
    try:
        file = path.open("rb")
    except FileNotFoundError:
        if mark.count:
            raise TrailBroken("the trail is gone") from None
        return [], mark
    with file:
        if file.seek(0, 2) < offset:
            raise TrailBroken("the trail is shorter than it was")
        file.seek(offset)
        while len(entries) < most:
            line = file.readline(LONGEST_LINE)
            if not line.endswith(b"\n"):
                break
            head = followed(head, line)
            try:
                entries.append(_decoder.decode(line))
            except msgspec.DecodeError:
                raise TrailBroken("an entry of another shape") from None
            offset += len(line)
    return entries, Mark(offset, mark.count + len(entries), head)
