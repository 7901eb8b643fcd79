"""Which devices stand in terminals' places, and each time one was swapped."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "fittings",
        sa.Column("terminal", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("place", sa.String(16), nullable=False),
        sa.Column("model", sa.String(80), nullable=False),
        sa.Column("serial", sa.String(64), nullable=False),
        sa.Column("since", sa.BigInteger, nullable=False),
        sa.Column("told_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("terminal", "place", name="pk_fittings"),
    )
    op.create_index("ix_fittings_since", "fittings", ["since"])
    op.create_table(
        "swaps",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("terminal", sa.Integer, nullable=False),
        sa.Column("place", sa.String(16), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("model", sa.String(80), nullable=False),
        sa.Column("serial", sa.String(64), nullable=False),
        sa.Column("model_before", sa.String(80), nullable=False),
        sa.Column("serial_before", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_swaps"),
    )
    op.create_index("ix_swaps_at", "swaps", ["at"])
    op.create_index("ix_swaps_of", "swaps", ["terminal", "id"])


def downgrade() -> None:
    """Take the tables away; terminals tell again what they hold."""
    op.drop_table("swaps")
    op.drop_table("fittings")
