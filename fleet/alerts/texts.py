"""By which words alerts, and what people wrote to them, are found."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from fleet.console.sentences import in_language
from fleet.store.tables import alerts, terminals
from fleet.store.text_tables import Kind, texts
from fleet.store.texts import text_row
from wire.screen import Language


def texts_of_alerts(connection: sa.Connection) -> list[dict[str, Any]]:
    """Return a row for each open alert whose sentence is not what is searched in."""
    named = terminals.c.name.label("terminal_name")
    of_alert = sa.and_(texts.c.kind == Kind.ALERT.value, texts.c.ref == alerts.c.id)
    stale = sa.or_(texts.c.id.is_(None), texts.c.text != alerts.c.sentence)
    wanted = (
        sa.select(alerts, named)
        .outerjoin(terminals, terminals.c.number == alerts.c.terminal)
        .outerjoin(texts, of_alert)
        .where(alerts.c.resolved_at.is_(None), stale)
        .order_by(alerts.c.id)
    )
    return [_text(row) for row in connection.execute(wanted).mappings()]


def _text(row: Mapping[Any, Any]) -> dict[str, Any]:
    sentence = row["sentence"]
    spoken = (in_language(sentence, one) for one in (Language.ZH_HK, Language.ZH_CN))
    about = (row["rule"], row["failure"], row["severity"], row["district"])
    return text_row(
        Kind.ALERT,
        row["id"],
        sentence,
        at=row["opened_at"],
        also=(row["terminal_name"] or "", *about, *spoken),
        terminal=row["terminal"],
        district=row["district"],
    )


def text_of_note(
    connection: sa.Connection, number: int, note: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Return the row of a note that was just written, if its alert is there."""
    named = terminals.c.name.label("terminal_name")
    wanted = (
        sa.select(alerts.c.terminal, alerts.c.district, named)
        .outerjoin(terminals, terminals.c.number == alerts.c.terminal)
        .where(alerts.c.id == note["alert"])
    )
    return [
        text_row(
            Kind.NOTE,
            number,
            f"{note['author']}: {note['text']}",
            at=note["at"],
            also=(row["terminal_name"] or "",),
            about=note["alert"],
            terminal=row["terminal"],
            district=row["district"],
        )
        for row in connection.execute(wanted).mappings()
    ]
