"""Heads of terminals' audit trails."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "trail_heads",
        sa.Column("terminal", sa.String(64), nullable=False),
        sa.Column("count", sa.BigInteger, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("seen_at", sa.String(25), nullable=False),
        sa.Column("contradicts", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("terminal", "count", "hash", name="pk_trail_heads"),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("trail_heads")
