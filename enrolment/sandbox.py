"""Make a development register's keys and certificates, and a terminal's. Not shipped.

``python -m enrolment.sandbox --to FOLDER --terminal ID`` fills FOLDER with::

    register_ca.pem              who issued the register's certificate: terminals trust it
    register.pem register.key    the register's TLS identity, for 127.0.0.1 and localhost
    terminal_ca.pem              who issued terminals' certificates: the register trusts it
    terminal.pem terminal.key    the terminal's TLS identity
    terminals/ID.pem             the same certificate: the register knows ID by it
    keys.toml seal/ID.bin        the plan of the keys that records are sealed to; their secrets
    seal_public.bin              the newest, as terminals are set up with it (`wire.sealing`)
    register.toml                the register's settings: a sandbox
    receipt_public.pem           what terminals verify receipts by (Ed25519)
    receipt_private.pem          what the register signs with
    number_key.bin               keyed digests of identity numbers
    account_key.bin              wraps the keys of accounts' details
    template_key.bin             wraps the keys of facial templates
    signing_ca.pem .key          who issues signing certificates of iAM Smart+

``--rotate`` instead of ``--terminal`` gives that register a new key to seal to: the one
before is offered for a day and opened for a month. With ``--hybrid`` it is of ML-KEM-768
and X25519, and holds against a quantum computer.

Real keys are made where they are used, and never all in one folder.
"""

import argparse
import ipaddress
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from enrolment.kept import Purpose
from enrolment.keys import new_period, write_plan
from wire.record import key_id

_LASTS = timedelta(days=90)
_SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class _Issuer:
    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey


def make(folder: Path, terminal: str, *, addresses: Sequence[str] = ()) -> None:
    """Fill `folder` with a new register's keys and those of one terminal.

    `addresses` are those of this machine, beside loopback, at which terminals find it.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    register_ca = _authority("Sandbox register CA")
    _keep(folder / "register_ca.pem", _pem(register_ca.certificate))
    serves = ExtendedKeyUsageOID.SERVER_AUTH
    _issue(folder, "register", register_ca, "register", serves, addresses=addresses)
    terminal_ca = _authority("Sandbox terminal CA")
    _keep(folder / "terminal_ca.pem", _pem(terminal_ca.certificate))
    _issue(folder, "terminal", terminal_ca, terminal, ExtendedKeyUsageOID.CLIENT_AUTH)
    signing_ca = _authority("Sandbox signing CA")
    _keep(folder / "signing_ca.pem", _pem(signing_ca.certificate))
    _keep(folder / "signing_ca.key", _private_pem(signing_ca.key))
    (folder / "terminals").mkdir(exist_ok=True)
    _keep(folder / "terminals" / f"{terminal}.pem", (folder / "terminal.pem").read_bytes())
    (folder / "seal").mkdir(exist_ok=True)
    (folder / "keys.toml").unlink(missing_ok=True)
    rotate(folder, datetime.now(UTC))
    _keep(folder / "register.toml", b"sandbox = true\n")
    signing = Ed25519PrivateKey.generate()
    _keep(folder / "receipt_private.pem", _private_pem(signing))
    _keep(
        folder / "receipt_public.pem",
        signing.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
    )
    for name in ("number", *Purpose):
        _keep(folder / f"{name}_key.bin", secrets.token_bytes(_SECRET_BYTES))


def rotate(folder: Path, now: datetime, *, hybrid: bool = False) -> None:
    """Give the register in `folder` a new key to seal to; it is used from its next start."""
    key = X25519PrivateKey.generate()
    public, private = key.public_key().public_bytes_raw(), key.private_bytes_raw()
    if hybrid:
        ml_kem = MLKEM768PrivateKey.generate()
        public = ml_kem.public_key().public_bytes_raw() + public
        private = ml_kem.private_bytes_raw() + private
    _keep(folder / "seal" / f"{key_id(public)}.bin", private)
    _keep(folder / "seal_public.bin", public)
    write_plan(folder, new_period(public, now), now)


def _authority(name: str) -> _Issuer:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    certificate = (
        _started(subject, subject, key)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .sign(key, hashes.SHA256())
    )
    return _Issuer(certificate, key)


def _issue(
    folder: Path,
    file: str,
    issuer: _Issuer,
    name: str,
    purpose: x509.ObjectIdentifier,
    *,
    addresses: Sequence[str] = (),
) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = (
        _started(subject, issuer.certificate.subject, key)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([purpose]), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key()),
            critical=False,
        )
    )
    if purpose == ExtendedKeyUsageOID.SERVER_AUTH:
        found_at = [ipaddress.ip_address(one) for one in ("127.0.0.1", *addresses)]
        names = [x509.DNSName("localhost"), *(x509.IPAddress(one) for one in found_at)]
        builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
    _keep(folder / f"{file}.pem", _pem(builder.sign(issuer.key, hashes.SHA256())))
    _keep(folder / f"{file}.key", _private_pem(key))


def _started(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + _LASTS)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.PEM)


def _private_pem(key: ec.EllipticCurvePrivateKey | Ed25519PrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _keep(path: Path, content: bytes) -> None:
    """Write a file that only its owner can read."""
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and fill the folder."""
    parser = argparse.ArgumentParser(prog="python -m enrolment.sandbox", description=__doc__)
    parser.add_argument("--to", type=Path, required=True, help="folder to fill")
    todo = parser.add_mutually_exclusive_group(required=True)
    todo.add_argument("--terminal", help="the terminal's name")
    todo.add_argument("--rotate", action="store_true", help="a new key to seal to")
    parser.add_argument(
        "--address", action="append", default=[], help="of this machine, beside loopback"
    )
    parser.add_argument("--hybrid", action="store_true", help="with --rotate: of both kinds")
    asked = parser.parse_args(arguments)
    if asked.hybrid and not asked.rotate:
        parser.error("--hybrid goes with --rotate")
    if asked.rotate:
        rotate(asked.to, datetime.now(UTC), hybrid=asked.hybrid)
    else:
        make(asked.to, asked.terminal, addresses=asked.address)


if __name__ == "__main__":
    main()
