"""Guardians' consents for minors."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "guardian_consents",
        sa.Column("consent_id", sa.String(36), nullable=False),
        sa.Column("terminal", sa.String(64), nullable=False),
        sa.Column("record_id", sa.String(36), nullable=False),
        sa.Column("reference", sa.String(32), nullable=False),
        sa.Column("token_digest", sa.String(64), nullable=False),
        sa.Column("statement", sa.String(32), nullable=False),
        sa.Column("until", sa.String(25), nullable=False),
        sa.Column("choice", sa.Boolean),
        sa.Column("means", sa.String(16)),
        sa.Column("phone_digest", sa.String(64)),
        sa.Column("answered_at", sa.String(25)),
        sa.Column("withdrawn_at", sa.String(25)),
        sa.Column("used_at", sa.String(25)),
        sa.PrimaryKeyConstraint("consent_id", name="pk_guardian_consents"),
        sa.UniqueConstraint("token_digest", name="uq_guardian_consents_token_digest"),
    )
    for column in ("until", "phone_digest"):
        op.create_index(f"ix_guardian_consents_{column}", "guardian_consents", [column])


def downgrade() -> None:
    """Drop it."""
    op.drop_table("guardian_consents")
