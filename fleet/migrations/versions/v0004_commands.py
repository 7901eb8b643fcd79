"""What is asked of terminals, and what they handed over."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "commands",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("lot", sa.Integer, nullable=False),
        sa.Column("terminal", sa.Integer, nullable=False),
        sa.Column("ordered", sa.String(24), nullable=False),
        sa.Column("program", sa.String(12)),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("asked_by", sa.String(200), nullable=False),
        sa.Column("asked_name", sa.String(120), nullable=False),
        sa.Column("asked_at", sa.BigInteger, nullable=False),
        sa.Column("reason", sa.String(400), nullable=False),
        sa.Column("approved_name", sa.String(120)),
        sa.Column("approved_at", sa.BigInteger),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
        sa.Column("delivered_at", sa.BigInteger),
        sa.Column("running_at", sa.BigInteger),
        sa.Column("ended_at", sa.BigInteger),
        sa.Column("failure", sa.String(40)),
        sa.Column("checks", sa.String(400)),
        sa.ForeignKeyConstraint(["terminal"], ["terminals.number"], name="fk_commands_terminal"),
        sa.PrimaryKeyConstraint("id", name="pk_commands"),
    )
    op.create_index("ix_commands_lot", "commands", ["lot"])
    op.create_index("ix_commands_state", "commands", ["state"])
    op.create_index("ix_commands_of", "commands", ["terminal", "id"])
    op.create_table(
        "bundles",
        sa.Column("command", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.ForeignKeyConstraint(["command"], ["commands.id"], name="fk_bundles_command"),
        sa.PrimaryKeyConstraint("command", name="pk_bundles"),
    )
