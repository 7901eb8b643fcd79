"""Bring a database to the present shape, or back to an earlier one."""

from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config


def upgrade(engine: sa.Engine, revision: str = "head") -> None:
    """Apply every migration up to `revision` that the database has not had."""
    _run(engine, command.upgrade, revision)


def downgrade(engine: sa.Engine, revision: str) -> None:
    """Take back every migration after `revision`; what only they hold is lost."""
    _run(engine, command.downgrade, revision)


def _run(engine: sa.Engine, direction: Callable[[Config, str], None], revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        direction(config, revision)
