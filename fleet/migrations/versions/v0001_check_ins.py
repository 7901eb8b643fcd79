"""Sites, terminals, what they send, and its roll-ups."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_MEASURED = [
    "temperature_c",
    "disk_free",
    "memory_free",
    "paper_left",
    "clock_offset_ms",
    "round_trip_ms",
]
_COUNTED = [
    "queued",
    "set_aside",
    "oldest_s",
    "screen_s",
    "started",
    "completed",
    "left",
    "referred",
    "broken",
    "cards_read",
    "card_failures",
    "photos",
    "capture_rejections",
    "face_checks",
    "faces_unclear",
    "presentation_rejections",
    "receipts",
    "receipts_failed",
]


def _figures() -> Iterator[sa.Column[Any]]:
    for name in _MEASURED:
        yield sa.Column(name, sa.REAL)
    for name in _COUNTED:
        yield sa.Column(name, sa.Integer)


def _key(name: str, kind: Any = sa.Integer) -> sa.Column[Any]:
    return sa.Column(name, kind, autoincrement=False, nullable=False)


def _rolled(name: str) -> None:
    op.create_table(
        name,
        _key("terminal"),
        _key("at", sa.BigInteger),
        sa.Column("readings", sa.Integer, nullable=False),
        sa.Column("worst_parts", sa.SmallInteger, nullable=False),
        *_figures(),
        sa.PrimaryKeyConstraint("terminal", "at", name=f"pk_{name}"),
        sqlite_with_rowid=False,
    )
    op.create_index(f"ix_{name}_at", name, ["at"])


def upgrade() -> None:
    """Make all tables."""
    _inventory()
    _state()
    op.create_table(
        "readings",
        _key("at", sa.BigInteger),
        _key("terminal"),
        sa.Column("parts", sa.SmallInteger, nullable=False),
        *_figures(),
        sa.PrimaryKeyConstraint("at", "terminal", name="pk_readings"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "dirty", _key("at", sa.BigInteger), sa.PrimaryKeyConstraint("at", name="pk_dirty")
    )
    _rolled("five_minutes")
    _rolled("hours")


def _inventory() -> None:
    op.create_table(
        "sites",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("name_en", sa.String(120), nullable=False),
        sa.Column("name_zh", sa.String(120), nullable=False),
        sa.Column("district", sa.String(32), nullable=False),
        sa.Column("x", sa.Float, nullable=False),
        sa.Column("y", sa.Float, nullable=False),
        sa.Column("opens", sa.Integer, nullable=False),
        sa.Column("closes", sa.Integer, nullable=False),
        sa.Column("days", sa.Integer, nullable=False),
        sa.Column("contact", sa.String(200), server_default="", nullable=False),
        sa.Column("notes", sa.Text, server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sites"),
    )
    op.create_table(
        "terminals",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("site", sa.String(32)),
        sa.Column("model", sa.String(64), server_default="", nullable=False),
        sa.Column("tags", sa.String(200), server_default="", nullable=False),
        sa.Column("notes", sa.Text, server_default="", nullable=False),
        sa.Column("retired", sa.Boolean, server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["site"], ["sites.id"], name="fk_terminals_site"),
        sa.PrimaryKeyConstraint("number", name="pk_terminals"),
        sa.UniqueConstraint("name", name="uq_terminals_name"),
    )
    op.create_table(
        "certificates",
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("terminal", sa.Integer, nullable=False),
        sa.Column("der", sa.LargeBinary, nullable=False),
        sa.Column("revoked", sa.Boolean, nullable=False),
        sa.Column("change", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(
            ["terminal"], ["terminals.number"], name="fk_certificates_terminal"
        ),
        sa.PrimaryKeyConstraint("fingerprint", name="pk_certificates"),
    )
    op.create_index("ix_certificates_change", "certificates", ["change"])


def _state() -> None:
    op.create_table(
        "latest",
        _key("terminal"),
        sa.Column("sequence", sa.BigInteger, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("received_at", sa.BigInteger, nullable=False),
        sa.Column("reading", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("terminal", name="pk_latest"),
        postgresql_with={"fillfactor": 50},
    )
    op.create_table(
        "trails",
        _key("terminal"),
        _key("day"),
        sa.Column("count", sa.BigInteger, nullable=False),
        sa.Column("head", sa.LargeBinary, nullable=False),
        sa.Column("conflict", sa.Boolean, server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("terminal", "day", name="pk_trails"),
    )
    op.create_table(
        "entries",
        _key("terminal"),
        _key("number", sa.BigInteger),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("event", sa.String(40), nullable=False),
        sa.Column("fields", sa.String(400), nullable=False),
        sa.PrimaryKeyConstraint("terminal", "number", name="pk_entries"),
    )
    op.create_index("ix_entries_at", "entries", ["at"])
    op.create_table(
        "steps",
        _key("terminal"),
        _key("day"),
        sa.Column("screen", sa.String(24), nullable=False),
        sa.Column("times", sa.BigInteger, nullable=False),
        sa.Column("total_ms", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("terminal", "day", "screen", name="pk_steps"),
    )
    op.create_table(
        "failures",
        _key("terminal"),
        _key("day"),
        sa.Column("failure", sa.String(40), nullable=False),
        sa.Column("times", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("terminal", "day", "failure", name="pk_failures"),
    )


def downgrade() -> None:
    """Drop all tables."""
    for name in (
        "hours",
        "five_minutes",
        "dirty",
        "readings",
        "failures",
        "steps",
        "entries",
        "trails",
        "latest",
        "certificates",
        "terminals",
        "sites",
    ):
        op.drop_table(name)
