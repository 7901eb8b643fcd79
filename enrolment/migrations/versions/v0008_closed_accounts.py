"""Closed accounts free their number; certificates are revoked."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_NUMBER = "uq_records_accepted_number"


def _index(where: str) -> None:
    kept = sa.text(where)
    op.create_index(
        _NUMBER, "records", ["number_digest"], unique=True, sqlite_where=kept, postgresql_where=kept
    )


def upgrade() -> None:
    """Add the columns, and let a closed account's number be enrolled again."""
    op.add_column("records", sa.Column("closed_at", sa.String(25)))
    op.add_column("certificates", sa.Column("revoked_at", sa.String(25)))
    op.create_index("ix_records_closed_at", "records", ["closed_at"])
    op.drop_index(_NUMBER, "records")
    enrolled = "verdict = 'accepted' AND closed_at IS NULL"
    _index(enrolled)
    unopened = sa.text(f"{enrolled} AND linked_at IS NULL")
    op.create_index(
        "ix_records_unopened",
        "records",
        ["received_at"],
        sqlite_where=unopened,
        postgresql_where=unopened,
    )


def downgrade() -> None:
    """Drop them. A number that was enrolled again stays with the later record alone."""
    op.drop_index(_NUMBER, "records")
    op.execute("UPDATE records SET verdict = 'rejected' WHERE closed_at IS NOT NULL")
    _index("verdict = 'accepted'")
    for name in ("closed_at", "unopened"):
        op.drop_index(f"ix_records_{name}", "records")
    with op.batch_alter_table("records") as table:
        table.drop_column("closed_at")
    with op.batch_alter_table("certificates") as table:
        table.drop_column("revoked_at")
