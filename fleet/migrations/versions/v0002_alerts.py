"""Alerts, what was said to them, silences, and what is to be told."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "alerts",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("fingerprint", sa.String(24), nullable=False),
        sa.Column("grouped", sa.String(80), nullable=False),
        sa.Column("rule", sa.String(40), nullable=False),
        sa.Column("terminal", sa.Integer),
        sa.Column("district", sa.String(32), nullable=False),
        sa.Column("severity", sa.String(8), nullable=False),
        sa.Column("failure", sa.String(40), nullable=False),
        sa.Column("security", sa.Boolean, nullable=False),
        sa.Column("sentence", sa.String(400), nullable=False),
        sa.Column("opened_at", sa.BigInteger, nullable=False),
        sa.Column("seen_at", sa.BigInteger, nullable=False),
        sa.Column("resolved_at", sa.BigInteger),
        sa.Column("acknowledged_by", sa.String(120)),
        sa.Column("assigned_to", sa.String(120)),
        sa.Column("told_at", sa.BigInteger),
        sa.Column("level", sa.Integer, nullable=False),
        sa.Column("not_useful", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_alerts"),
    )
    op.create_index("ix_alerts_fingerprint", "alerts", ["fingerprint"])
    op.create_index(
        "uq_alerts_open",
        "alerts",
        ["fingerprint"],
        unique=True,
        sqlite_where=sa.text("resolved_at IS NULL"),
        postgresql_where=sa.text("resolved_at IS NULL"),
    )
    op.create_table(
        "alert_notes",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("alert", sa.Integer, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("author", sa.String(120), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("text", sa.String(1000), nullable=False),
        sa.ForeignKeyConstraint(["alert"], ["alerts.id"], name="fk_alert_notes_alert"),
        sa.PrimaryKeyConstraint("id", name="pk_alert_notes"),
    )
    op.create_index("ix_alert_notes_alert", "alert_notes", ["alert"])
    op.create_table(
        "silences",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("matchers", sa.String(400), nullable=False),
        sa.Column("begins_at", sa.BigInteger, nullable=False),
        sa.Column("ends_at", sa.BigInteger, nullable=False),
        sa.Column("author", sa.String(120), nullable=False),
        sa.Column("reason", sa.String(400), nullable=False),
        sa.Column("maintenance", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_silences"),
    )
    op.create_table(
        "messages",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("level", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("made_at", sa.BigInteger, nullable=False),
        sa.Column("due_at", sa.BigInteger, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("sent_at", sa.BigInteger),
        sa.PrimaryKeyConstraint("id", name="pk_messages"),
    )
    op.create_index("ix_messages_due_at", "messages", ["due_at"])


def downgrade() -> None:
    """Drop them."""
    for name in ("messages", "silences", "alert_notes", "alerts"):
        op.drop_table(name)
