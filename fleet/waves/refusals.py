"""Terminals that refused what they were offered, in a way that an honest fleet never causes."""

from collections.abc import Mapping
from typing import Final

import sqlalchemy as sa

from fleet.alerts.finding import Finding
from fleet.health.rules import Severity
from fleet.ingest.rows import DAY_S
from fleet.store.database import Database
from fleet.store.reading_back import Place
from fleet.store.tables import failures
from wire.failures import Failure

REFUSED: Final = "update.refused"
SUSPICIOUS: Final = (Failure.UPDATE_UNSIGNED, Failure.UPDATE_TOO_OLD, Failure.UPDATE_NOT_BELIEVED)


def refusals(database: Database, places: Mapping[int, Place], *, now: int) -> list[Finding]:
    """Return one finding for each terminal that refused something today or yesterday."""
    wanted = (
        sa.select(failures.c.terminal, sa.func.min(failures.c.failure))
        .where(
            failures.c.day >= now // DAY_S - 1,
            failures.c.failure.in_([one.value for one in SUSPICIOUS]),
        )
        .group_by(failures.c.terminal)
        .order_by(failures.c.terminal)
    )
    with database.reading() as connection:
        found = connection.execute(wanted).fetchall()
    return [
        Finding(
            rule=REFUSED,
            terminal=number,
            district=places[number].district,
            severity=Severity.PAGE,
            failure=Failure(code),
            sentence=f"{places[number].name}: refused what it was offered as an update:"
            " somebody may hold the fleet's key",
            security=True,
        )
        for number, code in found
        if number in places
    ]
