"""Templates of foreign logs, and how often they were said."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0007"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "log_templates",
        sa.Column("id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("source", sa.String(12), nullable=False),
        sa.Column("words", sa.String(120), nullable=False),
        sa.Column("first_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_log_templates"),
    )
    op.create_table(
        "log_hours",
        sa.Column("terminal", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("template", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("times", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("terminal", "at", "template", name="pk_log_hours"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_log_hours_at", "log_hours", ["at"])
