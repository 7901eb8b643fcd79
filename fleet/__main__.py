"""Run the fleet's server: ``python -m fleet --data FOLDER --port N``.

FOLDER holds::

    fleet.pem fleet.key     the server's TLS identity
    terminal_ca.pem         who issued the terminals' certificates
    terminal_crl.pem        whom that authority has revoked; may be missing
    terminals/NAME.pem      a certificate of each terminal, admitted at the start
    console.token           the break-glass way into the console; may be missing where
                            fleet.toml names a provider of identities
    fleet.toml              whom to tell, who may do what (`fleet.settings`); may be missing
    audit.key audit.pub     sign the audit's heads; made at the first start
    fleet.db                the database, unless ``--database`` names another

With ``--socket PATH`` a proxy ends TLS and reaches the server by that unix socket alone
(packaging/fleet/nginx.conf). The port may be 0; the note ``fleet.ready`` says which was taken.
"""

import argparse
import asyncio
import contextlib
import os
import socket
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509

from fleet import journal, settings
from fleet.access import break_glass
from fleet.access.people import People
from fleet.access.sessions import Sessions
from fleet.access.tokens import Tokens
from fleet.app import Service, create_api
from fleet.audit.book import Audit
from fleet.audit.key import load_or_make
from fleet.console.pages import create_console
from fleet.door.certificate import shown_here, shown_to_proxy
from fleet.door.serve import Door, Tls, serve
from fleet.migrations.upgrade import upgrade
from fleet.rollout.plan import PLANS
from fleet.store.database import Database
from fleet.store.known import Inventory


def open_database(data: Path, url: str | None) -> Database:
    """Return the database in its present shape, with the terminals of the folder admitted."""
    database = Database(url or f"sqlite:///{data / 'fleet.db'}")
    upgrade(database.engine)
    inventory = Inventory(database)
    for file in sorted((data / "terminals").glob("*.pem")):
        certificate = x509.load_pem_x509_certificate(file.read_bytes())
        inventory.admit(inventory.add(file.stem), certificate)
    return database


def parser() -> argparse.ArgumentParser:
    """Return the command line's description."""
    flags = argparse.ArgumentParser(prog="python -m fleet", description=__doc__)
    flags.add_argument("--data", type=Path, required=True, help="folder of keys and database")
    flags.add_argument("--host", default="127.0.0.1", help="address to answer on")
    way = flags.add_mutually_exclusive_group(required=True)
    way.add_argument("--port", type=int, help="for terminals, mTLS ended here")
    way.add_argument("--socket", type=Path, help="for the proxy that ends TLS")
    flags.add_argument("--console-port", type=int, help="for people, plain HTTP on this machine")
    flags.add_argument("--database", help="SQLAlchemy URL instead of SQLite in FOLDER")
    return flags


@contextlib.contextmanager
def _listener(asked: argparse.Namespace) -> Iterator[socket.socket]:
    if asked.socket is None:
        with socket.create_server((asked.host, asked.port)) as listener:
            yield listener
        return
    asked.socket.unlink(missing_ok=True)
    before = os.umask(0o117)
    try:
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(str(asked.socket))
    finally:
        os.umask(before)
    with listener:
        listener.listen(1024)
        yield listener


async def run(service: Service, doors: list[Door]) -> None:
    """Serve until told to stop."""
    names = [door.listener.getsockname() for door in doors]
    ports = [name[1] if isinstance(name, tuple) else 0 for name in names]
    told = dict(zip(("port", "console_port"), ports, strict=False))
    async with service.running():
        await serve(doors, lambda: journal.ready(**told))


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and serve."""
    asked = parser().parse_args(arguments)
    # While a thread looks at ten thousand terminals, a request waits for each turn at the
    # interpreter: a tenth of the usual 5 ms costs little and is a tenth of the waiting.
    sys.setswitchinterval(0.0005)
    data: Path = asked.data
    chosen = settings.load(data / "fleet.toml")
    database = open_database(data, asked.database)
    service = Service(
        database,
        clock=time.time,
        channels=chosen.channels(),
        publishing=chosen.publishing(lambda: datetime.now(UTC)),
        plans=chosen.releases.plans if chosen.releases else PLANS,
    )
    if chosen.dead_man is not None:
        service.dead_man = chosen.dead_man.url
    tls = _tls(data) if asked.socket is None else None
    app = create_api(service, shown_here if tls else shown_to_proxy)
    with contextlib.ExitStack() as opened:
        opened.callback(database.close)
        doors = [Door(app, opened.enter_context(_listener(asked)), tls)]
        if asked.console_port is not None:
            people = _people(data, database, chosen)
            service.jobs.append(people.tidy)
            service.leading.told = people.by_itself(time.time)
            console = create_console(service, people)
            # Plain HTTP: never beyond this machine; a proxy with TLS stands before it.
            listener = socket.create_server(("127.0.0.1", asked.console_port))
            doors.append(Door(console, opened.enter_context(listener)))
        asyncio.run(run(service, doors))


def _people(data: Path, database: Database, chosen: settings.Settings) -> People:
    provider, token = chosen.provider(), data / "console.token"
    return People(
        sessions=Sessions(database),
        tokens=Tokens(database),
        audit=Audit(database, load_or_make(data)),
        provider=provider,
        # Without either there would be no way in.
        break_glass=None if provider and not token.exists() else break_glass.load(token),
    )


def _tls(data: Path) -> Tls:
    revoked = data / "terminal_crl.pem"
    return Tls(
        certificate=data / "fleet.pem",
        key=data / "fleet.key",
        terminal_ca=data / "terminal_ca.pem",
        revoked=revoked if revoked.exists() else None,
    )


if __name__ == "__main__":
    main()
