"""Rollouts, who approved them, how far each terminal came, and what trails say of updates."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the tables; every terminal counts as wired until the inventory says otherwise."""
    op.add_column(
        "terminals", sa.Column("network", sa.String(8), nullable=False, server_default="wired")
    )
    op.create_table(
        "updates",
        sa.Column("terminal", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("number", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("event", sa.String(24), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("version", sa.String(16), nullable=False),
        sa.PrimaryKeyConstraint("terminal", "number", name="pk_updates"),
    )
    _rollouts()
    op.create_table(
        "rollout_approvals",
        sa.Column("rollout", sa.Integer, nullable=False),
        sa.Column("who", sa.String(200), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.ForeignKeyConstraint(["rollout"], ["rollouts.id"], name="fk_rollout_approvals_rollout"),
        sa.PrimaryKeyConstraint("rollout", "who", name="pk_rollout_approvals"),
    )
    _members()
    op.create_table(
        "rollout_notes",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("rollout", sa.Integer, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("author", sa.String(120), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("text", sa.String(400), nullable=False),
        sa.ForeignKeyConstraint(["rollout"], ["rollouts.id"], name="fk_rollout_notes_rollout"),
        sa.PrimaryKeyConstraint("id", name="pk_rollout_notes"),
    )
    op.create_index("ix_rollout_notes_rollout", "rollout_notes", ["rollout"])


def _rollouts() -> None:
    op.create_table(
        "rollouts",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("version", sa.String(16), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("length", sa.BigInteger, nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("urgent", sa.Boolean, nullable=False),
        sa.Column("go_back", sa.Boolean, nullable=False),
        sa.Column("takes_back", sa.Integer),
        sa.Column("models", sa.String(400), nullable=False),
        sa.Column("districts", sa.String(400), nullable=False),
        sa.Column("from_minute", sa.Integer, nullable=False),
        sa.Column("until_minute", sa.Integer, nullable=False),
        sa.Column("plan", sa.Text, nullable=False),
        sa.Column("asked_by", sa.String(200), nullable=False),
        sa.Column("asked_name", sa.String(120), nullable=False),
        sa.Column("asked_at", sa.BigInteger, nullable=False),
        sa.Column("reason", sa.String(400), nullable=False),
        sa.Column("wave", sa.Integer, nullable=False),
        sa.Column("wave_at", sa.BigInteger),
        sa.Column("begun_at", sa.BigInteger),
        sa.Column("ended_at", sa.BigInteger),
        sa.Column("because", sa.String(12)),
        sa.Column("failed", sa.Integer, nullable=False),
        sa.Column("confirmed", sa.Integer, nullable=False),
        sa.Column("reachable", sa.Integer, nullable=False),
        sa.Column("probability", sa.Float, nullable=False),
        sa.ForeignKeyConstraint(["takes_back"], ["rollouts.id"], name="fk_rollouts_takes_back"),
        sa.PrimaryKeyConstraint("id", name="pk_rollouts"),
    )
    offered = sa.text("state IN ('running', 'paused', 'done')")
    op.create_index(
        "uq_rollouts_offered",
        "rollouts",
        ["kind"],
        unique=True,
        sqlite_where=offered,
        postgresql_where=offered,
    )


def _members() -> None:
    op.create_table(
        "rollout_members",
        sa.Column("rollout", sa.Integer, nullable=False),
        sa.Column("terminal", sa.Integer, nullable=False),
        sa.Column("wave", sa.Integer, nullable=False),
        sa.Column("progress", sa.String(12), nullable=False),
        sa.Column("since", sa.BigInteger, nullable=False),
        sa.Column("seen", sa.BigInteger, nullable=False),
        sa.Column("excluded", sa.Boolean, nullable=False),
        sa.Column("usual_ended", sa.Integer, nullable=False),
        sa.Column("usual_completed", sa.Integer, nullable=False),
        sa.Column("then_ended", sa.Integer, nullable=False),
        sa.Column("then_completed", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(["rollout"], ["rollouts.id"], name="fk_rollout_members_rollout"),
        sa.ForeignKeyConstraint(
            ["terminal"], ["terminals.number"], name="fk_rollout_members_terminal"
        ),
        sa.PrimaryKeyConstraint("rollout", "terminal", name="pk_rollout_members"),
    )
    op.create_index("ix_rollout_members_terminal", "rollout_members", ["terminal"])
