"""The heads of terminals' audit trails: each that came with a record, and whether it grew.

A head that went back, or another hash at the same length, is kept and marked: the record
that brought it is still taken, for the citizen did nothing.
"""

from dataclasses import dataclass

import sqlalchemy as sa

from enrolment.tables import trail_heads
from wire.trail_head import TrailHead


@dataclass(frozen=True, slots=True)
class Anchor:
    """A head that a terminal told, to be kept with what it came with."""

    terminal: str
    head: TrailHead
    known: TrailHead
    """The longest known before: what `head` has to have grown from."""
    seen_at: str

    @property
    def is_news(self) -> bool:
        """Say whether there is anything to keep."""
        return self.head != self.known


def latest(connection: sa.Connection, terminal: str) -> TrailHead:
    """Return the longest head of a terminal's trail that did not contradict one before."""
    wanted = (
        sa.select(trail_heads.c.count, trail_heads.c.hash)
        .where(trail_heads.c.terminal == terminal, trail_heads.c.contradicts.is_(False))
        .order_by(trail_heads.c.count.desc())
        .limit(1)
    )
    row = connection.execute(wanted).one_or_none()
    return TrailHead(*row) if row else TrailHead()


def row(anchor: Anchor) -> dict[str, object]:
    """Return the row that keeps `anchor`."""
    return {
        "terminal": anchor.terminal,
        "count": anchor.head.count,
        "hash": anchor.head.hash,
        "seen_at": anchor.seen_at,
        "contradicts": anchor.known.contradicts(anchor.head),
    }
