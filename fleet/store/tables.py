"""The tables: latest state of each terminal, narrow rows of the past, roll-ups of those.

Rule 1: no column holds a text of a terminal's; words are of our catalogues.
Rule 2: figures count up for ever, so that a roll-up is a maximum and nothing is lost by
a missing row; whoever reads takes differences.
Rule 3: raw rows are ordered by time first: they are written at the end, dropped at the
beginning, and rolled up in between.

Times are whole seconds since 1970, UTC.
"""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
    }
)

sites = sa.Table(
    "sites",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("name_en", sa.String(120), nullable=False),
    sa.Column("name_zh", sa.String(120), nullable=False),
    sa.Column("district", sa.String(32), nullable=False),
    sa.Column("x", sa.Float, nullable=False),
    sa.Column("y", sa.Float, nullable=False),
    sa.Column("opens", sa.Integer, nullable=False),
    sa.Column("closes", sa.Integer, nullable=False),
    sa.Column("days", sa.Integer, nullable=False),
    sa.Column("contact", sa.String(200), nullable=False, server_default=""),
    sa.Column("notes", sa.Text, nullable=False, server_default=""),
)
"""`opens` and `closes`: minutes of the day in Hong Kong; `days`: bit 0 is Monday."""

terminals = sa.Table(
    "terminals",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(64), nullable=False, unique=True),
    sa.Column("site", sa.String(32), sa.ForeignKey("sites.id")),
    sa.Column("model", sa.String(64), nullable=False, server_default=""),
    sa.Column("tags", sa.String(200), nullable=False, server_default=""),
    sa.Column("notes", sa.Text, nullable=False, server_default=""),
    sa.Column("retired", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("network", sa.String(8), nullable=False, server_default="wired"),
    sa.Column("machine_key", sa.LargeBinary),
)
"""`machine_key`: of its TPM (SubjectPublicKeyInfo, DER), where the machine has one."""

certificates = sa.Table(
    "certificates",
    metadata,
    sa.Column("fingerprint", sa.String(64), primary_key=True),
    sa.Column("terminal", sa.Integer, sa.ForeignKey("terminals.number"), nullable=False),
    sa.Column("der", sa.LargeBinary, nullable=False),
    sa.Column("revoked", sa.Boolean, nullable=False),
    sa.Column("change", sa.Integer, nullable=False, index=True),
)
"""`change` counts up with each change, so that a server reads only what is new."""

claims = sa.Table(
    "claims",
    metadata,
    sa.Column("digest", sa.String(64), primary_key=True),
    sa.Column("terminal", sa.Integer, sa.ForeignKey("terminals.number"), nullable=False),
    sa.Column("made_by", sa.String(200), nullable=False),
    sa.Column("made_at", sa.BigInteger, nullable=False),
    sa.Column("ends_at", sa.BigInteger, nullable=False),
    sa.Column("used_at", sa.BigInteger),
    sa.Column("key", sa.String(64)),
    sa.Column("key_kept", sa.String(8)),
    sa.Column("certificate", sa.LargeBinary),
    sa.Index("ix_claims_of", "terminal", "made_at"),
)
"""Codes by which machines become terminals, by the hash of their token (`fleet.identity`)."""

latest = sa.Table(
    "latest",
    metadata,
    sa.Column("terminal", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("sequence", sa.BigInteger, nullable=False),
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Column("received_at", sa.BigInteger, nullable=False),
    sa.Column("reading", sa.LargeBinary, nullable=False),
    # Each check-in changes a row in place: room for that is left on its page.
    postgresql_with={"fillfactor": 50},
)

trails = sa.Table(
    "trails",
    metadata,
    sa.Column("terminal", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("day", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("count", sa.BigInteger, nullable=False),
    sa.Column("head", sa.LargeBinary, nullable=False),
    sa.Column("conflict", sa.Boolean, nullable=False, server_default=sa.false()),
)
"""The head of each terminal's trail, day by day; `conflict` once it led back or aside."""

entries = sa.Table(
    "entries",
    metadata,
    sa.Column("terminal", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("at", sa.BigInteger, nullable=False, index=True),
    sa.Column("event", sa.String(40), nullable=False),
    sa.Column("fields", sa.String(400), nullable=False),
    sa.Column("form", sa.BigInteger),
    sa.Index("ix_entries_form", "form", "at"),
)
"""`form`: see `fleet.store.texts`; by it an entry is found."""

steps = sa.Table(
    "steps",
    metadata,
    sa.Column("terminal", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("day", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("screen", sa.String(24), primary_key=True),
    sa.Column("times", sa.BigInteger, nullable=False),
    sa.Column("total_ms", sa.BigInteger, nullable=False),
)
failures = sa.Table(
    "failures",
    metadata,
    sa.Column("terminal", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("day", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("failure", sa.String(40), primary_key=True),
    sa.Column("times", sa.BigInteger, nullable=False),
)

COUNTED = (
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
)
"""Figures of `wire.checkin.Sessions` that are kept; each counts up."""
MEASURED = (
    "temperature_c",
    "disk_free",
    "memory_free",
    "paper_left",
    "clock_offset_ms",
    "round_trip_ms",
)
PRESENT = ("queued", "set_aside", "oldest_s", "screen_s")


def _columns() -> Iterator[sa.Column[Any]]:
    for name in MEASURED:
        yield sa.Column(name, sa.REAL)
    for name in (*PRESENT, *COUNTED):
        yield sa.Column(name, sa.Integer)


readings = sa.Table(
    "readings",
    metadata,
    sa.Column("at", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("terminal", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("parts", sa.SmallInteger, nullable=False),
    *_columns(),
    sqlite_with_rowid=False,
)

dirty = sa.Table(
    "dirty",
    metadata,
    sa.Column("at", sa.BigInteger, primary_key=True, autoincrement=False),
)
"""Spans of five minutes whose roll-up is due: also old ones, when a terminal comes back."""


def _rolled(name: str) -> sa.Table:
    return sa.Table(
        name,
        metadata,
        sa.Column("terminal", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("readings", sa.Integer, nullable=False),
        sa.Column("worst_parts", sa.SmallInteger, nullable=False),
        *_columns(),
        sa.Index(f"ix_{name}_at", "at"),
        sqlite_with_rowid=False,
    )


five_minutes = _rolled("five_minutes")
hours = _rolled("hours")

alerts = sa.Table(
    "alerts",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("fingerprint", sa.String(24), nullable=False, index=True),
    sa.Column("grouped", sa.String(80), nullable=False),
    sa.Column("rule", sa.String(40), nullable=False),
    sa.Column("terminal", sa.Integer),
    sa.Column("district", sa.String(32), nullable=False),
    sa.Column("severity", sa.String(8), nullable=False),
    sa.Column("failure", sa.String(40), nullable=False),
    sa.Column("security", sa.Boolean, nullable=False),
    sa.Column("sentence", sa.String(400), nullable=False),
    sa.Column("opened_at", sa.BigInteger, nullable=False),
    sa.Column("seen_at", sa.BigInteger, nullable=False),
    sa.Column("resolved_at", sa.BigInteger),
    sa.Column("acknowledged_by", sa.String(120)),
    sa.Column("assigned_to", sa.String(120)),
    sa.Column("told_at", sa.BigInteger),
    sa.Column("level", sa.Integer, nullable=False),
    sa.Column("not_useful", sa.Boolean, nullable=False),
)
_open = alerts.c.resolved_at.is_(None)
sa.Index(
    "uq_alerts_open",
    alerts.c.fingerprint,
    unique=True,
    sqlite_where=_open,
    postgresql_where=_open,
)

alert_notes = sa.Table(
    "alert_notes",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("alert", sa.Integer, sa.ForeignKey("alerts.id"), nullable=False, index=True),
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Column("author", sa.String(120), nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("text", sa.String(1000), nullable=False),
)

silences = sa.Table(
    "silences",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("matchers", sa.String(400), nullable=False),
    sa.Column("begins_at", sa.BigInteger, nullable=False),
    sa.Column("ends_at", sa.BigInteger, nullable=False),
    sa.Column("author", sa.String(120), nullable=False),
    sa.Column("reason", sa.String(400), nullable=False),
    sa.Column("maintenance", sa.Boolean, nullable=False),
)

messages = sa.Table(
    "messages",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("channel", sa.String(16), nullable=False),
    sa.Column("level", sa.Integer, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("made_at", sa.BigInteger, nullable=False),
    sa.Column("due_at", sa.BigInteger, nullable=False, index=True),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("sent_at", sa.BigInteger),
)
"""What is to be told by mail or webhook: made with the alert's change, sent afterwards."""

sessions = sa.Table(
    "sessions",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("digest", sa.String(64), nullable=False, unique=True),
    sa.Column("who", sa.String(200), nullable=False),
    sa.Column("person", sa.Text, nullable=False),
    sa.Column("begun_at", sa.BigInteger, nullable=False),
    sa.Column("ends_at", sa.BigInteger, nullable=False),
)
"""Who has signed in to the console, by the hash of their cookie."""

sign_ins = sa.Table(
    "sign_ins",
    metadata,
    sa.Column("state", sa.String(64), primary_key=True),
    sa.Column("nonce", sa.String(100), nullable=False),
    sa.Column("verifier", sa.String(100), nullable=False),
    sa.Column("ends_at", sa.BigInteger, nullable=False),
)
"""Who is on the way to the provider and back."""

audit = sa.Table(
    "audit",
    metadata,
    sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("at", sa.BigInteger, nullable=False, index=True),
    sa.Column("who", sa.String(200), nullable=False),
    sa.Column("name", sa.String(120), nullable=False),
    sa.Column("act", sa.String(80), nullable=False),
    sa.Column("subject", sa.String(200), nullable=False),
    sa.Column("detail", sa.Text, nullable=False),
    sa.Column("hash", sa.String(64), nullable=False),
)
audit_heads = sa.Table(
    "audit_heads",
    metadata,
    sa.Column("day", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("count", sa.BigInteger, nullable=False),
    sa.Column("head", sa.String(64), nullable=False),
    sa.Column("key_id", sa.String(16), nullable=False),
    sa.Column("signature", sa.String(128), nullable=False),
)

commands = sa.Table(
    "commands",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("lot", sa.Integer, nullable=False, index=True),
    sa.Column("terminal", sa.Integer, sa.ForeignKey("terminals.number"), nullable=False),
    sa.Column("ordered", sa.String(24), nullable=False),
    sa.Column("program", sa.String(12)),
    sa.Column("state", sa.String(12), nullable=False, index=True),
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
    sa.Index("ix_commands_of", "terminal", "id"),
)
"""One order to one terminal; those asked for together have one `lot`."""

bundles = sa.Table(
    "bundles",
    metadata,
    sa.Column(
        "command",
        sa.Integer,
        sa.ForeignKey("commands.id"),
        primary_key=True,
        autoincrement=False,
    ),
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),
)
"""What terminals handed over when they were asked for diagnostics (`wire.diagnostics`)."""

tokens = sa.Table(
    "tokens",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("digest", sa.String(64), nullable=False, unique=True),
    sa.Column("name", sa.String(60), nullable=False),
    sa.Column("who", sa.String(200), nullable=False),
    sa.Column("person", sa.Text, nullable=False),
    sa.Column("made_at", sa.BigInteger, nullable=False),
    sa.Column("ends_at", sa.BigInteger, nullable=False),
)
"""By what programs come in, by the hash of their token."""

groups = sa.Table(
    "groups",
    metadata,
    sa.Column("name", sa.String(32), primary_key=True),
    sa.Column("selection", sa.String(200), nullable=False),
    sa.Column("made_by", sa.String(120), nullable=False),
)
"""Selections that were saved under a name (`fleet.selection`)."""
