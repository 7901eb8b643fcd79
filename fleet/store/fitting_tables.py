"""The tables of what stands in terminals' places, beside those of `fleet.store.tables`."""

import sqlalchemy as sa

from fleet.store.tables import metadata
from wire.devices import LONGEST_MODEL, LONGEST_SERIAL

fittings = sa.Table(
    "fittings",
    metadata,
    sa.Column("terminal", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("place", sa.String(16), primary_key=True),
    sa.Column("model", sa.String(LONGEST_MODEL), nullable=False),
    sa.Column("serial", sa.String(LONGEST_SERIAL), nullable=False),
    sa.Column("since", sa.BigInteger, nullable=False, index=True),
    sa.Column("told_at", sa.BigInteger, nullable=False),
)
"""The device in each place, as told last; `since` it was told first. No serial number is empty."""

swaps = sa.Table(
    "swaps",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("terminal", sa.Integer, nullable=False),
    sa.Column("place", sa.String(16), nullable=False),
    sa.Column("at", sa.BigInteger, nullable=False, index=True),
    sa.Column("model", sa.String(LONGEST_MODEL), nullable=False),
    sa.Column("serial", sa.String(LONGEST_SERIAL), nullable=False),
    sa.Column("model_before", sa.String(LONGEST_MODEL), nullable=False),
    sa.Column("serial_before", sa.String(LONGEST_SERIAL), nullable=False),
    sa.Index("ix_swaps_of", "terminal", "id"),
)
"""Each time another device stood in a place than before."""
