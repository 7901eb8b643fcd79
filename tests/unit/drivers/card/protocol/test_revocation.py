"""Revocation lists: read strictly, and believed only for the key that signed them."""

import datetime as dt

import pytest
from asn1crypto.crl import CertificateList
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding

from drivers.card.personalise import pki
from drivers.card.personalise.suite import Suite
from drivers.card.protocol import revocation
from drivers.card.protocol.certificate import signs
from drivers.card.protocol.errors import CardUnreadable
from drivers.card.protocol.policy import STRICT, Policy
from drivers.card.protocol.revocation import LONGEST_LIST, RevocationList
from tests.support.certificates import NOW, make, usage

SINCE, UNTIL = NOW - dt.timedelta(days=30), NOW + dt.timedelta(days=60)
CSCA = pki.make_csca()
SIGNER = pki.make_signer(CSCA)
ENCODED = pki.make_revocation_list(CSCA, [SIGNER.certificate], validity=(SINCE, UNTIL))


def test_a_list_names_serial_numbers_and_days() -> None:
    found = revocation.parse(ENCODED)
    assert found.serials == {SIGNER.certificate.serial_number}
    assert (found.since, found.until) == (SINCE, UNTIL)
    assert found.issuer == CSCA.certificate.subject


def test_an_empty_list_is_a_list() -> None:
    encoded = pki.make_revocation_list(CSCA, validity=(SINCE, UNTIL))
    assert revocation.parse(encoded).serials == frozenset()


def test_a_list_is_fresh_between_its_days() -> None:
    found, second = revocation.parse(ENCODED), dt.timedelta(seconds=1)
    days = (SINCE - second, SINCE, UNTIL, UNTIL + second)
    assert [found.is_fresh(day) for day in days] == [False, True, True, False]


def test_a_list_is_its_signer_s_alone() -> None:
    found = revocation.parse(ENCODED)
    assert found.signed_by(CSCA.certificate)
    assert not found.signed_by(pki.make_csca().certificate)
    assert not found.signed_by(pki.make_csca("Other").certificate)
    assert not found.signed_by(SIGNER.certificate)


def test_a_changed_list_is_nobody_s() -> None:
    found = revocation.parse(ENCODED[:-1] + bytes((ENCODED[-1] ^ 1,)))
    assert not found.signed_by(CSCA.certificate)


def test_algorithms_that_contradict_each_other_are_refused() -> None:
    parsed = CertificateList.load(ENCODED)
    parsed["signature_algorithm"] = {"algorithm": "sha384_ecdsa"}
    with pytest.raises(CardUnreadable):
        revocation.parse(parsed.dump(force=True))
    with pytest.raises(CardUnreadable, match="contradict"):
        signs(CSCA.certificate, parsed, STRICT)


def test_sha_1_signs_a_list_only_where_the_policy_says_so() -> None:
    csca = pki.make_csca(suite=Suite(digest="sha1"))
    found = revocation.parse(pki.make_revocation_list(csca, validity=(SINCE, UNTIL)))
    assert not found.signed_by(csca.certificate)
    assert found.signed_by(csca.certificate, Policy(sha1_csca_signatures=True))


def test_an_authority_that_may_not_sign_lists_signs_none() -> None:
    ca = x509.BasicConstraints(ca=True, path_length=0)
    root = make("Root", extensions=(usage(sign_documents=True), ca))
    assert not _list(root.certificate, root.key).signed_by(root.certificate)


def _builder(issuer: x509.Certificate) -> x509.CertificateRevocationListBuilder:
    return x509.CertificateRevocationListBuilder(issuer.subject, SINCE, UNTIL)


def _list(issuer: x509.Certificate, key: object) -> RevocationList:
    signed = _builder(issuer).sign(key, hashes.SHA256())  # type: ignore[arg-type]
    return revocation.parse(signed.public_bytes(Encoding.DER))


@pytest.mark.parametrize(
    ("extension", "critical", "readable"),
    [
        (x509.CRLNumber(7), False, True),
        (x509.CRLNumber(7), True, True),
        (x509.DeltaCRLIndicator(7), True, False),
        (x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\x05\x00"), False, True),
        (x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\x05\x00"), True, False),
    ],
)
def test_a_list_that_may_leave_somebody_out_is_refused(
    extension: x509.ExtensionType,
    critical: bool,  # noqa: FBT001
    readable: bool,  # noqa: FBT001
) -> None:
    builder = _builder(CSCA.certificate).add_extension(extension, critical=critical)
    key: object = CSCA.key
    encoded = builder.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)  # type: ignore[arg-type]
    if readable:
        assert revocation.parse(encoded).signed_by(CSCA.certificate)
    else:
        with pytest.raises(CardUnreadable, match="limited"):
            revocation.parse(encoded)


def test_a_list_without_a_last_day_is_refused() -> None:
    parsed = CertificateList.load(ENCODED)
    del parsed["tbs_cert_list"]["next_update"]
    with pytest.raises(CardUnreadable, match="for ever"):
        revocation.parse(parsed.dump(force=True))


@pytest.mark.parametrize(
    "encoded", [b"", b"\x30\x00", ENCODED + b"\0", ENCODED[:-1], bytes(LONGEST_LIST + 1)]
)
def test_what_is_no_list_is_refused(encoded: bytes) -> None:
    with pytest.raises(CardUnreadable):
        revocation.parse(encoded)
