"""The head of a terminal's audit trail, as it is anchored at the register with each upload.

Whoever holds an old head can tell a trail that was cut or edited since, although every
hash in it was made anew: at that length the chain no longer has that head.
"""

import re
from dataclasses import dataclass
from typing import Final

HEADER: Final = "Trail-Head"
"""Travels with each record, as ``COUNT;sha-256=HEX``; the register answers with its own."""
GENESIS: Final = "0" * 64
"""The hash before the first entry."""
_FORM: Final = re.compile(r"(0|[1-9][0-9]{0,14});sha-256=([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class TrailHead:
    """How long a trail is, and the hash of its last entry."""

    count: int = 0
    hash: str = GENESIS

    def __str__(self) -> str:
        return f"{self.count};sha-256={self.hash}"

    def contradicts(self, later: "TrailHead") -> bool:
        """Say whether `later`, told afterwards, cannot be this trail grown on."""
        shrunk = later.count < self.count
        return shrunk or (later.count == self.count and later.hash != self.hash)


NO_TRAIL: Final = TrailHead()
"""Of a terminal that has noted nothing yet."""


def parse(text: str) -> TrailHead | None:
    """Return the head that a header tells; None if it is none."""
    found = _FORM.fullmatch(text)
    return TrailHead(int(found[1]), found[2]) if found else None
