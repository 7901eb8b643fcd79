"""Say which terminals may hand in: ``python -m enrolment.terminals --data FOLDER ACT NAME``.

``expect`` admits the certificates that the terminals' authority issues to NAME from now on
(`enrolment.expected`): run it before a new terminal claims its certificate, and again for
a machine that takes another's place.

``revoke`` takes a terminal out of service. It holds from the next request on, also on
connections that are open already: each request looks the certificate up. A certificate out
of service never comes back; a terminal that is found again is given a new one.
"""

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from enrolment.migrations.upgrade import upgrade
from enrolment.store import Store


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the command line and change the database; 1 if there was nothing to revoke."""
    flags = argparse.ArgumentParser(prog="python -m enrolment.terminals", description=__doc__)
    flags.add_argument("--data", type=Path, required=True, help="the register's data folder")
    flags.add_argument("--database", help="SQLAlchemy URL instead of SQLite in FOLDER")
    flags.add_argument("act", choices=["expect", "revoke"])
    flags.add_argument("name", help="of the terminal")
    asked = flags.parse_args(arguments)
    store = Store(asked.database or f"sqlite:///{asked.data / 'register.db'}")
    try:
        if asked.act == "expect":
            upgrade(store.engine)
            store.expect(asked.name, now=datetime.now(UTC))
            return 0
        return 0 if store.revoke(asked.name) else 1
    finally:
        store.close()


if __name__ == "__main__":
    sys.exit(main())
