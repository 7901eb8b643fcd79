"""Run the register: ``python -m enrolment --data FOLDER --port N --phone-port M``.

FOLDER holds the keys and certificates (see `enrolment.keys`, `enrolment.serve`), one
certificate per terminal in ``terminals/NAME.pem``, and the database ``register.db``
unless ``--database`` names another. Ports may be 0; the note ``register.ready`` says
which were taken.
"""

import argparse
import asyncio
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from enrolment import journal
from enrolment.app import create_api, create_phone
from enrolment.citizens import Citizens
from enrolment.closing import Closing, Kept
from enrolment.file_keys import FileKeys
from enrolment.guardians import Guardians
from enrolment.keys import Keys, load_plan
from enrolment.matching import Matching, PlausibilityMatching, PopulationMatching
from enrolment.migrations.upgrade import upgrade
from enrolment.register import Register
from enrolment.sandbox_population import SamePicture, SyntheticPopulation
from enrolment.serve import Door, serve
from enrolment.settings import BadSettings, Settings, load
from enrolment.signing_ca import SandboxAuthority
from enrolment.store import Store


def open_register(data: Path, *, database: str | None, matching: Matching) -> Register:
    """Return the register whose keys, terminals and database stand in the folder `data`."""
    return opened(data, database=database, matching=matching).register


@dataclass(frozen=True, slots=True)
class Served:
    """What terminals and phones are served by, over one database."""

    register: Register
    citizens: Citizens
    guardians: Guardians


def opened(data: Path, *, database: str | None, matching: Matching) -> Served:
    """Open what stands in the folder `data`, with the sandbox's stand-ins around it.

    A real register puts its own comparison and certification authority here, as it does
    its own `Matching`: there are none to ship.

    Raises:
        BadSettings: the folder is no sandbox's.
    """
    settings = load(data)
    if not settings.sandbox:
        raise BadSettings("register.toml: without sandbox = true there is nothing to start yet")
    store = Store(database or f"sqlite:///{data / 'register.db'}")
    upgrade(store.engine)
    for file in sorted((data / "terminals").glob("*.pem")):
        certificate = x509.load_pem_x509_certificate(file.read_bytes())
        store.add_terminal(certificate.public_bytes(Encoding.DER), file.stem)
    keys, templates = _keys(data, settings), SamePicture()
    limits, clock = settings.limits, lambda: datetime.now(UTC)
    kept = Kept(timedelta(hours=limits.link_hours), timedelta(days=settings.retention.closed_days))
    closing = Closing(store.engine, kept, clock)
    guardians = Guardians(
        store=store,
        keys=keys,
        clock=clock,
        lasts=timedelta(minutes=limits.consent_minutes),
        stand_ins=settings.sandbox,
    )
    register = Register(
        keys=keys,
        store=store,
        matching=matching,
        templates=templates,
        guardians=guardians,
        closing=closing,
        clock=clock,
        together=limits.commit_together,
    )
    citizens = Citizens(
        store=store,
        keys=keys,
        templates=templates,
        authority=SandboxAuthority(data),
        clock=clock,
        closing=closing,
    )
    return Served(register, citizens, guardians)


def sandbox_matching(data: Path) -> Matching:
    """Return who decides in a sandbox: its synthetic population, or what is plausible.

    A real register puts its own `Matching` here: there is none to ship.
    """
    people = data / "population.toml"
    if not people.exists():
        return PlausibilityMatching()
    return PopulationMatching(SyntheticPopulation(people), SamePicture())


def _keys(data: Path, settings: Settings) -> Keys:
    if settings.hsm is not None:
        # Loading the module's library is for those who have one.
        from enrolment.hsm_keys import HsmKeys  # noqa: PLC0415

        return HsmKeys(load_plan(data), settings.hsm)
    return FileKeys(data)


def parser() -> argparse.ArgumentParser:
    """Return the command line's description."""
    flags = argparse.ArgumentParser(prog="python -m enrolment", description=__doc__)
    flags.add_argument("--data", type=Path, required=True, help="folder of keys and database")
    flags.add_argument("--host", default="127.0.0.1", help="address to answer on")
    flags.add_argument("--port", type=int, required=True, help="for terminals, mTLS")
    flags.add_argument("--phone-port", type=int, required=True, help="for phones")
    flags.add_argument("--phone-tls", action="store_true", help="phones by https")
    flags.add_argument("--database", help="SQLAlchemy URL instead of SQLite in FOLDER")
    return flags


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and serve until told to stop."""
    asked = parser().parse_args(arguments)
    served = opened(asked.data, database=asked.database, matching=sandbox_matching(asked.data))
    terminals = socket.create_server((asked.host, asked.port))
    phones = socket.create_server((asked.host, asked.phone_port))
    limits = load(asked.data).limits
    doors = [
        Door(create_api(served.register, limits), terminals, asked.data, asks_certificate=True),
        Door(
            create_phone(served.citizens, served.guardians),
            phones,
            asked.data if asked.phone_tls else None,
        ),
    ]
    ports = {"port": terminals.getsockname()[1], "phone_port": phones.getsockname()[1]}
    try:
        asyncio.run(serve(doors, lambda: journal.ready(**ports)))
    finally:
        served.register.close()


if __name__ == "__main__":
    main()
