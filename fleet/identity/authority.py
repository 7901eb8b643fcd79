"""The authority that issues the terminals' certificates. NO clock: the time comes in.

Rule 1: name and purpose come from the fleet; of a request only its key is taken.
Rule 2: a certificate is short-lived (30 days), so that one which nobody revokes ends too.

Source: RFC 5280, 4.2.1 (extensions); Python 3.13 refuses an authority without keyUsage.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, Self

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from wire.claim import LARGEST_REQUEST_BYTES

LASTS: Final = timedelta(days=30)
_BACKDATED: Final = timedelta(hours=1)
"""So that a terminal whose clock is a little slow can use it at once."""
_USAGE: Final = x509.KeyUsage(
    digital_signature=True,
    content_commitment=False,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=False,
    crl_sign=False,
    encipher_only=False,
    decipher_only=False,
)


class BadRequest(ValueError):
    """No certificate request that we would sign; carries nothing of it."""

    code = "claim.malformed"


class NoAuthority(Exception):
    """The files hold no authority that can issue for terminals."""

    code = "claim.no_authority"


def key_of_request(der: bytes) -> ec.EllipticCurvePublicKey:
    """Return the key that a request (PKCS #10, DER) asks for and was signed by.

    Subject, attributes and extensions are not looked at: nothing of them is issued.

    Raises:
        BadRequest: no request, another kind of key than P-256, or a signature that is
            not by that key.
    """
    if len(der) > LARGEST_REQUEST_BYTES:
        raise BadRequest("longer than any of ours")
    try:
        request = x509.load_der_x509_csr(der)
        key = request.public_key()
        holds = request.is_signature_valid
    except (ValueError, TypeError, InvalidSignature, x509.UnsupportedGeneralNameType):
        raise BadRequest("no certificate request") from None
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise BadRequest("a key that is not of P-256")
    if not holds:
        raise BadRequest("not signed by its own key")
    return key


@dataclass(frozen=True, slots=True)
class Authority:
    """A certificate authority and its key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    def __repr__(self) -> str:
        return "<Authority>"

    def issue(
        self, name: str, key: ec.EllipticCurvePublicKey, *, now: float, lasts: timedelta = LASTS
    ) -> x509.Certificate:
        """Return a certificate by which the terminal `name` is known.

        Args:
            name: the terminal's, as the fleet knows it.
            key: the terminal's.
            now: seconds since 1970.
            lasts: how long it holds; never longer than the authority's own.
        """
        begins = datetime.fromtimestamp(now, UTC).replace(microsecond=0)
        ends = min(begins + lasts, self.certificate.not_valid_after_utc)
        of_issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key())
        builder = (
            x509.CertificateBuilder()
            .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
            .issuer_name(self.certificate.subject)
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(begins - _BACKDATED)
            .not_valid_after(ends)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_USAGE, critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH]), critical=False)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
            .add_extension(of_issuer, critical=False)
        )
        return builder.sign(self.key, hashes.SHA256())

    @classmethod
    def load(cls, certificate: Path, key: Path) -> Self:
        """Read an authority from two PEM files.

        Raises:
            NoAuthority: a file is missing or holds something else, they do not belong
                together, or the certificate may not issue.
        """
        try:
            issuer = x509.load_pem_x509_certificate(certificate.read_bytes())
            private = load_pem_private_key(key.read_bytes(), password=None)
            issues = issuer.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
        except (OSError, ValueError, TypeError, x509.ExtensionNotFound):
            raise NoAuthority("no certificate and key of an authority") from None
        if not isinstance(private, ec.EllipticCurvePrivateKey) or not issues:
            raise NoAuthority("no authority, or none with an elliptic curve's key")
        if private.public_key() != issuer.public_key():
            raise NoAuthority("key and certificate do not belong together")
        return cls(issuer, private)
