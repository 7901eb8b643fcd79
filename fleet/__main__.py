"""Run the fleet's server: ``python -m fleet --data FOLDER --port N``.

FOLDER holds::

    fleet.pem fleet.key     the server's TLS identity
    terminal_ca.pem         who issued the terminals' certificates
    terminal_crl.pem        whom that authority has revoked; may be missing
    terminals/NAME.pem      a certificate of each terminal, admitted at the start
    fleet.toml              whom to tell (`fleet.settings`); may be missing
    fleet.db                the database, unless ``--database`` names another

With ``--socket PATH`` a proxy ends TLS and reaches the server by that unix socket alone
(packaging/fleet/nginx.conf). The port may be 0; the note ``fleet.ready`` says which was taken.
"""

import argparse
import asyncio
import contextlib
import os
import socket
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from cryptography import x509

from fleet import journal, settings
from fleet.app import Service, create_api
from fleet.door.certificate import shown_here, shown_to_proxy
from fleet.door.serve import Door, Tls, serve
from fleet.migrations.upgrade import upgrade
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


async def run(service: Service, door: Door) -> None:
    """Serve until told to stop."""
    name = door.listener.getsockname()
    port = name[1] if isinstance(name, tuple) else 0
    async with service.running():
        await serve([door], lambda: journal.ready(port=port))


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and serve."""
    asked = parser().parse_args(arguments)
    data: Path = asked.data
    database = open_database(data, asked.database)
    channels = settings.load(data / "fleet.toml").channels()
    service = Service(database, clock=time.time, channels=channels)
    revoked = data / "terminal_crl.pem"
    tls = None
    if asked.socket is None:
        tls = Tls(
            certificate=data / "fleet.pem",
            key=data / "fleet.key",
            terminal_ca=data / "terminal_ca.pem",
            revoked=revoked if revoked.exists() else None,
        )
    app = create_api(service, shown_here if tls else shown_to_proxy)
    with _listener(asked) as listener:
        asyncio.run(run(service, Door(app, listener, tls)))
    database.close()


if __name__ == "__main__":
    main()
