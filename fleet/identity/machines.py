"""Is it the terminal's own machine? Its TPM's key signs what the certificate's key signs.

Rule 1: a machine that showed its key in the claim is asked for it ever after. A copied disk, or
a key that was read from memory, speaks in the terminal's name from a machine that cannot.
Rule 2: it is refused, and people are told at once: which of the two machines is the real one,
no program knows.
"""

import sqlalchemy as sa
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_der_public_key

from fleet.alerts.book import Book
from fleet.alerts.finding import Finding
from fleet.health.rules import Severity
from fleet.store.database import Database
from fleet.store.tables import sites, terminals
from wire import signing
from wire.claim import Machine, machine_claim
from wire.failures import Failure
from wire.signature import P256, BadSignature


class NotThere(ValueError):
    """The claim does not show that the machine's key was there; carries nothing of it."""

    code = "claim.malformed"


def shown(machine: Machine, *, token: bytes, request: bytes) -> bytes:
    """Return the machine's key (SubjectPublicKeyInfo, DER), as it is kept.

    Raises:
        NotThere: no key of P-256, or it did not sign this claim.
    """
    try:
        key = load_der_public_key(machine.public)
    except (ValueError, UnsupportedAlgorithm):
        raise NotThere("no key") from None
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise NotThere("a key that is not of P-256")
    try:
        signing.verify(key, P256, machine.proof, machine_claim(token, request))
    except BadSignature:
        raise NotThere("not signed by that key") from None
    return signing.public_bytes(key)


def copied(database: Database, book: Book, terminal: int, *, now: int) -> None:
    """Tell people that a terminal's key is used in another machine."""
    wanted = (
        sa.select(terminals.c.name, sites.c.district)
        .outerjoin(sites, sites.c.id == terminals.c.site)
        .where(terminals.c.number == terminal)
    )
    with database.reading() as connection:
        row = connection.execute(wanted).one()
    finding = Finding(
        rule=Failure.TERMINAL_COPIED.value,
        terminal=terminal,
        district=row.district or "",
        severity=Severity.PAGE,
        failure=Failure.TERMINAL_COPIED,
        sentence=f"{row.name}: its key was used without its machine's",
        security=True,
    )
    book.found([finding], (), now=now)
