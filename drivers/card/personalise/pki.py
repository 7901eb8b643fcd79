"""The issuing side: a CSCA, its document signer, and the signatures over a card's data.

All keys are made afresh for each set of specimens; nothing here is a secret of anybody.
Source: ICAO Doc 9303-12, 7.1 (profiles), 9 (master lists); 9303-10, 4.6.2 (EF.SOD);
9303-11, 9.2.11 (EF.CardSecurity).
"""

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from asn1crypto import core
from asn1crypto import x509 as asn1_x509
from asn1crypto.keys import PublicKeyInfo
from cryptography import x509

from drivers.card.personalise import certificates
from drivers.card.personalise.signed_data import sign_content
from drivers.card.personalise.suite import KeyKind, PrivateKey, Suite
from drivers.card.protocol import tlv
from drivers.card.protocol.cms import CARD_SECURITY, MASTER_LIST, SECURITY_OBJECT
from drivers.card.protocol.der import strict
from drivers.card.protocol.master_list import CscaMasterList
from drivers.card.protocol.security_object import LdsSecurityObject

COUNTRY = "UT"
"""Utopia, the specimen country of ICAO Doc 9303."""
CSCA_SUITE = Suite(key=KeyKind.P_384)
SIGNER_SUITE = Suite()


@dataclass(frozen=True, slots=True, repr=False)
class Authority:
    """A certificate, its key, and how the key signs."""

    certificate: x509.Certificate
    key: PrivateKey
    suite: Suite = SIGNER_SUITE

    @property
    def public(self) -> PublicKeyInfo:
        """The public key as the certificate has it."""
        return self.suite.public_key_info(self.key)

    @property
    def name(self) -> asn1_x509.Name:
        """The certificate's subject."""
        return strict(asn1_x509.Name, self.certificate.subject.public_bytes())


def _validity(years: tuple[int, int]) -> tuple[dt.datetime, dt.datetime]:
    since, until = (dt.datetime(year, 1, 1, tzinfo=dt.UTC) for year in years)
    return since, until


def make_csca(
    name: str = "Specimen CSCA",
    *,
    country: str = COUNTRY,
    years: tuple[int, int] = (2018, 2040),
    suite: Suite = CSCA_SUITE,
) -> Authority:
    """Make a country signing authority, valid from January to January of `years`."""
    key = suite.new_key()
    public, subject = suite.public_key_info(key), certificates.name(country, name)
    encoded = certificates.certificate(
        public,
        subject=subject,
        issuer=subject,
        issuer_public=public,
        validity=_validity(years),
        extensions=certificates.authority_extensions(),
        key=key,
        suite=suite,
    )
    return Authority(x509.load_der_x509_certificate(encoded), key, suite)


def make_signer(
    csca: Authority,
    *,
    name: str = "Specimen Document Signer",
    country: str = COUNTRY,
    years: tuple[int, int] = (2018, 2035),
    suite: Suite = SIGNER_SUITE,
    document_types: Iterable[str] = (),
) -> Authority:
    """Make a document signer under `csca`, valid from January to January of `years`."""
    extensions = certificates.signer_extensions(document_types=document_types)
    subject = certificates.name(country, name)
    return _issue(csca, subject, suite, _validity(years), extensions)


def make_list_signer(
    csca: Authority,
    *,
    country: str = COUNTRY,
    years: tuple[int, int] = (2018, 2035),
    suite: Suite = SIGNER_SUITE,
) -> Authority:
    """Make a master list signer under `csca`, valid from January to January of `years`."""
    subject = certificates.name(country, "Specimen Master List Signer")
    return _issue(csca, subject, suite, _validity(years), certificates.list_signer_extensions())


def _issue(
    csca: Authority,
    subject: asn1_x509.Name,
    suite: Suite,
    validity: tuple[dt.datetime, dt.datetime],
    extensions: list[certificates.Extension],
) -> Authority:
    key = suite.new_key()
    encoded = certificates.certificate(
        suite.public_key_info(key),
        subject=subject,
        issuer=csca.name,
        issuer_public=csca.public,
        validity=validity,
        extensions=extensions,
        key=csca.key,
        suite=csca.suite,
    )
    return Authority(x509.load_der_x509_certificate(encoded), key, suite)


def make_link(old: Authority, new: Authority) -> x509.Certificate:
    """Make the link certificate with which the `old` CSCA key vouches for the `new` one."""
    encoded = certificates.certificate(
        new.public,
        subject=new.name,
        issuer=old.name,
        issuer_public=old.public,
        validity=(new.certificate.not_valid_before_utc, old.certificate.not_valid_after_utc),
        extensions=certificates.authority_extensions(),
        key=old.key,
        suite=old.suite,
    )
    return x509.load_der_x509_certificate(encoded)


def make_revocation_list(
    csca: Authority,
    revoked: Iterable[x509.Certificate] = (),
    *,
    validity: tuple[dt.datetime, dt.datetime],
) -> bytes:
    """Return the list (DER) with which `csca` takes certificates back."""
    return certificates.revocation_list(
        [certificate.serial_number for certificate in revoked],
        issuer=csca.name,
        issuer_public=csca.public,
        validity=validity,
        key=csca.key,
        suite=csca.suite,
    )


def make_master_list(
    encoded: Iterable[bytes], signer: Authority, *, others: Iterable[x509.Certificate] = ()
) -> bytes:
    """Return a master list of certificates (DER each), signed.

    Args:
        encoded: the certificates that are listed; they are not looked at.
        signer: made by `make_list_signer`.
        others: certificates beside the signer's, such as its CSCA.
    """
    listed = [core.Any.load(certificate) for certificate in encoded]
    content = CscaMasterList({"version": 0, "certificates": listed}).dump()
    return _signed(content, MASTER_LIST, signer, others=others)


def sign_card_security(security_infos: bytes, signer: Authority) -> bytes:
    """Return EF.CardSecurity over encoded SecurityInfos."""
    return _signed(security_infos, CARD_SECURITY, signer)


def sign(
    groups: dict[int, bytes],
    signer: Authority,
    *,
    digest: str = "sha256",
    by_key_identifier: bool = False,
) -> bytes:
    """Return EF.SOD over the files of `groups`.

    Args:
        groups: the data groups' files by number.
        signer: the document signer, whose suite signs.
        digest: over the data groups.
        by_key_identifier: name the signer by its key, not by issuer and serial number.
    """
    lds = LdsSecurityObject(
        {
            "version": 0,
            "algorithm": {"algorithm": digest},
            "hashes": [
                {"number": number, "digest": hashlib.new(digest, file).digest()}
                for number, file in sorted(groups.items())
            ],
        }
    ).dump()
    return tlv.build(
        0x77, _signed(lds, SECURITY_OBJECT, signer, by_key_identifier=by_key_identifier)
    )


def _signed(
    content: bytes,
    content_type: str,
    signer: Authority,
    *,
    by_key_identifier: bool = False,
    others: Iterable[x509.Certificate] = (),
) -> bytes:
    return sign_content(
        content,
        content_type=content_type,
        certificate=signer.certificate,
        key=signer.key,
        suite=signer.suite,
        by_key_identifier=by_key_identifier,
        others=others,
    )
