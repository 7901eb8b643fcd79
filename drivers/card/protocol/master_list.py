"""CSCA master lists: what another state says the CSCAs of the world are.

Rule: a list is believed only under a CSCA that is believed without it. A certificate
inside that we cannot use is counted with its reason; the others stay good.
Source: ICAO Doc 9303-12, 9 (CSCA master list).
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from asn1crypto.core import Any as AnyValue
from asn1crypto.core import Integer, Sequence, SetOf
from cryptography import x509

from drivers.card.protocol import cms
from drivers.card.protocol.certificate import is_self_signed, load
from drivers.card.protocol.certificate_profile import profile
from drivers.card.protocol.chain import Chain
from drivers.card.protocol.der import fail_closed
from drivers.card.protocol.errors import CardUnreadable
from drivers.card.protocol.policy import Policy
from drivers.card.protocol.trust import TrustStore

LONGEST_MASTER_LIST: Final = 1 << 22
"""Bytes; the German list of 2026 has 588 certificates, about 1 MB."""
MOST_CERTIFICATES: Final = 4096


class _Certificates(SetOf):  # type: ignore[misc]
    _child_spec = AnyValue


class CscaMasterList(Sequence):  # type: ignore[misc]
    """version, certList."""

    _fields = [("version", Integer), ("certificates", _Certificates)]  # noqa: RUF012


@dataclass(frozen=True, slots=True)
class MasterList:
    """A verified list."""

    authorities: tuple[x509.Certificate, ...]
    """CSCAs that signed their own certificates."""
    links: tuple[x509.Certificate, ...]
    skipped: tuple[tuple[str, int], ...]
    """Why certificates could not be used, and how many."""
    chain: Chain
    """Why the list is believed."""


def parse(file: bytes, trust: TrustStore, *, now: datetime) -> MasterList:
    """Read and verify a master list.

    Args:
        file: the ContentInfo, DER.
        trust: roots that the list's signer must chain to.
        now: aware time.

    Raises:
        CardUnreadable: malformed, or not of the agreed form.
        SignatureBad: its signature does not hold.
        SignerUnknown, SignerExpired, SignerRevoked: its signer is not believed.
    """
    signed = cms.verify(
        file, content_type=cms.MASTER_LIST, policy=trust.policy, longest=LONGEST_MASTER_LIST
    )
    chain = trust.check_list_signer(signed.signer, now=now)
    authorities: list[x509.Certificate] = []
    links: list[x509.Certificate] = []
    skipped: Counter[str] = Counter()
    for encoded in _encoded_certificates(signed.content):
        try:
            certificate = load(encoded)
            (authorities if is_root(certificate, trust.policy) else links).append(certificate)
        except CardUnreadable as error:
            skipped[str(error)] += 1
    return MasterList(tuple(authorities), tuple(links), tuple(sorted(skipped.items())), chain)


def is_root(certificate: x509.Certificate, policy: Policy) -> bool:
    """Say whether an authority's certificate is signed with its own key; if not, it is a link.

    Raises:
        CardUnreadable: no certificate of an authority, or algorithms that we do not take.
    """
    if not profile(certificate).issues:
        raise CardUnreadable("a certificate that may not issue others")
    return is_self_signed(certificate, policy)


def _encoded_certificates(content: bytes) -> list[bytes]:
    """Return the certificates as they stand; their order, which DER asks for, does not matter."""
    with fail_closed("a master list of another form"):
        found = CscaMasterList.load(content, strict=True)
        encoded: list[bytes] = [value.dump() for value in found["certificates"]]
        same_length = len(found.copy().dump(force=True)) == len(content)
        if found["version"].native != 0 or not same_length or len(encoded) > MOST_CERTIFICATES:
            raise CardUnreadable("a master list of another form")
    return encoded
