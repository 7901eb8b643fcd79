"""Why a record was not accepted, as a class."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the column."""
    op.add_column("records", sa.Column("reason", sa.String(24)))


def downgrade() -> None:
    """Drop it."""
    with op.batch_alter_table("records") as table:
        table.drop_column("reason")
