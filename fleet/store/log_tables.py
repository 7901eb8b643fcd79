"""The tables of what foreign logs said, beside those of `fleet.store.tables`."""

import sqlalchemy as sa

from fleet.store.tables import metadata

log_templates = sa.Table(
    "log_templates",
    metadata,
    sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("source", sa.String(12), nullable=False),
    sa.Column("words", sa.String(120), nullable=False),
    sa.Column("first_at", sa.BigInteger, nullable=False),
)
"""Forms of foreign log lines: places in `wire.log_words`, separated by spaces."""

log_hours = sa.Table(
    "log_hours",
    metadata,
    sa.Column("terminal", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("at", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("template", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("times", sa.BigInteger, nullable=False),
    sa.Index("ix_log_hours_at", "at"),
    sqlite_with_rowid=False,
)
"""How often a form had been said by the end of an hour, since the terminal's first day."""
