"""EF.SOD: the issuer's signature over the hashes of the data groups.

Rule: everything about the object is checked, not just the signature: one signer,
its certificate inside, the algorithms that it names are the ones that are used.
Source: ICAO Doc 9303-10, 4.6.2 (Document Security Object); RFC 5652 (CMS), 5.4
(message digest over signed attributes).
"""

import hashlib
import hmac
from dataclasses import dataclass
from typing import Any

from asn1crypto.algos import DigestAlgorithm
from asn1crypto.cms import CMSAttributes, ContentInfo
from asn1crypto.core import (
    Integer,
    OctetString,
    ParsableOctetString,
    Sequence,
    SequenceOf,
)
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from drivers.card.protocol import tlv
from drivers.card.protocol.der import strict
from drivers.card.protocol.errors import CardUnreadable, DataChanged, SignatureBad

_SECURITY_OBJECT = "2.23.136.1.1.1"
_HASHES: dict[str, type[hashes.HashAlgorithm]] = {
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
}
_SIGNATURES = {
    "sha256_ecdsa": "sha256",
    "sha384_ecdsa": "sha384",
    "sha512_ecdsa": "sha512",
    "sha256_rsa": "sha256",
    "sha384_rsa": "sha384",
    "sha512_rsa": "sha512",
}
"""Signature algorithms we take; SHA-1 and PSS come with the policy file of the next step."""


class DataGroupHash(Sequence):  # type: ignore[misc]
    """dataGroupNumber, dataGroupHashValue."""

    _fields = [("number", Integer), ("digest", OctetString)]  # noqa: RUF012


class DataGroupHashes(SequenceOf):  # type: ignore[misc]
    """SEQUENCE OF DataGroupHash."""

    _child_spec = DataGroupHash


class LdsVersion(Sequence):  # type: ignore[misc]
    """ldsVersion, unicodeVersion: two printable strings we do not use."""

    _fields: list[Any] = []  # noqa: RUF012


class LdsSecurityObject(Sequence):  # type: ignore[misc]
    """version, hashAlgorithm, dataGroupHashValues."""

    _fields = [  # noqa: RUF012
        ("version", Integer),
        ("algorithm", DigestAlgorithm),
        ("hashes", DataGroupHashes),
    ]


@dataclass(frozen=True, slots=True, repr=False)
class SecurityObject:
    """A security object whose own signature holds; trust in its signer is another matter."""

    signer: x509.Certificate
    algorithm: str
    digests: dict[int, bytes]
    file_digest: bytes
    """SHA-256 of the whole file, for the evidence record."""

    def check(self, number: int, file: bytes) -> None:
        """Hold a data group's raw bytes against its hash.

        Raises:
            DataChanged: another hash, or the object does not know this data group.
        """
        digest = hashlib.new(self.algorithm, file).digest()
        if not hmac.compare_digest(digest, self.digests.get(number, b"")):
            raise DataChanged(f"DG{number} has another hash than the security object says")


def parse(file: bytes) -> SecurityObject:
    """Read EF.SOD and verify its signature with the certificate inside.

    Raises:
        CardUnreadable: malformed, or not of the agreed form.
        SignatureBad: the signature does not hold.
    """
    info = strict(ContentInfo, tlv.only(file, 0x77))
    try:
        return _checked(info, hashlib.sha256(file).digest())
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, UnsupportedAlgorithm):
        # Both libraries raise what they happen upon; to us all of it is a bad card.
        raise CardUnreadable("a security object of another form") from None


def _checked(info: ContentInfo, file_digest: bytes) -> SecurityObject:
    if info["content_type"].native != "signed_data":
        raise CardUnreadable("no signed data")
    signed = info["content"]
    content = signed["encap_content_info"]
    signers, certificates = signed["signer_infos"], signed["certificates"]
    if len(signers) != 1 or len(certificates) != 1:
        raise CardUnreadable("another number of signers or certificates than one")
    if content["content_type"].dotted != _SECURITY_OBJECT:
        raise CardUnreadable("signed data that are no security object")
    signer = signers[0]
    certificate = x509.load_der_x509_certificate(certificates[0].chosen.dump())
    _check_sid(signer, certificates[0].chosen)
    raw: bytes = _octets(content["content"])
    _check_signature(signer, certificate, raw)
    lds = strict(LdsSecurityObject, raw)
    algorithm = lds["algorithm"]["algorithm"].native
    if algorithm not in _HASHES:
        raise CardUnreadable("a hash algorithm that we do not take")
    digests = {entry["number"].native: entry["digest"].native for entry in lds["hashes"]}
    if len(digests) != len(lds["hashes"]):
        raise CardUnreadable("a data group named twice")
    return SecurityObject(certificate, algorithm, digests, file_digest)


def _octets(value: ParsableOctetString) -> bytes:
    octets: bytes = value.contents if isinstance(value, OctetString) else bytes(value)
    return octets


def _check_sid(signer: Any, certificate: Any) -> None:
    sid = signer["sid"]
    if sid.name != "issuer_and_serial_number":
        raise CardUnreadable("a signer named in another way than issuer and serial number")
    named = (sid.chosen["issuer"].dump(), sid.chosen["serial_number"].native)
    if named != (certificate.issuer.dump(), certificate.serial_number):
        raise SignatureBad("the signer is not the certificate inside")


def _check_signature(signer: Any, certificate: x509.Certificate, content: bytes) -> None:
    digest_name = signer["digest_algorithm"]["algorithm"].native
    signature_name = signer["signature_algorithm"]["algorithm"].native
    if digest_name not in _HASHES or _SIGNATURES.get(signature_name) != digest_name:
        raise CardUnreadable("algorithms that we do not take, or that contradict each other")
    attributes = {a["type"].native: a["values"] for a in signer["signed_attrs"]}
    types, digests = attributes["content_type"], attributes["message_digest"]
    if len(types) != 1 or types[0].dotted != _SECURITY_OBJECT or len(digests) != 1:
        raise CardUnreadable("signed attributes of another form")
    if not hmac.compare_digest(digests[0].native, hashlib.new(digest_name, content).digest()):
        raise SignatureBad("the content has another hash than was signed")
    message = CMSAttributes(signer["signed_attrs"]).dump(force=True)
    signature: bytes = signer["signature"].native
    if not holds(certificate.public_key(), signature, message, _HASHES[digest_name]()):
        raise SignatureBad("the security object's signature does not hold")


def holds(key: Any, signature: bytes, message: bytes, algorithm: hashes.HashAlgorithm) -> bool:
    """Say whether `signature` of `message` was made with the private half of `key`.

    Raises:
        CardUnreadable: a kind of key that we do not take.
    """
    try:
        if isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, message, ec.ECDSA(algorithm))
        elif isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, message, padding.PKCS1v15(), algorithm)
        else:
            raise CardUnreadable("a signature key of a kind that we do not take")
    except InvalidSignature:
        return False
    return True
