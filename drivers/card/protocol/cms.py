"""Signed data (CMS) as eMRTDs use it: security objects, EF.CardSecurity, master lists.

Rule: everything about the object is checked, not just the signature: one signer, its
certificate inside, the algorithms that it names are the ones that are used, and
nothing unsigned is carried along. Trust in the signer is another matter.
Source: RFC 5652, 5 (SignedData), 5.4 (message digest over signed attributes); ICAO Doc
9303-10, 4.6.2.1 (form of a security object); 9303-12, 9 (form of a master list).
"""

import hashlib
import hmac
from dataclasses import dataclass
from typing import Any

from asn1crypto.cms import ContentInfo
from cryptography import x509

from drivers.card.protocol.certificate import public_key
from drivers.card.protocol.der import LONGEST, fail_closed, strict
from drivers.card.protocol.errors import CardUnreadable, SignatureBad
from drivers.card.protocol.policy import Policy
from drivers.card.protocol.signature import algorithm_name, digest_name, holds

SECURITY_OBJECT = "2.23.136.1.1.1"
CARD_SECURITY = "0.4.0.127.0.7.3.2.1"
MASTER_LIST = "2.23.136.1.1.2"
MOST_CERTIFICATES = 8
"""A signer and its authorities; our own limit."""
_SET_TAG = b"\x31"
_VERSION_BY_NAME = {"issuer_and_serial_number": "v1", "subject_key_identifier": "v3"}
"""SignerInfo's version goes with the way the signer is named (RFC 5652, 5.3)."""


@dataclass(frozen=True, slots=True, repr=False)
class SignedContent:
    """Content whose signature holds."""

    content: bytes
    signer: x509.Certificate
    others: tuple[x509.Certificate, ...]
    """What else stood inside; nothing vouches for it."""
    algorithm: str
    """Of the signature, such as ``sha256_ecdsa``."""


def verify(
    content_info: bytes, *, content_type: str, policy: Policy, longest: int = LONGEST
) -> SignedContent:
    """Return what was signed, verified with the signer's certificate inside.

    Args:
        content_info: a ContentInfo of at most `longest` bytes.
        content_type: the object identifier that the content must have, dotted.
        policy: says which digests and keys are taken.
        longest: in bytes.

    Raises:
        CardUnreadable: malformed, or not of the agreed form.
        SignatureBad: the signature does not hold.
    """
    info = strict(ContentInfo, content_info, longest=longest)
    with fail_closed("signed data of another form"):
        if info["content_type"].native != "signed_data":
            raise CardUnreadable("no signed data")
        return _verified(info["content"], content_type, policy)


def _verified(signed: Any, content_type: str, policy: Policy) -> SignedContent:
    content, signers = signed["encap_content_info"], signed["signer_infos"]
    inside = list(signed["certificates"])
    if len(signers) != 1 or not 1 <= len(inside) <= MOST_CERTIFICATES:
        raise CardUnreadable("another number of signers or certificates than agreed")
    if any(choice.name != "certificate" for choice in inside):
        raise CardUnreadable("something else than certificates")
    if content["content_type"].dotted != content_type:
        raise CardUnreadable("signed data of another content type")
    signer = signers[0]
    digest = digest_name(signer["digest_algorithm"], policy.signer_digests)
    _check_form(signed, signer, digest)
    own = [choice.chosen for choice in inside if _is_named(signer["sid"], choice.chosen)]
    if len(own) != 1:
        raise SignatureBad("the signer is not the certificate inside")
    # The whole object was read strictly, certificates included.
    certificate = x509.load_der_x509_certificate(own[0].dump())
    raw: bytes = bytes(content["content"])
    message = _signed_attributes(signer, raw, content_type=content_type, digest=digest)
    if not holds(
        public_key(certificate, policy),
        signer["signature"].native,
        message,
        algorithm=signer["signature_algorithm"],
        digest=digest,
    ):
        raise SignatureBad("the signature does not hold")
    rest = (c.chosen.dump() for c in inside if c.chosen is not own[0])
    others = tuple(x509.load_der_x509_certificate(encoded) for encoded in rest)
    named = algorithm_name(signer["signature_algorithm"], digest)
    return SignedContent(raw, certificate, others, named)


def _check_form(signed: Any, signer: Any, digest: str) -> None:
    """Check what no signature covers."""
    expected = _VERSION_BY_NAME[signer["sid"].name]
    if (signed["version"].native, signer["version"].native) != ("v3", expected):
        raise CardUnreadable("other CMS versions than agreed")
    if signed["crls"].native is not None or signer["unsigned_attrs"].native is not None:
        raise CardUnreadable("unsigned additions")
    only = frozenset({digest})
    if [digest_name(algorithm, only) for algorithm in signed["digest_algorithms"]] != [digest]:
        raise CardUnreadable("no digest algorithm beside, or one too many")


def _is_named(sid: Any, inside: Any) -> bool:
    if sid.name == "subject_key_identifier":
        named = inside.key_identifier_value
        return named is not None and named.native == sid.chosen.native
    name = sid.chosen
    return (name["issuer"].dump(), name["serial_number"].native) == (
        inside.issuer.dump(),
        inside.serial_number,
    )


def _signed_attributes(signer: Any, content: bytes, *, content_type: str, digest: str) -> bytes:
    """Check the signed attributes and return the message that the signature covers."""
    attributes = {a["type"].native: a["values"] for a in signer["signed_attrs"]}
    if len(attributes) != len(signer["signed_attrs"]):
        raise CardUnreadable("a signed attribute that comes twice")
    types, digests = attributes["content_type"], attributes["message_digest"]
    if len(types) != 1 or types[0].dotted != content_type or len(digests) != 1:
        raise CardUnreadable("signed attributes of another form")
    if not hmac.compare_digest(digests[0].native, hashlib.new(digest, content).digest()):
        raise SignatureBad("the content has another hash than was signed")
    # What is signed is a SET OF; in the object the same bytes stand under a context tag.
    encoded: bytes = signer["signed_attrs"].dump()
    return _SET_TAG + encoded[1:]
