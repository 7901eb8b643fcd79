"""Take a terminal out of service: ``python -m enrolment.terminals --data FOLDER revoke NAME``.

It holds from the next request on, also on connections that are open already: each
request looks the certificate up. A certificate out of service never comes back; a
terminal that is found again is given a new one.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from enrolment.store import Store


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the command line and change the database; 1 if there was nothing to revoke."""
    flags = argparse.ArgumentParser(prog="python -m enrolment.terminals", description=__doc__)
    flags.add_argument("--data", type=Path, required=True, help="the register's data folder")
    flags.add_argument("--database", help="SQLAlchemy URL instead of SQLite in FOLDER")
    flags.add_argument("act", choices=["revoke"])
    flags.add_argument("name", help="of the terminal")
    asked = flags.parse_args(arguments)
    store = Store(asked.database or f"sqlite:///{asked.data / 'register.db'}")
    revoked = store.revoke(asked.name)
    store.close()
    return 0 if revoked else 1


if __name__ == "__main__":
    sys.exit(main())
