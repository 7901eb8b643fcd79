"""Revocation lists: which document signers a CSCA took back, and as of when.

Rule: an old list still revokes whom it names, and clears nobody.
Source: ICAO Doc 9303-12, 7.1.4 (CRL profile); RFC 5280, 5.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from asn1crypto.crl import CertificateList
from cryptography import x509
from cryptography.x509.oid import ExtensionOID

from drivers.card.protocol.certificate import signs
from drivers.card.protocol.certificate_profile import profile
from drivers.card.protocol.der import fail_closed, strict
from drivers.card.protocol.errors import CardUnreadable
from drivers.card.protocol.policy import STRICT, Policy

LONGEST_LIST: Final = 1 << 20
"""Bytes; our own limit."""
_WITHOUT_BEARING = {ExtensionOID.AUTHORITY_KEY_IDENTIFIER, ExtensionOID.CRL_NUMBER}


class Standing(StrEnum):
    """What revocation lists say about a certificate that none of them names."""

    NOT_REVOKED = "not_revoked"
    """A list that is valid now does not name it."""
    STALE = "stale"
    """The newest list is too old, or of a day to come."""
    NO_LIST = "no_list"


@dataclass(frozen=True, slots=True)
class RevocationList:
    """One list; whose key signed it is asked with `signed_by`."""

    issuer: x509.Name
    since: datetime
    until: datetime
    serials: frozenset[int]
    encoded: bytes = field(repr=False)

    def is_fresh(self, now: datetime) -> bool:
        """Say whether the list speaks for `now`."""
        return self.since <= now <= self.until

    def signed_by(self, authority: x509.Certificate, policy: Policy = STRICT) -> bool:
        """Say whether `authority`, which must be allowed to, signed this list."""
        try:
            with fail_closed("a revocation list whose signature does not hold"):
                return (
                    self.issuer == authority.subject
                    and profile(authority).lists_revoked
                    and signs(authority, CertificateList.load(self.encoded), policy)
                )
        except CardUnreadable:
            return False


def parse(encoded: bytes) -> RevocationList:
    """Read a revocation list (DER) strictly.

    Raises:
        CardUnreadable: malformed, without a day of the next one, or of a kind that
            leaves out revoked certificates (delta, or limited by a critical extension).
    """
    strict(CertificateList, encoded, longest=LONGEST_LIST)
    with fail_closed("a revocation list of another form"):
        found = x509.load_der_x509_crl(encoded)
        if found.next_update_utc is None:
            raise CardUnreadable("a revocation list that is valid for ever")
        for extension in found.extensions:
            if extension.critical and extension.oid not in _WITHOUT_BEARING:
                raise CardUnreadable("a revocation list that is limited in a way we do not know")
        return RevocationList(
            issuer=found.issuer,
            since=found.last_update_utc,
            until=found.next_update_utc,
            serials=frozenset(revoked.serial_number for revoked in found),
            encoded=encoded,
        )
