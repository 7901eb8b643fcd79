"""Texts that can be searched, and the database's own full-text index over their words."""

from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import sqlalchemy as sa
from alembic import op

# What a word is belongs to the program, not to the shape: what is there already is written as
# the program would write it today.
from fleet.store.text_tables import Kind, texts
from fleet.store.texts import form, text_row
from wire.log_words import said

revision = "0012"
down_revision = "0011"

_MOST = 2000
_FTS5 = (
    (
        "CREATE VIRTUAL TABLE texts_words USING fts5("
        "words, content='texts', content_rowid='id', tokenize='unicode61 remove_diacritics 0')"
    ),
    (
        "CREATE TRIGGER texts_written AFTER INSERT ON texts BEGIN"
        " INSERT INTO texts_words(rowid, words) VALUES (new.id, new.words); END"
    ),
    (
        "CREATE TRIGGER texts_dropped AFTER DELETE ON texts BEGIN"
        " INSERT INTO texts_words(texts_words, rowid, words)"
        " VALUES ('delete', old.id, old.words); END"
    ),
    (
        "CREATE TRIGGER texts_changed AFTER UPDATE ON texts BEGIN"
        " INSERT INTO texts_words(texts_words, rowid, words) VALUES ('delete', old.id, old.words);"
        " INSERT INTO texts_words(rowid, words) VALUES (new.id, new.words); END"
    ),
)
_GIN = (
    "CREATE INDEX texts_words ON texts USING gin (array_to_tsvector(string_to_array(words, ' ')))"
)


def upgrade() -> None:
    """Make the table and the index, and write what is there already."""
    op.create_table(
        "texts",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("ref", sa.BigInteger, nullable=False),
        sa.Column("about", sa.BigInteger),
        sa.Column("terminal", sa.Integer),
        sa.Column("district", sa.String(32), nullable=False, server_default=""),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_texts"),
    )
    op.create_index("uq_texts_ref", "texts", ["kind", "ref"], unique=True)
    op.add_column("entries", sa.Column("form", sa.BigInteger))
    op.create_index("ix_entries_form", "entries", ["form", "at"])
    connection = op.get_bind()
    for statement in _FTS5 if connection.dialect.name == "sqlite" else (_GIN,):
        op.execute(statement)
    _fill(connection)


def downgrade() -> None:
    """Take all of it away; nothing that was told or done is lost."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE texts_words")
    op.drop_table("texts")
    op.drop_index("ix_entries_form", "entries")
    op.drop_column("entries", "form")


def _fill(connection: sa.Connection) -> None:
    _fill_events(connection)
    for wanted, row in _SOURCES:
        found = (row(one) for one in connection.execute(sa.text(wanted)).mappings().fetchall())
        _write(connection, found)


def _fill_events(connection: sa.Connection) -> None:
    asked = "SELECT DISTINCT event, fields FROM entries"
    change = sa.text("UPDATE entries SET form = :form WHERE event = :event AND fields = :fields")
    forms: dict[int, str] = {}
    for event, fields in connection.execute(sa.text(asked)).fetchall():
        number, text = form(event, msgspec.json.decode(fields, type=dict[str, Any]))
        forms[number] = text
        connection.execute(change, {"form": number, "event": event, "fields": fields})
    _write(connection, (text_row(Kind.EVENT, n, text, at=0) for n, text in forms.items()))


def _write(connection: sa.Connection, rows: Iterator[dict[str, Any]]) -> None:
    made = list(rows)
    for begin in range(0, len(made), _MOST):
        connection.execute(texts.insert(), made[begin : begin + _MOST])


def _template(row: Any) -> dict[str, Any]:
    spoken = f"{row['source']}: {said(tuple(map(int, row['words'].split())))}"
    return text_row(Kind.TEMPLATE, row["id"], spoken, at=row["first_at"])


def _alert(row: Any) -> dict[str, Any]:
    about = (row["name"] or "", row["rule"], row["failure"], row["severity"], row["district"])
    return text_row(
        Kind.ALERT,
        row["id"],
        row["sentence"],
        at=row["opened_at"],
        also=about,
        terminal=row["terminal"],
        district=row["district"],
    )


def _note(row: Any) -> dict[str, Any]:
    return text_row(
        Kind.NOTE,
        row["id"],
        f"{row['author']}: {row['text']}",
        at=row["at"],
        also=(row["name"] or "",),
        about=row["alert"],
        terminal=row["terminal"],
        district=row["district"],
    )


def _command(row: Any) -> dict[str, Any]:
    order = " ".join(filter(None, (row["ordered"], row["program"])))
    text = f"{row['asked_name']}: {order}: {row['reason']}"
    return text_row(
        Kind.COMMAND,
        row["lot"],
        text,
        at=row["asked_at"],
        terminal=row["terminal"] if row["many"] == 1 else None,
    )


def _audit(row: Any) -> dict[str, Any]:
    detail = msgspec.json.decode(row["detail"], type=dict[str, Any])
    said_ = " ".join(f"{name}={value}" for name, value in detail.items())
    text = f"{row['name']}: {row['act']} {row['subject']} {said_}".strip()
    return text_row(Kind.AUDIT, row["number"], text, at=row["at"])


_SOURCES: tuple[tuple[str, Callable[[Any], dict[str, Any]]], ...] = (
    ("SELECT id, source, words, first_at FROM log_templates", _template),
    (
        (
            "SELECT alerts.*, terminals.name FROM alerts"
            " LEFT JOIN terminals ON terminals.number = alerts.terminal ORDER BY alerts.id"
        ),
        _alert,
    ),
    (
        (
            "SELECT alert_notes.*, alerts.terminal, alerts.district, terminals.name"
            " FROM alert_notes"
            " JOIN alerts ON alerts.id = alert_notes.alert"
            " LEFT JOIN terminals ON terminals.number = alerts.terminal"
            " WHERE alert_notes.text <> '' ORDER BY alert_notes.id"
        ),
        _note,
    ),
    (
        (
            "SELECT lot, min(asked_name) AS asked_name, min(ordered) AS ordered,"
            " min(program) AS program, min(reason) AS reason, min(asked_at) AS asked_at,"
            " min(terminal) AS terminal, count(*) AS many FROM commands GROUP BY lot ORDER BY lot"
        ),
        _command,
    ),
    ("SELECT * FROM audit WHERE act NOT LIKE 'GET %' ORDER BY number", _audit),
)
