"""Search what terminals noted: by event, by what stands in its fields, by time.

Entries are catalogue words and numbers, not texts, so there is nothing that a full-text index
would find better than these columns.
"""

from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa

from fleet.store.database import Database
from fleet.store.tables import entries, terminals

LONGEST: Final = 100
_MOST_WORDS: Final = 6


def search(
    database: Database,
    text: str,
    *,
    of: Sequence[int] | None,
    since: int,
    at_most: int,
) -> list[dict[str, Any]]:
    """Return the newest entries in which every word of `text` stands.

    Args:
        database: where they are.
        text: words; each is looked for in the event, the fields and the terminal's name.
        of: the terminals that count; None for all.
        since: seconds since 1970.
        at_most: so many.
    """
    found = [
        sa.or_(
            entries.c.event.contains(word, autoescape=True),
            entries.c.fields.contains(word, autoescape=True),
            terminals.c.name.contains(word, autoescape=True),
        )
        for word in text.casefold()[:LONGEST].split()[:_MOST_WORDS]
    ]
    within = sa.true() if of is None else entries.c.terminal.in_(of)
    wanted = (
        sa.select(entries.c.at, terminals.c.name, entries.c.event, entries.c.fields)
        .join(terminals, terminals.c.number == entries.c.terminal)
        .where(entries.c.at >= since, within, *found)
        .order_by(entries.c.at.desc(), entries.c.terminal, entries.c.number.desc())
        .limit(at_most)
    )
    with database.reading() as connection:
        return [dict(row) for row in connection.execute(wanted).mappings()]
