"""Selections that were saved."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "groups",
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("selection", sa.String(200), nullable=False),
        sa.Column("made_by", sa.String(120), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_groups"),
    )
