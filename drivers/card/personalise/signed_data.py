"""Signed data (CMS) as issuers make it: security objects, EF.CardSecurity, master lists.

Source: RFC 5652, 5; ICAO Doc 9303-10, 4.6.2.1.
"""

import hashlib
from collections.abc import Iterable
from typing import Any

from asn1crypto import cms, core
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import serialization

from drivers.card.personalise.suite import PrivateKey, Suite


def sign_content(
    content: bytes,
    *,
    content_type: str,
    certificate: x509.Certificate,
    key: PrivateKey,
    suite: Suite,
    by_key_identifier: bool = False,
    others: Iterable[x509.Certificate] = (),
) -> bytes:
    """Return a ContentInfo with `content`, signed, and the signer's certificate inside.

    Args:
        content: what is signed.
        content_type: its object identifier, dotted.
        certificate: the signer's.
        key: its private half.
        suite: how to sign.
        by_key_identifier: name the signer by its key, not by issuer and serial number.
        others: certificates that go along.
    """
    attributes = cms.CMSAttributes(
        [
            {"type": "content_type", "values": [content_type]},
            {"type": "message_digest", "values": [hashlib.new(suite.digest, content).digest()]},
        ]
    )
    inside = _parsed(certificate)
    digest = {"algorithm": suite.digest}
    signer = cms.SignerInfo(
        {
            "version": "v3" if by_key_identifier else "v1",
            "sid": _named(inside, by_key_identifier=by_key_identifier),
            "digest_algorithm": digest,
            "signed_attrs": attributes,
            "signature_algorithm": suite.algorithm(),
            "signature": suite.sign(key, attributes.dump()),
        }
    )
    signed = cms.SignedData(
        {
            "version": "v3",
            "digest_algorithms": [digest],
            "encap_content_info": {
                "content_type": content_type,
                "content": core.ParsableOctetString(content),
            },
            "certificates": [
                cms.CertificateChoices(name="certificate", value=found)
                for found in (inside, *map(_parsed, others))
            ],
            "signer_infos": [signer],
        }
    )
    encoded: bytes = cms.ContentInfo({"content_type": "signed_data", "content": signed}).dump()
    return encoded


def _parsed(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))


def _named(certificate: Any, *, by_key_identifier: bool) -> cms.SignerIdentifier:
    if by_key_identifier:
        identifier = certificate.key_identifier
        return cms.SignerIdentifier(name="subject_key_identifier", value=identifier)
    value = {"issuer": certificate.issuer, "serial_number": certificate.serial_number}
    return cms.SignerIdentifier(name="issuer_and_serial_number", value=value)
