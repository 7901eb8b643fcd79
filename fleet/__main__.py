"""Run the fleet's server: ``python -m fleet --data FOLDER --port N``.

FOLDER holds::

    fleet.pem fleet.key     the server's TLS identity
    terminal_ca.pem         who issued the terminals' certificates
    terminal_ca.key         its key, for claims and renewals; may be missing: then nobody
                            becomes a terminal here, and no certificate is renewed
    terminal_crl.pem        whom that authority has revoked; may be missing
    fleet_ca.pem            who issued fleet.pem; machines that claim are told
    terminals/NAME.pem      a certificate of each terminal, admitted at the start
    console.token           the break-glass way into the console; may be missing where
                            fleet.toml names a provider of identities
    fleet.toml              whom to tell, who may do what (`fleet.settings`); may be missing
    audit.key audit.pub     sign the audit's heads; made at the first start
    fleet.db                the database, unless ``--database`` names another

With ``--socket PATH`` a proxy ends TLS and reaches the server by that unix socket alone
(packaging/fleet/nginx.conf). The port may be 0; the note ``fleet.ready`` says which was taken.
Machines that are no terminals yet claim (`fleet.identity`) at ``--claim-port``, or, behind a
proxy, at ``--claim-socket``.

``python -m fleet release COMMAND`` is for the people who sign (`fleet.release.__main__`).
"""

import argparse
import asyncio
import contextlib
import os
import secrets
import socket
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

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
from fleet.identity.admission import Admission
from fleet.identity.authority import Authority, NoAuthority
from fleet.identity.claims import Claims
from fleet.identity.paths import create_claims
from fleet.identity.renewals import Renewals
from fleet.migrations.upgrade import upgrade
from fleet.release import __main__ as release
from fleet.rollout.plan import PLANS
from fleet.store.database import Database
from fleet.store.known import Inventory
from wire.claim import pin


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
    claims = flags.add_mutually_exclusive_group()
    claims.add_argument("--claim-port", type=int, help="for machines with a claim code, TLS")
    claims.add_argument("--claim-socket", type=Path, help="the same, for the proxy that ends TLS")
    flags.add_argument("--console-port", type=int, help="for people, plain HTTP on this machine")
    flags.add_argument("--database", help="SQLAlchemy URL instead of SQLite in FOLDER")
    return flags


@contextlib.contextmanager
def _listener(host: str, port: int, path: Path | None) -> Iterator[socket.socket]:
    if path is None:
        with socket.create_server((host, port)) as listener:
            yield listener
        return
    path.unlink(missing_ok=True)
    before = os.umask(0o117)
    try:
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(str(path))
    finally:
        os.umask(before)
    with listener:
        listener.listen(1024)
        yield listener


async def run(service: Service, doors: list[Door]) -> None:
    """Serve until told to stop."""
    names = {door.name: door.listener.getsockname() for door in doors}
    told = {door: name[1] if isinstance(name, tuple) else 0 for door, name in names.items()}
    async with service.running():
        await serve(doors, lambda: journal.ready(**told))


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and serve."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    if words[:1] == ["release"]:
        sys.exit(release.main(words[1:]))
    asked = parser().parse_args(words)
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
    authority = _authority(data)
    renewals = Renewals(database, authority) if authority else None
    app = create_api(service, shown_here if tls else shown_to_proxy, renewals)
    with contextlib.ExitStack() as opened:
        opened.callback(database.close)
        listener = opened.enter_context(_listener(asked.host, asked.port, asked.socket))
        doors = [Door(app, listener, tls)]
        if asked.claim_port is not None or asked.claim_socket is not None:
            if authority is None:
                raise NoAuthority("claims need terminal_ca.key")
            claims = Claims(database, random_bytes=secrets.token_bytes)
            issuer = (data / "fleet_ca.pem").read_bytes()
            app = create_claims(claims, authority, issuer, service.book, time.time)
            way = _listener(asked.host, asked.claim_port, asked.claim_socket)
            own = None if asked.claim_port is None else replace(_tls(data), terminal_ca=None)
            doors.append(Door(app, opened.enter_context(way), own, "claim_port"))
        if asked.console_port is not None:
            service.admission = _admission(data, database, chosen, authority)
            people = _people(data, database, chosen)
            service.jobs.append(people.tidy)
            service.leading.told = people.by_itself(time.time)
            console = create_console(service, people)
            # Plain HTTP: never beyond this machine; a proxy with TLS stands before it.
            listener = socket.create_server(("127.0.0.1", asked.console_port))
            doors.append(Door(console, opened.enter_context(listener), name="console_port"))
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


def _admission(
    data: Path, database: Database, chosen: settings.Settings, authority: Authority | None
) -> Admission | None:
    """Return who makes slips; None where nobody issues, or nobody said where the door is."""
    if authority is None or chosen.claims is None:
        return None
    issuer = x509.load_pem_x509_certificate((data / "fleet_ca.pem").read_bytes())
    server = chosen.claims.server
    return Admission(database, server=server, authority=pin(issuer.public_bytes(Encoding.DER)))


def _authority(data: Path) -> Authority | None:
    key = data / "terminal_ca.key"
    return Authority.load(data / "terminal_ca.pem", key) if key.exists() else None


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
