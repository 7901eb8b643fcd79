"""Admit machines: ``python -m fleet.identity claim|site|retire --data FOLDER …``.

::

    site   shatin_library --name-en "Sha Tin Library" --name-zh 沙田圖書館 --district sha_tin
    claim  terminal-17 --site shatin_library --server fleet.example:8444
    retire terminal-17

``claim`` prints a code for one machine, as text and as a QR code; it counts once, for a quarter
of an hour. What is done stands in the audit under the name of the account that runs this.
"""

import argparse
import getpass
import secrets
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import segno
import sqlalchemy as sa
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from fleet.access.roles import Person
from fleet.audit.book import Audit
from fleet.audit.key import load_or_make
from fleet.console.districts import districts
from fleet.identity.claims import ClaimRefused, Claims
from fleet.migrations.upgrade import upgrade
from fleet.store.database import Database
from fleet.store.known import Inventory
from fleet.store.tables import sites, terminals
from wire.claim import LASTS_S, TOKEN_BYTES, ClaimCode, pin

_EVERY_DAY: Final = 0b1111111


def parser() -> argparse.ArgumentParser:
    """Return the command line's description."""
    flags = argparse.ArgumentParser(prog="python -m fleet.identity", description=__doc__)
    flags.formatter_class = argparse.RawDescriptionHelpFormatter
    acts = flags.add_subparsers(dest="act", required=True)
    claim = acts.add_parser("claim", help="print a code by which one machine becomes a terminal")
    claim.add_argument("name", help="of the terminal; a new one is added to the inventory")
    claim.add_argument("--site", help="where it stands; an id of the fleet's sites")
    claim.add_argument("--server", required=True, help="HOST:PORT of the door for claims")
    claim.add_argument("--minutes", type=int, default=LASTS_S // 60)
    site = acts.add_parser("site", help="add a site, or change it")
    site.add_argument("name", help="its id")
    site.add_argument("--name-en", required=True)
    site.add_argument("--name-zh", required=True)
    site.add_argument("--district", required=True, choices=sorted(districts()))
    site.add_argument("--opens", type=int, default=0, help="minute of the day")
    site.add_argument("--closes", type=int, default=0, help="equal to --opens: always open")
    retire = acts.add_parser("retire", help="take a terminal out for good, with its certificates")
    retire.add_argument("name")
    for act in (claim, site, retire):
        act.add_argument("--data", type=Path, required=True, help="the server's folder")
        act.add_argument("--database", help="SQLAlchemy URL instead of SQLite in FOLDER")
    return flags


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the command line and do it; 1 if it could not be done."""
    asked = parser().parse_args(arguments)
    database = Database(asked.database or f"sqlite:///{asked.data / 'fleet.db'}")
    try:
        upgrade(database.engine)
        detail = {name: str(value) for name, value in vars(asked).items() if name != "data"}
        account = getpass.getuser()
        person = Person(f"account:{account}", account, ())
        now = int(time.time())
        Audit(database, load_or_make(asked.data)).add(
            person, f"identity.{asked.act}", asked.name, detail, now=now
        )
        return _ACTS[asked.act](database, asked, account, now)
    finally:
        database.close()


def _claim(database: Database, asked: argparse.Namespace, account: str, now: int) -> int:
    if asked.site is not None and not _is_site(database, asked.site):
        print(f"there is no site {asked.site}", file=sys.stderr)
        return 1
    Inventory(database).add(asked.name, site=asked.site)
    if asked.site is not None:
        with database.writing() as connection:
            change = terminals.update().where(terminals.c.name == asked.name)
            connection.execute(change.values(site=asked.site))
    made = Claims(database, random_bytes=secrets.token_bytes)
    try:
        token = made.make(
            asked.name, by=account, now=now, size=TOKEN_BYTES, lasts_s=asked.minutes * 60
        )
    except (ClaimRefused, ValueError) as refused:
        print(f"claim.refused: {refused}", file=sys.stderr)
        return 1
    authority = x509.load_pem_x509_certificate((asked.data / "fleet_ca.pem").read_bytes())
    code = ClaimCode(asked.server, pin(authority.public_bytes(Encoding.DER)), token)
    print(code)
    segno.make(str(code), error="m").terminal(compact=True)
    return 0


def _site(database: Database, asked: argparse.Namespace, _: str, __: int) -> int:
    district = districts()[asked.district]
    row = {
        "id": asked.name,
        "name_en": asked.name_en,
        "name_zh": asked.name_zh,
        "district": asked.district,
        "x": district.x,
        "y": district.y,
        "opens": asked.opens,
        "closes": asked.closes,
        "days": _EVERY_DAY,
    }
    insert = database.insert(sites).values(row)
    with database.writing() as connection:
        connection.execute(insert.on_conflict_do_update(index_elements=[sites.c.id], set_=row))
    return 0


def _retire(database: Database, asked: argparse.Namespace, _: str, __: int) -> int:
    wanted = sa.select(terminals.c.number).where(terminals.c.name == asked.name)
    with database.reading() as connection:
        number = connection.execute(wanted).scalar_one_or_none()
    if number is None or not Inventory(database).retire(number):
        print(f"there is no terminal {asked.name}", file=sys.stderr)
        return 1
    return 0


def _is_site(database: Database, site: str) -> bool:
    with database.reading() as connection:
        return (
            connection.execute(sa.select(sites.c.id).where(sites.c.id == site)).first() is not None
        )


_ACTS: Final = {"claim": _claim, "site": _site, "retire": _retire}


if __name__ == "__main__":
    sys.exit(main())
