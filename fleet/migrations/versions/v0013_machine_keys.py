"""The key of each terminal's machine, where its TPM keeps one."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Add the column."""
    op.add_column("terminals", sa.Column("machine_key", sa.LargeBinary))


def downgrade() -> None:
    """Drop it: nobody's machine is known any more."""
    op.drop_column("terminals", "machine_key")
