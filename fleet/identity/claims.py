"""Claim codes: made by people, used once by a machine, never seen again.

Rule 1: only the hash of a token is kept.
Rule 2: of any number of machines that race for a code, the database lets one win: one
conditional UPDATE decides, in the transaction that keeps the certificate.
Rule 3: the winner may ask again with the same key: its answer may have been lost.
Rule 4: a claim ends every certificate that the terminal had: who is swapped is out.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from fleet.alerts.finding import Finding
from fleet.health.rules import Severity
from fleet.identity.authority import Authority
from fleet.store.database import Database
from fleet.store.known import key_fingerprint, renew
from fleet.store.tables import claims, sites, terminals
from wire.claim import LASTS_S, ClaimedSite, token_digest
from wire.failures import Failure

LONGEST_S: Final = 86_400


class ClaimRefused(Exception):
    """The token is unknown, or its time is over: which of the two, nobody is told."""

    failure = Failure.CLAIM_REFUSED


class ClaimUsed(Exception):
    """Another machine has used the code; `contested` is what operations are told."""

    failure = Failure.CLAIM_USED

    def __init__(self, contested: Finding) -> None:
        super().__init__("used before with another key")
        self.contested = contested


@dataclass(frozen=True, slots=True)
class Made:
    """A certificate, and whose it is."""

    terminal: str
    certificate: x509.Certificate
    site: ClaimedSite | None
    again: bool
    """The same key had it before: a lost answer."""


@dataclass(frozen=True, slots=True)
class Slip:
    """One code as people see it afterwards: everything but the code."""

    terminal: str
    site: str
    made_by: str
    made_at: int
    ends_at: int
    used_at: int | None
    labels: Mapping[str, str]
    """What selections go by."""

    def is_open(self, now: float) -> bool:
        """Say whether a machine may still use it."""
        return self.used_at is None and self.ends_at > now


class Claims:
    """The claim codes of one database."""

    def __init__(self, database: Database, *, random_bytes: Callable[[int], bytes]) -> None:
        """Keep codes in `database`; `random_bytes` are a token's."""
        self._database = database
        self._random_bytes = random_bytes

    def make(self, terminal: str, *, by: str, now: int, size: int, lasts_s: int = LASTS_S) -> bytes:
        """Return a token by which one machine may become `terminal`.

        Codes for it that were not used yet end: there is one slip at a time.

        Args:
            terminal: its name; it is in the inventory and not retired.
            by: who makes it.
            now: seconds since 1970.
            size: of the token in bytes.
            lasts_s: for how long it counts, a day at most.

        Raises:
            ClaimRefused: there is no such terminal in service.
            ValueError: too long a time.
        """
        if not 0 < lasts_s <= LONGEST_S:
            raise ValueError("a claim code lasts a day at most")
        token = self._random_bytes(size)
        wanted = sa.select(terminals.c.number).where(
            terminals.c.name == terminal, terminals.c.retired.is_(sa.false())
        )
        with self._database.writing() as connection:
            number = connection.execute(wanted).scalar_one_or_none()
            if number is None:
                raise ClaimRefused("no such terminal")
            waiting = (claims.c.terminal == number) & claims.c.used_at.is_(None)
            connection.execute(
                claims.update().where(waiting, claims.c.ends_at > now).values(ends_at=now)
            )
            row = {"digest": token_digest(token), "terminal": number, "made_by": by}
            times = {"made_at": now, "ends_at": now + lasts_s}
            connection.execute(claims.insert().values(row | times))
        return token

    def slips(self, *, now: int) -> list[Slip]:
        """Return the codes that were made or counted within a day, newest first."""
        wanted = (
            sa.select(claims, terminals, sites.c.district)
            .join(terminals, terminals.c.number == claims.c.terminal)
            .outerjoin(sites, sites.c.id == terminals.c.site)
            .where(claims.c.ends_at > now - LONGEST_S)
            .order_by(claims.c.made_at.desc(), claims.c.digest)
        )
        with self._database.reading() as connection:
            rows = connection.execute(wanted).fetchall()
        return [_slip(row) for row in rows]

    def withdraw(self, terminal: str, *, now: int) -> bool:
        """End the codes for a terminal that were not used; False if there was none."""
        number = sa.select(terminals.c.number).where(terminals.c.name == terminal)
        waiting = (claims.c.terminal == number.scalar_subquery()) & claims.c.used_at.is_(None)
        change = claims.update().where(waiting, claims.c.ends_at > now).values(ends_at=now)
        with self._database.writing() as connection:
            return connection.execute(change).rowcount > 0

    def take(
        self,
        token: bytes,
        key: ec.EllipticCurvePublicKey,
        authority: Authority,
        *,
        model: str,
        key_kept: str,
        now: int,
        machine: bytes | None = None,
    ) -> Made:
        """Let the machine that holds `key` become the terminal that the token names.

        Args:
            token: from the slip.
            key: the terminal's new one.
            authority: issues.
            model: of the hardware.
            key_kept: how the machine says that it keeps the key.
            now: seconds since 1970.
            machine: the key of the machine's TPM; None: it has none.

        Raises:
            ClaimRefused: the token is unknown or late, or the terminal was retired.
            ClaimUsed: it was used with another key.
        """
        digest = token_digest(token)
        spki = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        with self._database.writing() as connection:
            won = connection.execute(
                claims.update()
                .where(
                    claims.c.digest == digest, claims.c.used_at.is_(None), claims.c.ends_at > now
                )
                .values(used_at=now, key=key_fingerprint(spki))
            ).rowcount
            row = connection.execute(_wanted().where(claims.c.digest == digest)).one_or_none()
            if row is None or row.retired or row.used_at is None:
                # A retired terminal's code stays unused: the transaction is undone.
                raise ClaimRefused("unknown, late, or of a terminal that is out")
            site = _site(row)
            if not won and row.key != key_fingerprint(spki):
                raise ClaimUsed(_contested(row.number, row.name, site))
            if not won:
                before = x509.load_der_x509_certificate(row.certificate)
                return Made(row.name, before, site, again=True)
            certificate = authority.issue(row.name, key, now=now)
            kept = {"certificate": certificate.public_bytes(Encoding.DER), "key_kept": key_kept}
            connection.execute(claims.update().where(claims.c.digest == digest).values(kept))
            told = {"machine_key": machine} | ({"model": model} if model else {})
            change = terminals.update().where(terminals.c.number == row.number)
            connection.execute(change.values(told))
            renew(connection, row.number, certificate, keep=())
        return Made(row.name, certificate, site, again=False)


def _slip(row: sa.Row[tuple[object, ...]]) -> Slip:
    site, district = row.site or "", row.district or ""
    labels = {"state": "", "name": row.name, "site": site, "district": district}
    return Slip(
        row.name,
        site,
        row.made_by,
        row.made_at,
        row.ends_at,
        row.used_at,
        labels | {"model": row.model, "tag": row.tags},
    )


def _wanted() -> sa.Select[tuple[object, ...]]:
    return (
        sa.select(
            claims.c.used_at,
            claims.c.key,
            claims.c.certificate,
            terminals.c.number,
            terminals.c.name,
            terminals.c.retired,
            sites.c.id.label("site"),
            sites.c.name_en,
            sites.c.name_zh,
            sites.c.district,
            sites.c.opens,
            sites.c.closes,
        )
        .join(terminals, terminals.c.number == claims.c.terminal)
        .outerjoin(sites, sites.c.id == terminals.c.site)
    )


def _site(row: sa.Row[tuple[object, ...]]) -> ClaimedSite | None:
    if row.site is None:
        return None
    return ClaimedSite(row.site, row.name_en, row.name_zh, row.district, row.opens, row.closes)


def _contested(number: int, name: str, site: ClaimedSite | None) -> Finding:
    return Finding(
        rule="claim.contested",
        terminal=number,
        district=site.district if site else "",
        severity=Severity.PAGE,
        failure=Failure.CLAIM_CONTESTED,
        sentence=f"{name}: its claim code was shown by two machines",
        security=True,
    )
