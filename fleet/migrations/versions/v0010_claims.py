"""Codes by which machines become terminals."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "claims",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("terminal", sa.Integer, nullable=False),
        sa.Column("made_by", sa.String(200), nullable=False),
        sa.Column("made_at", sa.BigInteger, nullable=False),
        sa.Column("ends_at", sa.BigInteger, nullable=False),
        sa.Column("used_at", sa.BigInteger),
        sa.Column("key", sa.String(64)),
        sa.Column("key_kept", sa.String(8)),
        sa.Column("certificate", sa.LargeBinary),
        sa.PrimaryKeyConstraint("digest", name="pk_claims"),
        sa.ForeignKeyConstraint(["terminal"], ["terminals.number"], name="fk_claims_terminal"),
    )
    op.create_index("ix_claims_of", "claims", ["terminal", "made_at"])
