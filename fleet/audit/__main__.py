"""Export the audit, or judge an export: ``python -m fleet.audit export|verify``.

An auditor needs an export and ``audit.pub`` alone: no database and no server.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from fleet.audit.book import Audit
from fleet.audit.export import judged, lines
from fleet.audit.key import load_or_make
from fleet.store.database import Database


def export(data: Path, url: str | None, to: Path) -> int:
    """Write everything to the file `to`."""
    database = Database(url or f"sqlite:///{data / 'fleet.db'}")
    audit = Audit(database, load_or_make(data))
    with to.open("wb") as file:
        file.writelines(lines(audit.entries(), audit.heads()))
    database.close()
    print(f"written: {to}")
    return 0


def verify(file: Path, key: Path) -> int:
    """Say what an export is worth; status 1 if something is wrong with it."""
    public = load_pem_public_key(key.read_bytes())
    if not isinstance(public, Ed25519PublicKey):
        print("the key is no Ed25519 key", file=sys.stderr)
        return 2
    with file.open("rb") as content:
        verdict = judged(content, public)
    print(
        f"{verdict.entries} entries, {verdict.heads} signed heads: {verdict.fault or 'all holds'}"
    )
    return 1 if verdict.fault else 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the command line and do it."""
    parser = argparse.ArgumentParser(prog="python -m fleet.audit", description=__doc__)
    acts = parser.add_subparsers(dest="act", required=True)
    out = acts.add_parser("export", help="write the audit to a file")
    out.add_argument("--data", type=Path, required=True)
    out.add_argument("--database")
    out.add_argument("--to", type=Path, required=True)
    look = acts.add_parser("verify", help="judge an export")
    look.add_argument("file", type=Path)
    look.add_argument("--key", type=Path, required=True, help="audit.pub")
    asked = parser.parse_args(arguments)
    if asked.act == "export":
        return export(asked.data, asked.database, asked.to)
    return verify(asked.file, asked.key)


if __name__ == "__main__":
    sys.exit(main())
