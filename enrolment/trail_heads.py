"""The heads of terminals' audit trails: each that came with a record, and whether it grew.

A head that went back, or another hash at the same length, is kept and marked: the record
that brought it is still taken, for the citizen did nothing.
"""

import contextlib
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from enrolment.store import Store, metadata, moment
from wire.trail_head import TrailHead

heads = sa.Table(
    "trail_heads",
    metadata,
    sa.Column("terminal", sa.String(64), primary_key=True),
    sa.Column("count", sa.BigInteger, primary_key=True),
    sa.Column("hash", sa.String(64), primary_key=True),
    sa.Column("seen_at", sa.String(25), nullable=False),
    sa.Column("contradicts", sa.Boolean, nullable=False),
)


def latest(store: Store, terminal: str) -> TrailHead:
    """Return the longest head of a terminal's trail that did not contradict one before."""
    wanted = (
        sa.select(heads.c.count, heads.c.hash)
        .where(heads.c.terminal == terminal, heads.c.contradicts.is_(False))
        .order_by(heads.c.count.desc())
        .limit(1)
    )
    with store.engine.connect().execution_options(reads_only=True) as connection:
        row = connection.execute(wanted).one_or_none()
    return TrailHead(*row) if row else TrailHead()


def anchor(store: Store, terminal: str, head: TrailHead, *, at: datetime) -> TrailHead:
    """Keep `head`, and return the one it has to have grown from."""
    known = latest(store, terminal)
    if head == known:
        return known
    row = {
        "terminal": terminal,
        "count": head.count,
        "hash": head.hash,
        "seen_at": moment(at),
        "contradicts": known.contradicts(head),
    }
    # The same head again comes with a repeated record: it was judged the first time.
    with contextlib.suppress(IntegrityError), store.engine.begin() as connection:
        connection.execute(heads.insert().values(row))
    return known
