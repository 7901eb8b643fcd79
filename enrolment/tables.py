"""The tables of the register; `enrolment.migrations` shapes a database like them.

Rule 1: nothing personal in a column: the number is a keyed digest, the rest is sealed.
Rule 2: uniqueness is the database's work, so that two processes cannot store one record
twice, accept one number twice, or open one account on two phones.
"""

import sqlalchemy as sa

from wire.record import Verdict

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

terminals = sa.Table(
    "terminals",
    metadata,
    sa.Column("fingerprint", sa.String(64), primary_key=True),
    sa.Column("name", sa.String(64), nullable=False),
    sa.Column("in_service", sa.Boolean, nullable=False),
)

expected = sa.Table(
    "expected",
    metadata,
    sa.Column("name", sa.String(64), primary_key=True),
    sa.Column("since", sa.BigInteger, nullable=False),
)
"""Names whose certificates are admitted when they are first seen (`enrolment.expected`)."""

nonces = sa.Table(
    "nonces",
    metadata,
    sa.Column("certificate", sa.String(64), primary_key=True),
    sa.Column("nonce", sa.String(32), primary_key=True),
    sa.Column("stated_at", sa.BigInteger, nullable=False, index=True),
)

records = sa.Table(
    "records",
    metadata,
    sa.Column("record_id", sa.String(36), primary_key=True),
    sa.Column("terminal", sa.String(64), nullable=False),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("key_id", sa.String(16), nullable=False),
    sa.Column("sealed", sa.LargeBinary),
    sa.Column("verdict", sa.String(16), nullable=False),
    sa.Column("reason", sa.String(24)),
    sa.Column("number_digest", sa.String(64), nullable=False),
    sa.Column("token_digest", sa.String(64), nullable=False, unique=True),
    sa.Column("reference", sa.String(32), nullable=False),
    sa.Column("keep_template", sa.Boolean, nullable=False),
    sa.Column("receipt", sa.Text, nullable=False),
    sa.Column("received_at", sa.String(25), nullable=False),
    sa.Column("linked_at", sa.String(25)),
    # When its account was closed.
    sa.Column("closed_at", sa.String(25), index=True),
)

ACCEPTED = records.c.verdict == Verdict.ACCEPTED.value
ENROLLED = sa.and_(ACCEPTED, records.c.closed_at.is_(None))
"""Whose account is not closed."""
sa.Index(
    "uq_records_accepted_number",
    records.c.number_digest,
    unique=True,
    sqlite_where=ENROLLED,
    postgresql_where=ENROLLED,
)

_UNOPENED = sa.and_(ENROLLED, records.c.linked_at.is_(None))
sa.Index(
    "ix_records_unopened",
    records.c.received_at,
    sqlite_where=_UNOPENED,
    postgresql_where=_UNOPENED,
)

accounts = sa.Table(
    "accounts",
    metadata,
    sa.Column("record_id", sa.String(36), primary_key=True),
    sa.Column("details", sa.LargeBinary, nullable=False),
    sa.Column("evidence", sa.Text, nullable=False),
    sa.Column("product", sa.String(16)),
    sa.Column("email", sa.LargeBinary),
    sa.Column("phone_digest", sa.String(64), unique=True),
)

consents = sa.Table(
    "consents",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("record_id", sa.String(36), nullable=False, index=True),
    sa.Column("purpose", sa.String(16), nullable=False),
    sa.Column("statement", sa.String(32), nullable=False),
    sa.Column("language", sa.String(8), nullable=False),
    sa.Column("choice", sa.Boolean, nullable=False),
    sa.Column("at", sa.String(25), nullable=False),
)

guardian_consents = sa.Table(
    "guardian_consents",
    metadata,
    sa.Column("consent_id", sa.String(36), primary_key=True),
    sa.Column("terminal", sa.String(64), nullable=False),
    sa.Column("record_id", sa.String(36), nullable=False),
    sa.Column("reference", sa.String(32), nullable=False),
    sa.Column("token_digest", sa.String(64), nullable=False, unique=True),
    sa.Column("statement", sa.String(32), nullable=False),
    sa.Column("until", sa.String(25), nullable=False, index=True),
    # What the guardian answered, and by which means; null until then.
    sa.Column("choice", sa.Boolean),
    sa.Column("means", sa.String(16)),
    sa.Column("phone_digest", sa.String(64), index=True),
    sa.Column("answered_at", sa.String(25)),
    sa.Column("withdrawn_at", sa.String(25)),
    # When the record it is for was taken.
    sa.Column("used_at", sa.String(25)),
)

templates = sa.Table(
    "templates",
    metadata,
    sa.Column("record_id", sa.String(36), primary_key=True),
    sa.Column("kind", sa.String(32), nullable=False),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
)

challenges = sa.Table(
    "challenges",
    metadata,
    sa.Column("digest", sa.String(64), primary_key=True),
    sa.Column("record_id", sa.String(36), nullable=False),
    sa.Column("given_at", sa.BigInteger, nullable=False),
)

acts = sa.Table(
    "acts",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("record_id", sa.String(36), nullable=False, index=True),
    sa.Column("act", sa.String(24), nullable=False),
    sa.Column("at", sa.String(25), nullable=False),
)

certificates = sa.Table(
    "certificates",
    metadata,
    sa.Column("serial", sa.String(40), primary_key=True),
    sa.Column("record_id", sa.String(36), nullable=False, unique=True),
    sa.Column("certificate", sa.LargeBinary, nullable=False),
    sa.Column("evidence_digest", sa.String(64), nullable=False),
    sa.Column("revoked_at", sa.String(25)),
)

trail_heads = sa.Table(
    "trail_heads",
    metadata,
    sa.Column("terminal", sa.String(64), primary_key=True),
    sa.Column("count", sa.BigInteger, primary_key=True),
    sa.Column("hash", sa.String(64), primary_key=True),
    sa.Column("seen_at", sa.String(25), nullable=False),
    sa.Column("contradicts", sa.Boolean, nullable=False),
)
