"""Nonces of signatures: each counts once."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "nonces",
        sa.Column("certificate", sa.String(64), nullable=False),
        sa.Column("nonce", sa.String(32), nullable=False),
        sa.Column("stated_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("certificate", "nonce", name="pk_nonces"),
    )
    op.create_index("ix_nonces_stated_at", "nonces", ["stated_at"])


def downgrade() -> None:
    """Drop it."""
    op.drop_table("nonces")
