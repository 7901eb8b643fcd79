"""Make a development fleet's keys and certificates, and those of its terminals. Not shipped.

``python -m fleet.sandbox --to FOLDER --terminals 3`` fills FOLDER with what
``python -m fleet`` wants there, and, for the terminals' side::

    fleet_ca.pem                 who issued the server's certificate: terminals trust it
    keys/NAME.pem keys/NAME.key  each terminal's identity

Real keys are made where they are used, and never all in one folder.
"""

import argparse
import ipaddress
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

LASTS = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Identity:
    """A certificate and its key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    def keep(self, folder: Path, name: str) -> None:
        """Write both as PEM, for the owner alone."""
        _keep(folder / f"{name}.pem", self.certificate.public_bytes(Encoding.PEM))
        private = self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        _keep(folder / f"{name}.key", private)


def authority(name: str) -> Identity:
    """Return a new authority."""
    key = ec.generate_private_key(ec.SECP256R1())
    builder = _started(name, name, key).add_extension(
        x509.BasicConstraints(ca=True, path_length=0), critical=True
    )
    return Identity(builder.add_extension(_usage(issues=True), critical=True).sign(key, _SHA), key)


def issue(
    name: str, issuer: Identity, *, serves: bool = False, addresses: Sequence[str] = ()
) -> Identity:
    """Return an identity of a terminal, or of the server on this machine.

    `addresses` are those of the server, beside loopback.
    """
    key = ec.generate_private_key(ec.SECP256R1())
    purpose = ExtendedKeyUsageOID.SERVER_AUTH if serves else ExtendedKeyUsageOID.CLIENT_AUTH
    of_issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key())
    builder = (
        _started(name, _common(issuer.certificate.subject), key)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(issues=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([purpose]), critical=False)
        .add_extension(of_issuer, critical=False)
    )
    if serves:
        found_at = [ipaddress.ip_address(one) for one in ("127.0.0.1", *addresses)]
        known = [x509.DNSName("localhost"), *(x509.IPAddress(one) for one in found_at)]
        names = x509.SubjectAlternativeName(known)
        builder = builder.add_extension(names, critical=False)
    return Identity(builder.sign(issuer.key, _SHA), key)


def revocation_list(issuer: Identity, *revoked: x509.Certificate) -> bytes:
    """Return the list (PEM) of what `issuer` has revoked."""
    now = datetime.now(UTC)
    of_issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key())
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.certificate.subject)
        .last_update(now - timedelta(hours=1))
        .next_update(now + LASTS)
        .add_extension(x509.CRLNumber(1), critical=False)
        .add_extension(of_issuer, critical=False)
    )
    for certificate in revoked:
        one = x509.RevokedCertificateBuilder().serial_number(certificate.serial_number)
        builder = builder.add_revoked_certificate(one.revocation_date(now).build())
    return builder.sign(issuer.key, _SHA).public_bytes(Encoding.PEM)


def make(folder: Path, terminals: Sequence[str], *, addresses: Sequence[str] = ()) -> Identity:
    """Fill `folder`; return the authority of the terminals.

    `addresses` are those of the server, beside loopback.
    """
    for name in ("terminals", "keys"):
        (folder / name).mkdir(parents=True, exist_ok=True, mode=0o700)
    fleet_ca = authority("Sandbox fleet CA")
    _keep(folder / "fleet_ca.pem", fleet_ca.certificate.public_bytes(Encoding.PEM))
    issue("fleet", fleet_ca, serves=True, addresses=addresses).keep(folder, "fleet")
    terminal_ca = authority("Sandbox terminal CA")
    terminal_ca.keep(folder, "terminal_ca")
    _keep(folder / "terminal_crl.pem", revocation_list(terminal_ca))
    for name in terminals:
        identity = issue(name, terminal_ca)
        identity.keep(folder / "keys", name)
        _keep(folder / "terminals" / f"{name}.pem", (folder / "keys" / f"{name}.pem").read_bytes())
    return terminal_ca


_SHA = hashes.SHA256()


def _common(name: x509.Name) -> str:
    return str(name.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value)


def _started(subject: str, issuer: str, key: ec.EllipticCurvePrivateKey) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    names = [
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]) for name in (subject, issuer)
    ]
    return (
        x509.CertificateBuilder()
        .subject_name(names[0])
        .issuer_name(names[1])
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + LASTS)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _usage(*, issues: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not issues,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=issues,
        crl_sign=issues,
        encipher_only=False,
        decipher_only=False,
    )


def _keep(path: Path, content: bytes) -> None:
    """Write a file that only its owner can read."""
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and fill the folder."""
    parser = argparse.ArgumentParser(prog="python -m fleet.sandbox", description=__doc__)
    parser.add_argument("--to", type=Path, required=True, help="folder to fill")
    parser.add_argument("--terminals", type=int, default=1, help="how many")
    asked = parser.parse_args(arguments)
    make(asked.to, [f"terminal-{number}" for number in range(1, asked.terminals + 1)])


if __name__ == "__main__":
    main()
