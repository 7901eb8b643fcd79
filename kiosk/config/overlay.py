"""What the fleet may set: some of the engine's settings, by a signed bundle, and nothing else.

Rule 1: who the terminal is, its keys, addresses, paths and devices are the site's: a bundle that
names one of them is refused whole. So is how long anything is kept, which is promised to citizens.
Rule 2: only what the engine alone reads is on the list, for it alone is started anew.
Rule 3: what a bundle leaves out is as the terminal's own file has it.
"""

import tomllib
from pathlib import Path
from typing import Any, Final

SETTINGS: Final = "settings.toml"
LONGEST_BYTES: Final = 16 * 1024
MAY_SET: Final = frozenset(
    {
        "terminal.language",
        "hours.opens",
        "hours.closes",
        "limits.outbox_records",
        "limits.outbox_age_days",
        "limits.print_attempts",
        "limits.card_attempts",
        "limits.photo_attempts",
        "limits.wait_register_s",
        "timeouts.factor",
    }
)


class NotTheFleets(ValueError):
    """No file of such settings; the message says where, never a value."""


def read(folder: Path) -> dict[str, dict[str, Any]]:
    """Return the tables of a bundle, by group; their values are held against types by `load`.

    Raises:
        NotTheFleets: it cannot be read, is too long, or names what is not the fleet's to set.
    """
    place = folder / SETTINGS
    try:
        if place.is_symlink() or place.stat().st_size > LONGEST_BYTES:
            raise NotTheFleets(f"{SETTINGS} is a link or too long")
        tables = tomllib.loads(place.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        raise NotTheFleets(f"{SETTINGS} cannot be read") from None
    for group, table in tables.items():
        if not isinstance(table, dict):
            raise NotTheFleets(f"{group} must be a table")
        for key in table:
            if f"{group}.{key}" not in MAY_SET:
                raise NotTheFleets(f"{group}.{key} is not the fleet's to set")
    return tables
