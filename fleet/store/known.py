"""Which terminal a certificate belongs to, in memory: read once, then only what changed."""

import hashlib
import threading
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, load_der_public_key

from fleet.store.database import Database
from fleet.store.tables import certificates, terminals
from wire.rollout import Network


@dataclass(frozen=True, slots=True)
class Caller:
    """A terminal in service, known by its certificate."""

    terminal: int
    fingerprint: str
    key: Ed25519PublicKey | ec.EllipticCurvePublicKey
    machine: ec.EllipticCurvePublicKey | None = None
    """The key of its machine's TPM; without its signature nothing of this caller counts."""


def fingerprint(der: bytes) -> str:
    """Return the SHA-256 of a certificate, as terminals are known by it."""
    return hashlib.sha256(der).hexdigest()


def key_fingerprint(spki: bytes) -> str:
    """Return the SHA-256 of a public key (SubjectPublicKeyInfo, DER)."""
    return hashlib.sha256(spki).hexdigest()


def renew(
    connection: sa.Connection, terminal: int, certificate: x509.Certificate, *, keep: Iterable[str]
) -> None:
    """Know `terminal` by `certificate` and those in `keep` (fingerprints), by no other."""
    _lock(connection)
    change = _next_change(connection)
    others = (certificates.c.terminal == terminal) & certificates.c.fingerprint.not_in(list(keep))
    connection.execute(
        certificates.update()
        .where(others, certificates.c.revoked.is_(sa.false()))
        .values(revoked=True, change=change)
    )
    der = certificate.public_bytes(Encoding.DER)
    row = {"fingerprint": fingerprint(der), "terminal": terminal, "der": der, "revoked": False}
    connection.execute(certificates.insert().values(row | {"change": change + 1}))


class Known:
    """The certificates of terminals; any thread may ask."""

    def __init__(self, database: Database) -> None:
        """Know nobody until `refresh`."""
        self._database = database
        self._callers: dict[str, Caller] = {}
        self._seen = 0
        self._lock = threading.Lock()

    def caller(self, der: bytes) -> Caller | None:
        """Return who shows this certificate, if it is one of a terminal in service."""
        return self._callers.get(fingerprint(der))

    def refresh(self) -> None:
        """Read what changed since the last time.

        Raises:
            sqlalchemy.exc.DBAPIError: the database does not answer.
        """
        wanted = (
            sa.select(certificates, terminals.c.retired, terminals.c.machine_key)
            .join(terminals, terminals.c.number == certificates.c.terminal)
            .order_by(certificates.c.change)
        )
        with self._lock:
            with self._database.reading() as connection:
                found = connection.execute(
                    wanted.where(certificates.c.change > self._seen)
                ).fetchall()
            for row in found:
                if row.revoked or row.retired:
                    self._callers.pop(row.fingerprint, None)
                else:
                    self._callers[row.fingerprint] = Caller(
                        row.terminal, row.fingerprint, _key(row.der), _machine(row.machine_key)
                    )
                self._seen = row.change


def _key(der: bytes) -> Ed25519PublicKey | ec.EllipticCurvePublicKey:
    key = x509.load_der_x509_certificate(der).public_key()
    if not isinstance(key, Ed25519PublicKey | ec.EllipticCurvePublicKey):
        raise TypeError("a terminal's key is neither Ed25519 nor of a curve")
    return key


def _machine(der: bytes | None) -> ec.EllipticCurvePublicKey | None:
    if der is None:
        return None
    key = load_der_public_key(der)
    assert isinstance(key, ec.EllipticCurvePublicKey), "was looked at in the claim"
    return key


class Inventory:
    """Who is in the fleet: adding, revoking, retiring."""

    def __init__(self, database: Database) -> None:
        """Change `database`."""
        self._database = database

    def add(
        self,
        name: str,
        *,
        site: str | None = None,
        model: str = "",
        network: Network = Network.WIRED,
    ) -> int:
        """Add a terminal, or return the number of the one that has this name."""
        with self._database.writing() as connection:
            found = connection.execute(
                sa.select(terminals.c.number).where(terminals.c.name == name)
            ).scalar_one_or_none()
            if found is not None:
                return int(found)
            row = {"name": name, "site": site, "model": model, "network": network.value}
            made = connection.execute(terminals.insert().values(row))
            assert made.inserted_primary_key is not None
            return int(made.inserted_primary_key[0])

    def tag(self, name: str, tags: str) -> bool:
        """Give a terminal these tags instead of those it had; False if there is none such."""
        change = terminals.update().where(terminals.c.name == name)
        with self._database.writing() as connection:
            return connection.execute(change.values(tags=tags)).rowcount == 1

    def annotate(self, name: str, notes: str) -> bool:
        """Write about a terminal what stands instead of before; False if there is none such."""
        change = terminals.update().where(terminals.c.name == name)
        with self._database.writing() as connection:
            return connection.execute(change.values(notes=notes)).rowcount == 1

    def admit(self, terminal: int, certificate: x509.Certificate) -> None:
        """Know `terminal` by `certificate` too; one that is known stays as it is.

        Raises:
            TypeError: its key is of a kind that terminals do not have.
        """
        der = certificate.public_bytes(Encoding.DER)
        _key(der)
        row = {"fingerprint": fingerprint(der), "terminal": terminal, "der": der, "revoked": False}
        with self._database.writing() as connection:
            _lock(connection)
            insert = self._database.insert(certificates).on_conflict_do_nothing()
            connection.execute(insert.values(row | {"change": _next_change(connection)}))

    def revoke(self, fingerprint: str) -> bool:
        """Let a certificate in no more; False if it is not known."""
        return self._change(certificates.c.fingerprint == fingerprint, revoked=True)

    def withdraw(self, terminal: int) -> None:
        """Let none of a terminal's certificates in any more; it may claim again."""
        self._change(certificates.c.terminal == terminal, revoked=True)

    def retire(self, terminal: int) -> bool:
        """Take a terminal out of the fleet for good, with all its certificates."""
        with self._database.writing() as connection:
            change = terminals.update().where(terminals.c.number == terminal)
            done = connection.execute(change.values(retired=True)).rowcount == 1
        self._change(certificates.c.terminal == terminal, revoked=True)
        return done

    def _change(self, which: sa.ColumnElement[bool], *, revoked: bool) -> bool:
        with self._database.writing() as connection:
            _lock(connection)
            values = {"revoked": revoked, "change": _next_change(connection)}
            return (
                connection.execute(certificates.update().where(which).values(values)).rowcount > 0
            )


def _lock(connection: sa.Connection) -> None:
    """Let one change at a time have the next number: one may not become visible late."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("LOCK TABLE certificates IN SHARE ROW EXCLUSIVE MODE"))


def _next_change(connection: sa.Connection) -> int:
    last = connection.execute(sa.select(sa.func.max(certificates.c.change))).scalar_one()
    return (last or 0) + 1
