"""The tables of rollouts; what holds for `fleet.store.tables` holds for them."""

import sqlalchemy as sa

from fleet.store.tables import metadata

updates = sa.Table(
    "updates",
    metadata,
    sa.Column("terminal", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Column("event", sa.String(24), nullable=False),
    sa.Column("kind", sa.String(8), nullable=False),
    sa.Column("version", sa.String(16), nullable=False),
)
"""What trails say of updates; `at` is when it came, by our clock: the terminal's may be wrong."""

rollouts = sa.Table(
    "rollouts",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("kind", sa.String(8), nullable=False),
    sa.Column("version", sa.String(16), nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("length", sa.BigInteger, nullable=False),
    sa.Column("state", sa.String(12), nullable=False),
    sa.Column("urgent", sa.Boolean, nullable=False),
    sa.Column("go_back", sa.Boolean, nullable=False),
    sa.Column("takes_back", sa.Integer, sa.ForeignKey("rollouts.id")),
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
)
"""Each rollout, and the figures of the last look at it (`fleet.rollout.decide.Decision`)."""
_offered = sa.text("state IN ('running', 'paused', 'done')")
sa.Index(
    "uq_rollouts_offered",
    rollouts.c.kind,
    unique=True,
    sqlite_where=_offered,
    postgresql_where=_offered,
)

rollout_approvals = sa.Table(
    "rollout_approvals",
    metadata,
    sa.Column("rollout", sa.Integer, sa.ForeignKey("rollouts.id"), primary_key=True),
    sa.Column("who", sa.String(200), primary_key=True),
    sa.Column("name", sa.String(120), nullable=False),
    sa.Column("at", sa.BigInteger, nullable=False),
)

rollout_members = sa.Table(
    "rollout_members",
    metadata,
    sa.Column("rollout", sa.Integer, sa.ForeignKey("rollouts.id"), primary_key=True),
    sa.Column("terminal", sa.Integer, sa.ForeignKey("terminals.number"), primary_key=True),
    sa.Column("wave", sa.Integer, nullable=False),
    sa.Column("progress", sa.String(12), nullable=False),
    sa.Column("since", sa.BigInteger, nullable=False),
    sa.Column("seen", sa.BigInteger, nullable=False),
    sa.Column("excluded", sa.Boolean, nullable=False),
    sa.Column("usual_ended", sa.Integer, nullable=False),
    sa.Column("usual_completed", sa.Integer, nullable=False),
    sa.Column("then_ended", sa.Integer, nullable=False),
    sa.Column("then_completed", sa.Integer, nullable=False),
    sa.Index("ix_rollout_members_terminal", "terminal"),
)
"""A terminal in a rollout. `seen`: the last entry of its trail that was heeded; `usual`: visits of
the fourteen days before it was confirmed; `then`: its figures, which count up, at that moment."""

rollout_notes = sa.Table(
    "rollout_notes",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("rollout", sa.Integer, sa.ForeignKey("rollouts.id"), nullable=False, index=True),
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Column("author", sa.String(120), nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("text", sa.String(400), nullable=False),
)
