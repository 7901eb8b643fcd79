"""Who issues signing certificates of iAM Smart+.

Issuing is a recognised certification authority's business: here it is a port, and in the
sandbox an authority of our own that nobody recognises.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    load_der_public_key,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID

_LASTS = timedelta(days=3 * 365)
_LIST_LASTS = timedelta(days=1)


class NoSigningKey(Exception):
    """The phone sent no public key on the curve P-256."""


@dataclass(frozen=True, slots=True, repr=False)
class Issued:
    """A certificate (DER) and its serial number, hex."""

    serial: str
    certificate: bytes


class SigningAuthority(Protocol):
    """Certifies a key that a phone made and keeps."""

    def issue(self, public_key: bytes, *, name: str, now: datetime) -> Issued:
        """Return a certificate for a public key (SubjectPublicKeyInfo, DER).

        Raises:
            NoSigningKey: the bytes are no key of the agreed kind.
        """
        ...

    def revoked(self, certificates: Sequence[tuple[str, datetime]], *, now: datetime) -> bytes:
        """Return a signed list (DER) of revoked certificates.

        Args:
            certificates: serial number, hex, and when it was revoked.
            now: when the list is made.
        """
        ...


class SandboxAuthority:
    """Issues from a key in the sandbox's data folder. Recognised by nobody."""

    def __init__(self, folder: Path) -> None:
        """Read certificate and key in `folder`.

        Raises:
            OSError: a file is missing.
            TypeError: the key is none on an elliptic curve.
        """
        self._own = x509.load_pem_x509_certificate((folder / "signing_ca.pem").read_bytes())
        key = load_pem_private_key((folder / "signing_ca.key").read_bytes(), password=None)
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise TypeError("signing_ca.key is no key on an elliptic curve")
        self._key = key

    def issue(self, public_key: bytes, *, name: str, now: datetime) -> Issued:
        """Return a certificate for a public key (SubjectPublicKeyInfo, DER)."""
        certificate = (
            x509.CertificateBuilder()
            .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64])]))
            .issuer_name(self._own.subject)
            .public_key(_signing_key(public_key))
            .serial_number(x509.random_serial_number())
            .not_valid_before(now)
            .not_valid_after(now + _LASTS)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_for_signatures(), critical=True)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key()),
                critical=False,
            )
            .sign(self._key, hashes.SHA256())
        )
        return Issued(f"{certificate.serial_number:x}", certificate.public_bytes(Encoding.DER))

    def revoked(self, certificates: Sequence[tuple[str, datetime]], *, now: datetime) -> bytes:
        """Return a signed list (DER) of revoked certificates."""
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self._own.subject)
            .last_update(now)
            .next_update(now + _LIST_LASTS)
        )
        for serial, at in certificates:
            builder = builder.add_revoked_certificate(
                x509.RevokedCertificateBuilder()
                .serial_number(int(serial, 16))
                .revocation_date(at)
                .build()
            )
        return builder.sign(self._key, hashes.SHA256()).public_bytes(Encoding.DER)


def _signing_key(public_key: bytes) -> ec.EllipticCurvePublicKey:
    try:
        key = load_der_public_key(public_key)
    except ValueError:
        raise NoSigningKey("no public key") from None
    if isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1):
        return key
    raise NoSigningKey("a key of another kind")


def _for_signatures() -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
