"""EF.SOD: the issuer's signature over the hashes of the data groups.

Rule: everything about the object is checked, not just the signature: one signer,
its certificate inside, the algorithms that it names are the ones that are used, and
nothing unsigned is carried along.
Source: ICAO Doc 9303-10, 4.6.2 (Document Security Object); RFC 5652 (CMS), 5.4
(message digest over signed attributes).
"""

import hashlib
import hmac
from dataclasses import dataclass
from typing import Any

from asn1crypto.algos import DigestAlgorithm
from asn1crypto.cms import ContentInfo
from asn1crypto.core import Integer, OctetString, PrintableString, Sequence, SequenceOf
from cryptography import x509

from drivers.card.protocol import tlv
from drivers.card.protocol.certificate import public_key
from drivers.card.protocol.der import fail_closed, strict
from drivers.card.protocol.errors import CardUnreadable, DataChanged, SignatureBad
from drivers.card.protocol.signature import digest_name, holds

SECURITY_OBJECT = "2.23.136.1.1.1"
_SET_TAG = b"\x31"


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
    with fail_closed("a security object of another form"):
        return _checked(info, hashlib.sha256(file).digest())


def _checked(info: ContentInfo, file_digest: bytes) -> SecurityObject:
    if info["content_type"].native != "signed_data":
        raise CardUnreadable("no signed data")
    signed = info["content"]
    content, signers = signed["encap_content_info"], signed["signer_infos"]
    certificates = signed["certificates"]
    if len(signers) != 1 or len(certificates) != 1 or certificates[0].name != "certificate":
        raise CardUnreadable("another number of signers or certificates than one")
    if content["content_type"].dotted != SECURITY_OBJECT:
        raise CardUnreadable("signed data that are no security object")
    signer, inside = signers[0], certificates[0].chosen
    _check_form(signed, signer)
    _check_named(signer["sid"].chosen, inside)
    certificate = x509.load_der_x509_certificate(inside.dump())
    raw: bytes = bytes(content["content"])
    _check_signature(signer, certificate, raw)
    lds = strict(LdsSecurityObject, raw)
    _check_lds(lds)
    digests = {entry["number"].native: entry["digest"].native for entry in lds["hashes"]}
    if len(digests) != len(lds["hashes"]):
        raise CardUnreadable("a data group named twice")
    return SecurityObject(certificate, digest_name(lds["algorithm"]), digests, file_digest)


def _check_form(signed: Any, signer: Any) -> None:
    """Check what no signature covers."""
    if (signed["version"].native, signer["version"].native) != ("v3", "v1"):
        raise CardUnreadable("other CMS versions than a security object has")
    if signer["sid"].name != "issuer_and_serial_number":
        raise CardUnreadable("a signer named in another way than issuer and serial number")
    if signed["crls"].native is not None or signer["unsigned_attrs"].native is not None:
        raise CardUnreadable("unsigned additions")
    named = [digest_name(algorithm) for algorithm in signed["digest_algorithms"]]
    if named != [digest_name(signer["digest_algorithm"])]:
        raise CardUnreadable("digest algorithms that contradict each other")


def _check_named(sid: Any, inside: Any) -> None:
    named = (sid["issuer"].dump(), sid["serial_number"].native)
    if named != (inside.issuer.dump(), inside.serial_number):
        raise SignatureBad("the signer is not the certificate inside")


def _check_signature(signer: Any, certificate: x509.Certificate, content: bytes) -> None:
    digest = digest_name(signer["digest_algorithm"])
    attributes = {a["type"].native: a["values"] for a in signer["signed_attrs"]}
    if len(attributes) != len(signer["signed_attrs"]):
        raise CardUnreadable("a signed attribute that comes twice")
    types, digests = attributes["content_type"], attributes["message_digest"]
    if len(types) != 1 or types[0].dotted != SECURITY_OBJECT or len(digests) != 1:
        raise CardUnreadable("signed attributes of another form")
    if not hmac.compare_digest(digests[0].native, hashlib.new(digest, content).digest()):
        raise SignatureBad("the content has another hash than was signed")
    # What is signed is a SET OF; in the object the same bytes stand under a context tag.
    message = _SET_TAG + signer["signed_attrs"].dump()[1:]
    if not holds(
        public_key(certificate),
        signer["signature"].native,
        message,
        algorithm=signer["signature_algorithm"],
        digest=digest,
    ):
        raise SignatureBad("the security object's signature does not hold")


def _check_lds(lds: LdsSecurityObject) -> None:
    has_version_info = lds["lds_version"].native is not None
    if (lds["version"].native, has_version_info) not in {(0, False), (1, True)}:
        raise CardUnreadable("a version of the security object that does not exist")
