"""EF.SOD: the issuer's signature over the hashes of the data groups.

Source: ICAO Doc 9303-10, 4.6.2 (Document Security Object).
"""

import hashlib
import hmac
from dataclasses import dataclass

from asn1crypto.algos import DigestAlgorithm
from asn1crypto.core import Integer, OctetString, PrintableString, Sequence, SequenceOf
from cryptography import x509

from drivers.card.protocol import cms, tlv
from drivers.card.protocol.der import fail_closed, strict
from drivers.card.protocol.errors import CardUnreadable, DataChanged
from drivers.card.protocol.policy import STRICT, Policy
from drivers.card.protocol.signature import digest_name


class DataGroupHash(Sequence):  # type: ignore[misc]
    """dataGroupNumber, dataGroupHashValue."""

    _fields = [("number", Integer), ("digest", OctetString)]  # noqa: RUF012  (asn1crypto's way)


class DataGroupHashes(SequenceOf):  # type: ignore[misc]
    """SEQUENCE OF DataGroupHash."""

    _child_spec = DataGroupHash


class LdsVersionInfo(Sequence):  # type: ignore[misc]
    """ldsVersion, unicodeVersion."""

    _fields = [("lds", PrintableString), ("unicode", PrintableString)]  # noqa: RUF012


class LdsSecurityObject(Sequence):  # type: ignore[misc]
    """version, hashAlgorithm, dataGroupHashValues, ldsVersionInfo from version 1 on."""

    _fields = [  # noqa: RUF012
        ("version", Integer),
        ("algorithm", DigestAlgorithm),
        ("hashes", DataGroupHashes),
        ("lds_version", LdsVersionInfo, {"optional": True}),
    ]


@dataclass(frozen=True, slots=True, repr=False)
class SecurityObject:
    """A security object whose own signature holds; trust in its signer is another matter."""

    signer: x509.Certificate
    algorithm: str
    """The digest over the data groups."""
    digests: dict[int, bytes]
    file_digest: bytes
    """SHA-256 of the whole file, for the evidence record."""
    signature: str
    """The signature's algorithm, such as ``sha256_ecdsa``."""

    def check(self, number: int, file: bytes) -> None:
        """Hold a data group's raw bytes against its hash.

        Raises:
            DataChanged: another hash, or the object does not know this data group.
        """
        digest = hashlib.new(self.algorithm, file).digest()
        if not hmac.compare_digest(digest, self.digests.get(number, b"")):
            raise DataChanged(f"DG{number} has another hash than the security object says")


def parse(file: bytes, policy: Policy = STRICT) -> SecurityObject:
    """Read EF.SOD and verify its signature with the certificate inside.

    Raises:
        CardUnreadable: malformed, or not of the agreed form.
        SignatureBad: the signature does not hold.
    """
    signed = cms.verify(tlv.only(file, 0x77), content_type=cms.SECURITY_OBJECT, policy=policy)
    if signed.others:
        raise CardUnreadable("more certificates than the document signer's")
    lds = strict(LdsSecurityObject, signed.content)
    with fail_closed("a security object of another form"):
        _check_version(lds)
        digests = {entry["number"].native: entry["digest"].native for entry in lds["hashes"]}
        if len(digests) != len(lds["hashes"]):
            raise CardUnreadable("a data group named twice")
        algorithm = digest_name(lds["algorithm"], policy.lds_digests)
    file_digest = hashlib.sha256(file).digest()
    return SecurityObject(signed.signer, algorithm, digests, file_digest, signed.algorithm)


def _check_version(lds: LdsSecurityObject) -> None:
    has_version_info = lds["lds_version"].native is not None
    if (lds["version"].native, has_version_info) not in {(0, False), (1, True)}:
        raise CardUnreadable("a version of the security object that does not exist")
