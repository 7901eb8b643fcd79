"""Certificates of issuing states, with whatever is wrong with them."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from asn1crypto import keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.x509.oid import NameOID

from drivers.card.personalise.suite import explicit_parameters

explicit = explicit_parameters
NOW = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Made:
    """A certificate and its private key."""

    certificate: x509.Certificate
    key: Any = field(repr=False)


def usage(*, sign_documents: bool = False, sign_certificates: bool = False) -> x509.KeyUsage:
    """Return what a key is for."""
    return x509.KeyUsage(
        digital_signature=sign_documents,
        key_cert_sign=sign_certificates,
        crl_sign=sign_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


AUTHORITY_EXTENSIONS = (
    usage(sign_certificates=True),
    x509.BasicConstraints(ca=True, path_length=0),
)
SIGNER_EXTENSIONS = (usage(sign_documents=True),)


def _name(common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "UT"),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def make(
    name: str,
    issuer: Made | None = None,
    *,
    key: Any = None,
    years: tuple[int, int] = (2020, 2035),
    extensions: tuple[x509.ExtensionType, ...] = SIGNER_EXTENSIONS,
    digest: hashes.SHA256 | hashes.SHA384 | None = None,
    rsa_padding: Any = None,
) -> Made:
    """Make a certificate, signed by `issuer` or by itself."""
    key = key or ec.generate_private_key(ec.SECP256R1())
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .issuer_name(issuer.certificate.subject if issuer else _name(name))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(dt.datetime(years[0], 1, 1, tzinfo=dt.UTC))
        .not_valid_after(dt.datetime(years[1], 1, 1, tzinfo=dt.UTC))
    )
    for extension in extensions:
        builder = builder.add_extension(extension, critical=True)
    signing = issuer.key if issuer else key
    return Made(
        builder.sign(signing, digest or hashes.SHA256(), rsa_padding=rsa_padding),
        key,
    )


def authority(name: str = "CSCA", **options: Any) -> Made:
    """Make a country signing authority."""
    return make(name, extensions=AUTHORITY_EXTENSIONS, **options)


def with_explicit_parameters(
    made: Made, parameters: dict[str, Any], issuer: Made | None = None
) -> Made:
    """Return a certificate again, its curve not named but spelt out."""
    certificate = _parsed(made)
    tbs = certificate["tbs_certificate"]
    tbs["subject_public_key_info"]["algorithm"]["parameters"] = keys.ECDomainParameters(
        name="specified", value=keys.SpecifiedECDomain(parameters)
    )
    signing = (issuer or made).key
    certificate["signature_value"] = signing.sign(tbs.dump(force=True), ec.ECDSA(hashes.SHA256()))
    return Made(x509.load_der_x509_certificate(certificate.dump(force=True)), made.key)


def with_sha_1(made: Made, issuer: Made) -> Made:
    """Return a certificate again, signed with RSA and SHA-1, which nobody should still do."""
    certificate = _parsed(made)
    tbs = certificate["tbs_certificate"]
    tbs["signature"] = certificate["signature_algorithm"] = {"algorithm": "sha1_rsa"}
    certificate["signature_value"] = issuer.key.sign(
        tbs.dump(force=True),
        padding.PKCS1v15(),
        hashes.SHA1(),  # noqa: S303  (to see it refused)
    )
    return Made(x509.load_der_x509_certificate(certificate.dump(force=True)), made.key)


def _parsed(made: Made) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(made.certificate.public_bytes(serialization.Encoding.DER))
