"""Certificates and revocation lists as issuing states make them.

They are put together piece by piece, as some of what states do (explicit curve
parameters, SHA-1) no builder offers.
Source: ICAO Doc 9303-12, 7.1 (profiles); RFC 5280, 4.1, 5.1.
"""

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterable
from typing import Any

from asn1crypto import crl, x509
from asn1crypto.core import ParsableOctetString
from asn1crypto.keys import PublicKeyInfo

from drivers.card.personalise.suite import PrivateKey, Suite
from drivers.card.protocol.certificate_profile import (
    DOCUMENT_TYPES,
    LIST_SIGNING,
    DocumentTypeList,
)

Extension = dict[str, Any]
_SERIAL_BITS = 63


def name(country: str, common: str) -> x509.Name:
    """Return a name of a state's authority."""
    return x509.Name.build({"country_name": country, "common_name": common})


def key_identifier(public: PublicKeyInfo) -> bytes:
    """Return what a key is known by: SHA-1 of its bits (RFC 5280, 4.2.1.2, method 1)."""
    return hashlib.sha1(public["public_key"].contents[1:], usedforsecurity=False).digest()


def authority_extensions() -> list[Extension]:
    """Return what makes a certificate an authority's."""
    constraints = {"ca": True, "path_len_constraint": 0}
    return [
        _extension("basic_constraints", constraints, critical=True),
        _extension("key_usage", {"key_cert_sign", "crl_sign"}, critical=True),
    ]


def signer_extensions(*, document_types: Iterable[str] = ()) -> list[Extension]:
    """Return what makes a certificate a document signer's."""
    extensions = [_extension("key_usage", {"digital_signature"}, critical=True)]
    types = list(document_types)
    if types:
        value = ParsableOctetString(DocumentTypeList({"version": 0, "types": types}).dump())
        extensions.append(_extension(DOCUMENT_TYPES.dotted_string, value))
    return extensions


def list_signer_extensions() -> list[Extension]:
    """Return what makes a certificate a master list signer's."""
    usage = _extension("extended_key_usage", [LIST_SIGNING.dotted_string], critical=True)
    return [*signer_extensions(), usage]


def _extension(kind: str, value: Any, *, critical: bool = False) -> Extension:
    return {"extn_id": kind, "critical": critical, "extn_value": value}


def certificate(
    public: PublicKeyInfo,
    *,
    subject: x509.Name,
    issuer: x509.Name,
    issuer_public: PublicKeyInfo,
    validity: tuple[dt.datetime, dt.datetime],
    extensions: list[Extension],
    key: PrivateKey,
    suite: Suite,
) -> bytes:
    """Return a certificate over `public`, signed with the issuer's `key`, DER."""
    identifiers = [
        _extension("key_identifier", key_identifier(public)),
        _extension("authority_key_identifier", {"key_identifier": key_identifier(issuer_public)}),
    ]
    body = x509.TbsCertificate(
        {
            "version": "v3",
            "serial_number": secrets.randbits(_SERIAL_BITS) + 1,
            "signature": suite.algorithm(),
            "issuer": issuer,
            "validity": {"not_before": _time(validity[0]), "not_after": _time(validity[1])},
            "subject": subject,
            "subject_public_key_info": public,
            "extensions": [*extensions, *identifiers],
        }
    )
    signature = suite.sign(key, body.dump())
    fields = {"tbs_certificate": body, "signature_value": signature}
    encoded: bytes = x509.Certificate({**fields, "signature_algorithm": suite.algorithm()}).dump()
    return encoded


def revocation_list(
    serials: Iterable[int],
    *,
    issuer: x509.Name,
    issuer_public: PublicKeyInfo,
    validity: tuple[dt.datetime, dt.datetime],
    key: PrivateKey,
    suite: Suite,
) -> bytes:
    """Return a revocation list, signed with the issuer's `key`, DER."""
    identifier = {"key_identifier": key_identifier(issuer_public)}
    body: dict[str, Any] = {
        "version": "v2",
        "signature": suite.algorithm(),
        "issuer": issuer,
        "this_update": _time(validity[0]),
        "next_update": _time(validity[1]),
        "crl_extensions": [
            _extension("authority_key_identifier", identifier),
            _extension("crl_number", 1),
        ],
    }
    revoked = [
        {"user_certificate": serial, "revocation_date": _time(validity[0])} for serial in serials
    ]
    if revoked:
        body["revoked_certificates"] = revoked
    signed = crl.TbsCertList(body)
    fields = {"tbs_cert_list": signed, "signature": suite.sign(key, signed.dump())}
    encoded: bytes = crl.CertificateList(
        {**fields, "signature_algorithm": suite.algorithm()}
    ).dump()
    return encoded


def _time(moment: dt.datetime) -> x509.Time:
    return x509.Time(name="utc_time", value=moment)
