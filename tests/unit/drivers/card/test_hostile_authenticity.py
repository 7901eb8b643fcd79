"""Passive authentication as a whole, against everything that a forger or a sloppy issuer does."""

import datetime as dt
import sys
from collections.abc import Callable
from dataclasses import replace

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from drivers.card.personalise import pki
from drivers.card.personalise.suite import KeyKind, Suite, pss_parameters
from drivers.card.protocol.certificate import fingerprint
from drivers.card.protocol.certificate_profile import LIST_SIGNING
from drivers.card.protocol.revocation import Standing
from drivers.errors import DeviceError
from tests.support.certificates import (
    AUTHORITY_EXTENSIONS,
    SIGNER_EXTENSIONS,
    make,
    usage,
)
from tests.support.forged_cards import (
    CSCA,
    GOOD,
    GROUPS,
    MADE_CSCA,
    SHA_256,
    SIGNER,
    Card,
    algorithm,
    authenticate,
    csca_of,
    csca_with_generator_of_choice,
    foreign_signer,
    forged,
    generator_of_choice,
    indefinite,
    inside,
    listed,
    named_by_a_key_identifier_it_has_not,
    named_by_key,
    near_miss,
    needless_parameters,
    of_years,
    on_curve,
    profiled,
    pss,
    revoked,
    same_name_other_key,
    sha_1_certificate,
    short_rsa_csca,
    short_rsa_signer,
    signed_by,
    signer_of,
    through_link,
    through_link_of_stranger,
    through_list,
    trusting,
    two_signers,
    under_another_csca_key,
    unsorted_attributes,
    with_a_list_in_place_of_hashes,
    with_wrapped,
)

CURVES = [kind for kind in KeyKind if not kind.is_rsa]
SUITES = [
    *(
        Suite(key=kind, digest=digest, explicit=spelt)
        for kind, digest in zip(
            CURVES,
            ("sha224", "sha256", "sha384", "sha512", "sha256", "sha384", "sha512"),
            strict=True,
        )
        for spelt in (False, True)
    ),
    *(
        Suite(key=KeyKind.RSA_2048, digest=digest, pss=of_pss)
        for digest in ("sha224", "sha256", "sha384", "sha512")
        for of_pss in (False, True)
    ),
    Suite(key=KeyKind.RSA_3072),
]
SHA_1 = Suite(digest="sha1")

GOOD_CARDS: dict[str, Callable[[], Card]] = {
    "as issued": lambda: GOOD,
    "signer named by its key": lambda: Card(sod=pki.sign(GROUPS, SIGNER, by_key_identifier=True)),
    "a link certificate": through_link,
    "a master list": lambda: through_list(pki.make_list_signer(CSCA)),
    "a fresh revocation list": lambda: revoked(listed(), required=True),
    "a stale revocation list, if known": lambda: revoked(listed(years=(2020, 2021))),
    "a revocation list by another key": lambda: revoked(under_another_csca_key()),
    "PSS with a short salt, and said so": lambda: pss(20, said=pss_parameters("sha256", salt=20)),
    "SHA-1 over data groups, accepted": lambda: signer_of(Suite(), "sha1", sha1_lds_hashes=True),
    "SHA-1 by the signer, accepted": lambda: signer_of(SHA_1, sha1_signer_signatures=True),
    "SHA-1 by the CSCA, accepted": lambda: csca_of(SHA_1, sha1_csca_signatures=True),
}


@pytest.mark.parametrize("name", GOOD_CARDS)
def test_a_good_card_is_believed(name: str) -> None:
    card = GOOD_CARDS[name]()
    chain = authenticate(card)
    assert chain.root in {fingerprint(root) for root in card.trust.authorities}


@pytest.mark.parametrize("suite", SUITES, ids=str)
def test_every_suite_is_verified_for_signer_and_csca(suite: Suite) -> None:
    csca = pki.make_csca(suite=suite)
    card = Card(
        sod=pki.sign(GROUPS, pki.make_signer(csca, suite=suite), digest=suite.digest),
        trust=trusting(csca),
    )
    (name,) = authenticate(card).algorithms
    assert name.startswith(suite.digest)


def test_the_provenance_says_what_the_revocation_list_said() -> None:
    since = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    fresh, stale = listed(), listed(years=(2020, 2021))
    assert authenticate(revoked()).standing is Standing.NO_LIST
    assert authenticate(revoked(stale)).standing is Standing.STALE
    chain = authenticate(revoked(stale, fresh))
    assert (chain.standing, chain.list_since) == (Standing.NOT_REVOKED, since)
    assert authenticate(revoked(under_another_csca_key())).standing is Standing.NO_LIST


UNREADABLE, BAD, CHANGED = "card.unreadable", "card.signature_bad", "card.data_changed"
UNKNOWN, EXPIRED, REVOKED = "card.signer_unknown", "card.signer_expired", "card.signer_revoked"

HOSTILE: dict[str, tuple[Callable[[], Card], str]] = {
    # What the object says.
    "a bit of the signature": (
        lambda: replace(GOOD, sod=GOOD.sod[:-1] + bytes((GOOD.sod[-1] ^ 1,))),
        BAD,
    ),
    "another message digest": (
        lambda: forged(attributes=lambda a: a.update(message_digest=[bytes(32)])),
        BAD,
    ),
    "another content type": (
        lambda: forged(signed=lambda s: s["encap_content_info"].update(content_type="data")),
        UNREADABLE,
    ),
    "another content type signed": (
        lambda: forged(attributes=lambda a: a.update(content_type=["data"])),
        UNREADABLE,
    ),
    "a master list in place of a security object": (with_a_list_in_place_of_hashes, UNREADABLE),
    "two signers": (lambda: forged(signed=two_signers), UNREADABLE),
    "no signer": (lambda: forged(signed=lambda s: s.update(signer_infos=[])), UNREADABLE),
    "no certificate": (lambda: forged(signed=lambda s: s.pop("certificates")), UNREADABLE),
    "the CSCA beside the signer": (
        lambda: forged(signed=lambda s: s["certificates"].append(inside(CSCA.certificate))),
        UNREADABLE,
    ),
    "the signer's certificate twice": (
        lambda: forged(signed=lambda s: s["certificates"].append(inside(SIGNER.certificate))),
        BAD,
    ),
    "a signer named by another key": (lambda: named_by_key(identifier=bytes(20)), BAD),
    "a key identifier that is not in the certificate": (named_by_a_key_identifier_it_has_not, BAD),
    "a signer named by its key in the version of another": (
        lambda: named_by_key(version="v1"),
        UNREADABLE,
    ),
    "a signer named by its issuer in the version of another": (
        lambda: forged(signer=lambda s: s.update(version="v3")),
        UNREADABLE,
    ),
    # Data groups.
    "a data group changed": (lambda: replace(GOOD, groups={**GROUPS, 2: b"another"}), CHANGED),
    "a data group that is not signed": (
        lambda: replace(GOOD, groups={**GROUPS, 11: b"more"}),
        CHANGED,
    ),
    "a security object of another card": (
        lambda: replace(GOOD, sod=pki.sign({**GROUPS, 1: b"somebody else"}, SIGNER)),
        CHANGED,
    ),
    # Who signed.
    "an unknown CSCA": (lambda: replace(GOOD, trust=trusting()), UNKNOWN),
    "a CSCA of the same name with another key": (same_name_other_key, UNKNOWN),
    "a signer that signed its own certificate": (
        lambda: signed_by(make("Signer")),
        UNKNOWN,
    ),
    "a link by a stranger": (through_link_of_stranger, UNKNOWN),
    "a signer expired": (lambda: of_years((2018, 2025), (2018, 2040)), EXPIRED),
    "a signer not yet valid": (lambda: of_years((2027, 2035), (2018, 2040)), EXPIRED),
    "a signer made after its CSCA": (lambda: of_years((2024, 2035), (2010, 2023)), EXPIRED),
    "a signer made before its CSCA": (lambda: of_years((2018, 2035), (2019, 2040)), EXPIRED),
    "a CSCA expired": (lambda: of_years((2018, 2035), (2018, 2025)), EXPIRED),
    "a signer revoked": (lambda: revoked(listed(SIGNER)), REVOKED),
    "a signer revoked by a stale list": (
        lambda: revoked(listed(SIGNER, years=(2020, 2021)), listed()),
        REVOKED,
    ),
    "no revocation list where one is required": (lambda: revoked(required=True), UNKNOWN),
    "a stale revocation list where a fresh one is required": (
        lambda: revoked(listed(years=(2020, 2021)), required=True),
        UNKNOWN,
    ),
    "a revocation list by another key where one is required": (
        lambda: revoked(under_another_csca_key(), required=True),
        UNKNOWN,
    ),
    "an authority as signer": (
        lambda: profiled(usage(sign_documents=True), AUTHORITY_EXTENSIONS[1]),
        UNKNOWN,
    ),
    "a CSCA as signer": (lambda: signed_by(CSCA), UNKNOWN),
    "a signer without usage": (profiled, UNKNOWN),
    "a signer of another usage": (lambda: profiled(usage(sign_certificates=True)), UNKNOWN),
    "a master list signer": (
        lambda: profiled(*SIGNER_EXTENSIONS, x509.ExtendedKeyUsage([LIST_SIGNING])),
        UNKNOWN,
    ),
    "a critical extension that nobody knows": (
        lambda: profiled(
            *SIGNER_EXTENSIONS,
            x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\x05\x00"),
        ),
        UNKNOWN,
    ),
    "a signer of other kinds of documents": (lambda: replace(GOOD, document_code="P<"), UNKNOWN),
    "a signer of another state than the MRZ": (
        lambda: replace(GOOD, issuing_state="CHN"),
        UNKNOWN,
    ),
    "a signer of another state than its CSCA": (foreign_signer, UNKNOWN),
    # Algorithms.
    "SHA-1 over data groups": (lambda: signer_of(Suite(), "sha1"), UNREADABLE),
    "SHA-1 by the signer": (lambda: signer_of(SHA_1), UNREADABLE),
    "SHA-1 by the CSCA": (lambda: csca_of(SHA_1), UNKNOWN),
    "SHA-1 by the CSCA, another SHA-1 accepted": (
        lambda: csca_of(SHA_1, sha1_signer_signatures=True, sha1_lds_hashes=True),
        UNKNOWN,
    ),
    "SHA-1 with RSA by the CSCA": (sha_1_certificate, UNKNOWN),
    "a short RSA key of the signer": (short_rsa_signer, UNREADABLE),
    "a short RSA key of the CSCA": (short_rsa_csca, UNKNOWN),
    "a key on a curve that no state uses": (
        lambda: signed_by(make("S", MADE_CSCA, key=ec.generate_private_key(ec.SECP256K1()))),
        UNREADABLE,
    ),
    "a curve that is nearly one": (lambda: on_curve(near_miss), UNREADABLE),
    "a generator of the forger's choice": (lambda: on_curve(generator_of_choice), UNREADABLE),
    "a CSCA with a generator of the forger's choice": (csca_with_generator_of_choice, UNKNOWN),
    "a signature algorithm of another key": (
        lambda: forged(signer=algorithm("sha256_rsa")),
        UNREADABLE,
    ),
    "a signature algorithm of another digest": (
        lambda: forged(signer=algorithm("sha512_ecdsa")),
        UNREADABLE,
    ),
    "parameters of a signature algorithm that has none": (
        lambda: forged(signer=needless_parameters),
        UNREADABLE,
    ),
    "parameters of a digest": (
        lambda: replace(GOOD, sod=GOOD.sod.replace(SHA_256, SHA_256[:-2] + b"\x04\x00", 1)),
        UNREADABLE,
    ),
    "another PSS salt than said": (lambda: pss(32, said=pss_parameters("sha256", salt=20)), BAD),
    "a negative PSS salt": (
        lambda: pss(32, said=pss_parameters("sha256", salt=-1)),
        UNREADABLE,
    ),
    "a PSS salt longer than the key": (
        lambda: pss(32, said=pss_parameters("sha256", salt=1 << 40)),
        UNREADABLE,
    ),
    "another digest in the PSS mask": (
        lambda: pss(32, said=pss_parameters("sha256", mask="sha512")),
        UNREADABLE,
    ),
    "another PSS trailer": (
        lambda: pss(32, said={**pss_parameters("sha256"), "trailer_field": 2}),
        UNREADABLE,
    ),
    # Encodings.
    "a byte behind the file": (lambda: replace(GOOD, sod=GOOD.sod + b"\0"), UNREADABLE),
    "a byte behind the signed data": (lambda: with_wrapped(lambda c: c + b"\0"), UNREADABLE),
    "a byte behind the hashes": (lambda: forged(content=lambda c: c + b"\0"), UNREADABLE),
    "an indefinite length": (lambda: with_wrapped(indefinite), UNREADABLE),
    "signed attributes in another order than DER's": (unsorted_attributes, UNREADABLE),
    # Master lists.
    "a master list by an unknown signer": (
        lambda: through_list(pki.make_list_signer(pki.make_csca())),
        UNKNOWN,
    ),
    "a master list by a document signer": (lambda: through_list(SIGNER), UNKNOWN),
    "a master list by an expired signer": (
        lambda: through_list(pki.make_list_signer(CSCA, years=(2018, 2025))),
        EXPIRED,
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_card_is_refused(name: str) -> None:
    make_card, code = HOSTILE[name]
    with pytest.raises(DeviceError) as caught:
        authenticate(make_card())
    sys.stdout.write(f"{name:60} {caught.value.code}\n")
    assert caught.value.code == code
