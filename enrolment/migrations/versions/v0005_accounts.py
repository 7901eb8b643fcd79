"""Accounts, the ledger of consents, templates, challenges, acts, signing certificates."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "accounts",
        sa.Column("record_id", sa.String(36), nullable=False),
        sa.Column("details", sa.LargeBinary, nullable=False),
        sa.Column("evidence", sa.Text, nullable=False),
        sa.Column("product", sa.String(16)),
        sa.Column("email", sa.LargeBinary),
        sa.Column("phone_digest", sa.String(64)),
        sa.PrimaryKeyConstraint("record_id", name="pk_accounts"),
        sa.UniqueConstraint("phone_digest", name="uq_accounts_phone_digest"),
    )
    op.create_table(
        "consents",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("record_id", sa.String(36), nullable=False),
        sa.Column("purpose", sa.String(16), nullable=False),
        sa.Column("statement", sa.String(32), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("choice", sa.Boolean, nullable=False),
        sa.Column("at", sa.String(25), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_consents"),
    )
    op.create_index("ix_consents_record_id", "consents", ["record_id"])
    op.create_table(
        "templates",
        sa.Column("record_id", sa.String(36), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("record_id", name="pk_templates"),
    )
    op.create_table(
        "challenges",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("record_id", sa.String(36), nullable=False),
        sa.Column("given_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_challenges"),
    )
    op.create_table(
        "acts",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("record_id", sa.String(36), nullable=False),
        sa.Column("act", sa.String(24), nullable=False),
        sa.Column("at", sa.String(25), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_acts"),
    )
    op.create_index("ix_acts_record_id", "acts", ["record_id"])
    op.create_table(
        "certificates",
        sa.Column("serial", sa.String(40), nullable=False),
        sa.Column("record_id", sa.String(36), nullable=False),
        sa.Column("certificate", sa.LargeBinary, nullable=False),
        sa.Column("evidence_digest", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("serial", name="pk_certificates"),
        sa.UniqueConstraint("record_id", name="uq_certificates_record_id"),
    )


def downgrade() -> None:
    """Drop them."""
    for table in ("certificates", "acts", "challenges", "templates", "consents", "accounts"):
        op.drop_table(table)
