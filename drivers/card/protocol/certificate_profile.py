"""What a certificate says it is for: authority, document signer, master list signer.

Rule: an extension that is critical and not known here is not overlooked; its
certificate is for nothing.
Source: ICAO Doc 9303-12, 7.1 (certificate profiles), 7.1.1.6 (document types);
RFC 5280, 4.2 (extensions).
"""

from dataclasses import dataclass

from asn1crypto.core import Integer, PrintableString, Sequence, SetOf
from cryptography import x509
from cryptography.x509.oid import ExtensionOID, NameOID

from drivers.card.protocol.der import fail_closed, strict
from drivers.card.protocol.errors import CardUnreadable

DOCUMENT_TYPES = x509.ObjectIdentifier("2.23.136.1.1.6.2")
LIST_SIGNING = x509.ObjectIdentifier("2.23.136.1.1.3")
_WITHOUT_BEARING = {
    ExtensionOID.AUTHORITY_KEY_IDENTIFIER,
    ExtensionOID.SUBJECT_KEY_IDENTIFIER,
    ExtensionOID.CERTIFICATE_POLICIES,
    ExtensionOID.CRL_DISTRIBUTION_POINTS,
    ExtensionOID.ISSUER_ALTERNATIVE_NAME,
    ExtensionOID.SUBJECT_ALTERNATIVE_NAME,
    x509.ObjectIdentifier("2.5.29.16"),  # the private key's usage period
    x509.ObjectIdentifier("2.23.136.1.1.6.1"),  # a CSCA that changes its name
}
"""Known, and nothing in them decides whom we believe."""


class _DocumentTypes(SetOf):  # type: ignore[misc]
    _child_spec = PrintableString


class DocumentTypeList(Sequence):  # type: ignore[misc]
    """version, docTypeList."""

    _fields = [("version", Integer), ("types", _DocumentTypes)]  # noqa: RUF012  (asn1crypto's way)


@dataclass(frozen=True, slots=True)
class Profile:
    """What a certificate is for."""

    country: str
    """Two capital letters."""
    issues: bool = False
    """An authority whose key signs certificates."""
    lists_revoked: bool = False
    """An authority whose key signs revocation lists."""
    signs_documents: bool = False
    signs_lists: bool = False
    """Its key signs master lists."""
    document_types: frozenset[str] | None = None
    """Document codes of MRZs that it may sign; None if it says nothing about them."""

    def may_sign_kind(self, document_code: str) -> bool:
        """Say whether documents of this code, without fillers, are among its kinds."""
        return self.document_types is None or document_code in self.document_types


def profile(certificate: x509.Certificate) -> Profile:
    """Return what a certificate is for.

    Raises:
        CardUnreadable: extensions that cannot be read, a critical one that is not
            known, or no one country.
    """
    with fail_closed("extensions that cannot be read"):
        return _profile(certificate)


def _profile(certificate: x509.Certificate) -> Profile:
    usage: x509.KeyUsage | None = None
    is_authority = False
    extended: list[x509.ObjectIdentifier] = []
    types: frozenset[str] | None = None
    for extension in certificate.extensions:
        value = extension.value
        if isinstance(value, x509.KeyUsage):
            usage = value
        elif isinstance(value, x509.BasicConstraints):
            is_authority = value.ca
        elif isinstance(value, x509.ExtendedKeyUsage):
            extended = list(value)
        elif extension.oid == DOCUMENT_TYPES:
            types = _document_types(value.public_bytes())
        elif extension.critical and extension.oid not in _WITHOUT_BEARING:
            raise CardUnreadable("a critical extension that we do not know")
    signs = usage is not None and usage.digital_signature and not is_authority
    return Profile(
        country=_country(certificate),
        issues=is_authority and usage is not None and usage.key_cert_sign,
        lists_revoked=is_authority and usage is not None and usage.crl_sign,
        # A key for master lists is not one for documents.
        signs_documents=signs and LIST_SIGNING not in extended,
        signs_lists=signs and LIST_SIGNING in extended,
        document_types=types,
    )


def _document_types(encoded: bytes) -> frozenset[str]:
    return frozenset(strict(DocumentTypeList, encoded)["types"].native)


def _country(certificate: x509.Certificate) -> str:
    (country,) = certificate.subject.get_attributes_for_oid(NameOID.COUNTRY_NAME)
    return str(country.value).upper()
