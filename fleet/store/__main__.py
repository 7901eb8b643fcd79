"""Back up and restore: ``python -m fleet.store backup|restore --data FOLDER FILE``.

A backup may be made while the server runs; to restore, end it first. Keys and tokens in FOLDER
are not in a backup: they belong in another place.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from fleet.store.backup import NotDone, back_up, restore


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the command line and do it; status 1 if it could not be done."""
    parser = argparse.ArgumentParser(prog="python -m fleet.store", description=__doc__)
    parser.add_argument("act", choices=["backup", "restore"])
    parser.add_argument("file", type=Path)
    parser.add_argument("--data", type=Path, help="folder of the server")
    parser.add_argument("--database", help="SQLAlchemy URL instead of SQLite in FOLDER")
    parser.add_argument("--replace", action="store_true", help="restore over what is there")
    asked = parser.parse_args(arguments)
    if asked.database is None and asked.data is None:
        parser.error("--data or --database")
    url = asked.database or f"sqlite:///{asked.data / 'fleet.db'}"
    try:
        if asked.act == "backup":
            back_up(url, asked.file)
        else:
            restore(url, asked.file, replace=asked.replace)
    except NotDone as failure:
        print(f"{failure.code}: {failure}", file=sys.stderr)
        return 1
    print("done")
    return 0


if __name__ == "__main__":
    sys.exit(main())
