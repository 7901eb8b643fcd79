"""``python -m tests.torture``: kill the terminal and the register, and count what is left.

Everything is drawn from the seed; the moments at which the system runs whom are not, so
two runs with one seed kill in the same order, and not at the same instruction.
"""

import argparse
import contextlib
import json
import sys
import tempfile
import time
from pathlib import Path

from tests.support.postgres import running_cluster
from tests.torture.kills import Torture
from tests.torture.ledger import MUST_BE_ZERO


def main() -> int:
    """Print the report; status 1 when anything was lost, doubled or readable."""
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    parser.add_argument("--kills", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=20_261_123)
    parser.add_argument(
        "--postgres", action="store_true", help="the register on PostgreSQL, which is killed too"
    )
    parser.add_argument("--report", type=Path, help="write it as JSON, too")
    asked = parser.parse_args()
    began = time.monotonic()
    with (
        tempfile.TemporaryDirectory(prefix="torture-") as folder,
        running_cluster() if asked.postgres else contextlib.nullcontext() as cluster,
        Torture(Path(folder), asked.seed, cluster) as torture,
    ):
        torture.run(asked.kills, _progress)
        counts = torture.drain()
    report = {
        "seed": asked.seed,
        "database": "PostgreSQL" if asked.postgres else "SQLite",
        "kills": dict(sorted(torture.kills.items())) | {"all": torture.kills.total()},
        "boundaries": dict(sorted(torture.boundaries.items())),
        "told": dict(sorted(torture.ledger.told.items())),
        "counts": counts,
        "wrong": torture.ledger.wrong,
        "seconds": round(time.monotonic() - began),
    }
    sys.stdout.write(json.dumps(report, indent=2) + "\n")
    if asked.report:
        asked.report.write_text(json.dumps(report, indent=2) + "\n")
    failed = torture.ledger.wrong or any(counts[name] for name in MUST_BE_ZERO)
    return 1 if failed else 0


def _progress(kills: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{kills} kills")
    elif kills % 200 == 0:
        sys.stderr.write(f"{kills} kills\n")


if __name__ == "__main__":
    sys.exit(main())
