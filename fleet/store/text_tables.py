"""The table of texts that can be searched, beside those of `fleet.store.tables`.

Rule 1: what is said ten thousand times stands here once: an event by its form (the event and the
words among its fields) and a line of a foreign log by its template. Who said it, and when, stands
where it always did.
Rule 2: each text is written in the transaction that writes what it tells of.
"""

from enum import StrEnum
from typing import Final

import sqlalchemy as sa

from fleet.store.tables import metadata


class Kind(StrEnum):
    """What a text is."""

    ALERT = "alert"
    NOTE = "note"
    """What somebody wrote to an alert."""
    COMMAND = "command"
    AUDIT = "audit"
    TEMPLATE = "template"
    EVENT = "event"


texts = sa.Table(
    "texts",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("kind", sa.String(8), nullable=False),
    sa.Column("ref", sa.BigInteger, nullable=False),
    sa.Column("about", sa.BigInteger),
    sa.Column("terminal", sa.Integer),
    sa.Column("district", sa.String(32), nullable=False, server_default=""),
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("words", sa.Text, nullable=False),
    sa.Index("uq_texts_ref", "kind", "ref", unique=True),
)
"""`ref`: the alert, note, lot of commands, entry of the audit, template or form; `about`: a note's
alert; `words`: those of `fleet.search.words`, separated by spaces."""
INDEX: Final = "texts_words"
"""The full-text index over `words`: the database's own, made by a migration."""
