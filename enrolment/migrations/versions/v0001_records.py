"""Terminals and records."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "terminals",
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("in_service", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", name="pk_terminals"),
    )
    op.create_table(
        "records",
        sa.Column("record_id", sa.String(36), nullable=False),
        sa.Column("terminal", sa.String(64), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("key_id", sa.String(16), nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("verdict", sa.String(16), nullable=False),
        sa.Column("number_digest", sa.String(64), nullable=False),
        sa.Column("token_digest", sa.String(64), nullable=False),
        sa.Column("reference", sa.String(32), nullable=False),
        sa.Column("keep_template", sa.Boolean, nullable=False),
        sa.Column("receipt", sa.Text, nullable=False),
        sa.Column("received_at", sa.String(25), nullable=False),
        sa.Column("linked_at", sa.String(25)),
        sa.PrimaryKeyConstraint("record_id", name="pk_records"),
        sa.UniqueConstraint("token_digest", name="uq_records_token_digest"),
    )
    op.create_index(
        "uq_records_accepted_number",
        "records",
        ["number_digest"],
        unique=True,
        sqlite_where=sa.text("verdict = 'accepted'"),
        postgresql_where=sa.text("verdict = 'accepted'"),
    )


def downgrade() -> None:
    """Drop both tables."""
    op.drop_table("records")
    op.drop_table("terminals")
