"""Terminals that the register expects: known by name, before their certificate was ever seen.

The fleet's authority certifies a terminal every thirty days under a new key; the register
decides by name who may hand in records. A certificate that TLS has verified is admitted when
its name is expected, and from then on it is known like any other.

Rule 1: a certificate that was issued before its name was expected is not admitted: what a
thief of the machine before has stays out when its successor is expected.
Rule 2: whoever is revoked is expected no more.
"""

from datetime import UTC, datetime, timedelta
from typing import Final

import sqlalchemy as sa
from cryptography import x509
from cryptography.x509.oid import NameOID

from enrolment.tables import expected

_BACKDATED: Final = timedelta(hours=1)
"""Authorities begin a certificate a little before its issue, for slow clocks."""


def expect(connection: sa.Connection, name: str, *, now: datetime) -> None:
    """Admit the certificates of `name` that are issued from now on."""
    connection.execute(expected.delete().where(expected.c.name == name))
    since = int(now.timestamp())
    connection.execute(expected.insert().values(name=name, since=since))


def no_more(connection: sa.Connection, name: str) -> None:
    """Admit no further certificate of `name`."""
    connection.execute(expected.delete().where(expected.c.name == name))


def expected_name(connection: sa.Connection, certificate: bytes) -> str | None:
    """Return the name in a certificate (DER) that TLS has verified, if it is expected."""
    try:
        read = x509.load_der_x509_certificate(certificate)
        names = read.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    except ValueError:
        return None
    if len(names) != 1:
        return None
    name = str(names[0].value)
    wanted = sa.select(expected.c.since).where(expected.c.name == name)
    since = connection.execute(wanted).scalar_one_or_none()
    if since is None:
        return None
    issued = read.not_valid_before_utc + _BACKDATED
    return name if issued >= datetime.fromtimestamp(since, UTC) else None
