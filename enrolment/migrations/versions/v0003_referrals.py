"""Only referrals keep the sealed record."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Erase what was decided."""
    with op.batch_alter_table("records") as table:
        table.alter_column("sealed", existing_type=sa.LargeBinary(), nullable=True)
    op.execute("UPDATE records SET sealed = NULL WHERE verdict != 'refer'")


def downgrade() -> None:
    """What was erased stays empty."""
    op.execute("UPDATE records SET sealed = '' WHERE sealed IS NULL")
    with op.batch_alter_table("records") as table:
        table.alter_column("sealed", existing_type=sa.LargeBinary(), nullable=False)
