"""Whom we believe: document signers that a trusted CSCA has issued.

Source: ICAO Doc 9303-12, 7.1 (certificate profiles); the path is one step long, so
plain checks replace a general path validator.
"""

from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes

from drivers.card.protocol.errors import SignerExpired, SignerUnknown


@dataclass(frozen=True, slots=True)
class TrustStore:
    """The CSCA certificates of this terminal."""

    authorities: tuple[x509.Certificate, ...]

    def check(self, signer: x509.Certificate, *, now: datetime) -> x509.Certificate:
        """Return the CSCA that issued `signer`, both valid at `now`.

        Raises:
            SignerUnknown: nobody we trust issued it, or it may not sign documents.
            SignerExpired: it, or its issuer, is outside its validity.
        """
        issuer = next((a for a in self.authorities if _issued(a, signer)), None)
        if issuer is None or not _may_issue(issuer) or not _may_sign(signer):
            raise SignerUnknown("no trusted authority issued this document signer")
        for certificate in (signer, issuer):
            since, until = certificate.not_valid_before_utc, certificate.not_valid_after_utc
            if not since <= now <= until:
                raise SignerExpired("document signer or authority outside its validity")
        return issuer


def fingerprint(certificate: x509.Certificate) -> bytes:
    """Return SHA-256 of a certificate, for the evidence record."""
    return certificate.fingerprint(hashes.SHA256())


def _issued(authority: x509.Certificate, signer: x509.Certificate) -> bool:
    try:
        signer.verify_directly_issued_by(authority)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True


def _may_issue(authority: x509.Certificate) -> bool:
    try:
        basic = authority.extensions.get_extension_for_class(x509.BasicConstraints).value
        usage = authority.extensions.get_extension_for_class(x509.KeyUsage).value
    except (x509.ExtensionNotFound, ValueError):
        return False
    return basic.ca and usage.key_cert_sign


def _may_sign(signer: x509.Certificate) -> bool:
    try:
        usage = signer.extensions.get_extension_for_class(x509.KeyUsage).value
    except (x509.ExtensionNotFound, ValueError):
        return False
    try:
        basic = signer.extensions.get_extension_for_class(x509.BasicConstraints).value
    except x509.ExtensionNotFound:
        return usage.digital_signature
    return usage.digital_signature and not basic.ca
