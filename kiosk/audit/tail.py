"""The last entries of the trail, for staff at the terminal; nothing personal can be in them."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec

from kiosk.audit.follow import Told

MOST: Final = 90
"""Ten pages on a screen."""
_LAST_BYTES: Final = 64 << 10

_decoder = msgspec.json.Decoder(Told)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as it is shown."""

    at: datetime
    """Local time."""
    event: str
    fields: str


def tail(path: Path) -> list[Entry]:
    """Return the last entries, newest first; a line that is none of ours is passed over.

    The chain is not checked here: `kiosk.audit.trail.verify` does, at every start.
    """
    try:
        with path.open("rb") as file:
            end = file.seek(0, 2)
            file.seek(max(0, end - _LAST_BYTES))
            lines = file.read().splitlines()
    except OSError:
        return []
    found: list[Entry] = []
    for line in reversed(lines[-MOST - 1 :]):
        try:
            told = _decoder.decode(line)
        except msgspec.DecodeError:
            continue
        fields = " ".join(f"{name}={value}" for name, value in told.with_.items())
        found.append(Entry(told.at.astimezone(), told.event, fields))
    return found[:MOST]
