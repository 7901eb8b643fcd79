"""Send what is due, and try again what was not taken, at growing distances."""

from collections.abc import Mapping
from typing import Final

import sqlalchemy as sa

from fleet.alerts.channels import Channel, NotSent
from fleet.store.database import Database
from fleet.store.tables import messages

_FIRST_S: Final = 30
_LONGEST_S: Final = 3600
_MOST: Final = 50


def send_due(database: Database, channels: Mapping[str, Channel], *, now: int) -> tuple[int, int]:
    """Send the messages that are due; return how many were taken and how many not."""
    wanted = (
        sa.select(messages)
        .where(messages.c.sent_at.is_(None), messages.c.due_at <= now)
        .order_by(messages.c.id)
        .limit(_MOST)
    )
    with database.reading() as connection:
        due = connection.execute(wanted).fetchall()
    sent = 0
    for row in due:
        try:
            channels[row.channel].send(row.id, row.body, now)
        except NotSent:
            values = {"attempts": row.attempts + 1, "due_at": now + wait_s(row.attempts + 1)}
        else:
            values = {"attempts": row.attempts + 1, "sent_at": now}
            sent += 1
        with database.writing() as connection:
            connection.execute(messages.update().where(messages.c.id == row.id).values(values))
    return sent, len(due) - sent


def wait_s(attempts: int) -> int:
    """Return the seconds to the next attempt after so many."""
    return min(_LONGEST_S, _FIRST_S << min(attempts - 1, 10))
