"""A terminal in service asks for its next certificate, signed by the one in use.

Rule 1: a terminal has two certificates at most: the one it calls with, and the one before
or after it. A copied disk that renews too takes the other's away, and is noticed.
Rule 2: asking again with the same key gives the same certificate: the answer may have
been lost.
"""

import sqlalchemy as sa
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from fleet.identity.authority import Authority
from fleet.identity.claims import Made
from fleet.store.database import Database
from fleet.store.known import Caller, renew
from fleet.store.tables import certificates, terminals


class Renewals:
    """Renews certificates of one database's terminals."""

    def __init__(self, database: Database, authority: Authority) -> None:
        """Issue by `authority`."""
        self._database = database
        self._authority = authority

    def renew(self, caller: Caller, key: ec.EllipticCurvePublicKey, *, now: int) -> Made | None:
        """Return the caller's certificate for `key`; None if it is not in service any more.

        Args:
            caller: as its request was signed.
            key: another than that of the certificate in use, unless that is asked for again.
            now: seconds since 1970.
        """
        wanted = sa.select(certificates.c.der, certificates.c.fingerprint).where(
            certificates.c.terminal == caller.terminal, certificates.c.revoked.is_(sa.false())
        )
        named = sa.select(terminals.c.name).where(
            terminals.c.number == caller.terminal, terminals.c.retired.is_(sa.false())
        )
        with self._database.writing() as connection:
            name = connection.execute(named).scalar_one_or_none()
            live = {row.fingerprint: row.der for row in connection.execute(wanted)}
            if name is None or caller.fingerprint not in live:
                return None
            for der in live.values():
                there = x509.load_der_x509_certificate(der)
                if there.public_key() == key:
                    return Made(name, there, None, again=True)
            certificate = self._authority.issue(name, key, now=now)
            renew(connection, caller.terminal, certificate, keep=[caller.fingerprint])
        return Made(name, certificate, None, again=False)
