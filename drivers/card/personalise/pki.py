"""The issuing side: a CSCA, its document signer, and the signature over a card's data.

All keys are made afresh for each set of specimens; nothing here is a secret of anybody.
Source: ICAO Doc 9303-12, 7.1 (profiles), 9303-10, 4.6.2 (EF.SOD).
"""

import datetime as dt
import hashlib
from dataclasses import dataclass

from asn1crypto import algos, cms, core
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from drivers.card.protocol import tlv
from drivers.card.protocol.security_object import LdsSecurityObject

COUNTRY = "UT"
"""Utopia, the specimen country of ICAO Doc 9303."""
_SECURITY_OBJECT = "2.23.136.1.1.1"


@dataclass(frozen=True, slots=True, repr=False)
class Authority:
    """A certificate and its key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey


def _name(common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, COUNTRY),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def _usage(*, ca: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not ca,
        key_cert_sign=ca,
        crl_sign=ca,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _certificate(
    name: str, key: ec.EllipticCurvePrivateKey, issuer: Authority | None, years: tuple[int, int]
) -> x509.Certificate:
    since, until = (dt.datetime(y, 1, 1, tzinfo=dt.UTC) for y in years)
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .issuer_name(issuer.certificate.subject if issuer else _name(name))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(until)
        .add_extension(_usage(ca=issuer is None), critical=True)
    )
    if issuer is None:
        builder = builder.add_extension(
            x509.BasicConstraints(ca=True, path_length=0), critical=True
        )
    return builder.sign(issuer.key if issuer else key, hashes.SHA256())


def make_csca(name: str = "Specimen CSCA") -> Authority:
    """Make a country signing authority."""
    key = ec.generate_private_key(ec.SECP384R1())
    return Authority(_certificate(name, key, None, (2018, 2040)), key)


def make_signer(csca: Authority, *, years: tuple[int, int] = (2018, 2035)) -> Authority:
    """Make a document signer under `csca`, valid from January to January of `years`."""
    key = ec.generate_private_key(ec.SECP256R1())
    return Authority(_certificate("Specimen Document Signer", key, csca, years), key)


def sign(groups: dict[int, bytes], signer: Authority) -> bytes:
    """Return EF.SOD over the files of `groups`."""
    lds = LdsSecurityObject(
        {
            "version": 0,
            "algorithm": {"algorithm": "sha256"},
            "hashes": [
                {"number": number, "digest": hashlib.sha256(file).digest()}
                for number, file in sorted(groups.items())
            ],
        }
    ).dump()
    attributes = cms.CMSAttributes(
        [
            {"type": "content_type", "values": [_SECURITY_OBJECT]},
            {"type": "message_digest", "values": [hashlib.sha256(lds).digest()]},
        ]
    )
    certificate = asn1_x509.Certificate.load(
        signer.certificate.public_bytes(serialization.Encoding.DER)
    )
    digest = algos.DigestAlgorithm({"algorithm": "sha256"})
    info = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier(
                name="issuer_and_serial_number",
                value={
                    "issuer": certificate.issuer,
                    "serial_number": certificate.serial_number,
                },
            ),
            "digest_algorithm": digest,
            "signed_attrs": attributes,
            "signature_algorithm": {"algorithm": "sha256_ecdsa"},
            "signature": signer.key.sign(attributes.dump(), ec.ECDSA(hashes.SHA256())),
        }
    )
    signed = cms.SignedData(
        {
            "version": "v3",
            "digest_algorithms": [digest],
            "encap_content_info": {
                "content_type": _SECURITY_OBJECT,
                "content": core.ParsableOctetString(lds),
            },
            "certificates": [cms.CertificateChoices(name="certificate", value=certificate)],
            "signer_infos": [info],
        }
    )
    return tlv.build(
        0x77, cms.ContentInfo({"content_type": "signed_data", "content": signed}).dump()
    )
