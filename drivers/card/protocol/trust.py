"""Whom we believe: document signers that a trusted CSCA has issued.

Rule: an authority is believed for its key, not for its name; a certificate of the
same name with another key is a stranger.
Source: ICAO Doc 9303-12, 7.1 (certificate profiles); the path is one step long, so
plain checks replace a general path validator.
"""

from dataclasses import dataclass
from datetime import datetime

from cryptography import x509

from drivers.card.protocol.certificate import issued
from drivers.card.protocol.der import fail_closed
from drivers.card.protocol.errors import CardUnreadable, SignerExpired, SignerUnknown


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
        # A CSCA renewed under the same key issued it just as well: take the valid one.
        issuers = [a for a in self.authorities if _may_issue(a) and issued(a, signer)]
        if not issuers or not _may_sign(signer):
            raise SignerUnknown("no trusted authority issued this document signer")
        valid = [issuer for issuer in issuers if _is_valid(issuer, now)]
        if not valid or not _is_valid(signer, now):
            raise SignerExpired("document signer or authority outside its validity")
        return valid[0]


def _is_valid(certificate: x509.Certificate, now: datetime) -> bool:
    return certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc


def _may_issue(authority: x509.Certificate) -> bool:
    is_authority, usage = _role(authority)
    return is_authority and usage is not None and usage.key_cert_sign


def _may_sign(signer: x509.Certificate) -> bool:
    is_authority, usage = _role(signer)
    return not is_authority and usage is not None and usage.digital_signature


def _role(certificate: x509.Certificate) -> tuple[bool, x509.KeyUsage | None]:
    """Return whether a certificate says it is an authority, and what its key is for."""
    usage: x509.KeyUsage | None = None
    is_authority = False
    try:
        with fail_closed("extensions that cannot be read"):
            for extension in certificate.extensions:
                if isinstance(extension.value, x509.KeyUsage):
                    usage = extension.value
                elif isinstance(extension.value, x509.BasicConstraints):
                    is_authority = extension.value.ca
    except CardUnreadable:
        return False, None
    return is_authority, usage
