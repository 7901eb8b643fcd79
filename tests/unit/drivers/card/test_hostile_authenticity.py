"""Passive authentication as a whole, against everything that a forger or a sloppy issuer does."""

import datetime as dt
import functools
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from asn1crypto import cms
from asn1crypto import x509 as asn1_x509
from asn1crypto.algos import DigestAlgorithm
from asn1crypto.core import OctetString
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding

from drivers.card.personalise import pki
from drivers.card.personalise.pki import Authority
from drivers.card.personalise.suite import KeyKind, Suite, pss_parameters
from drivers.card.protocol import master_list, revocation, security_object, tlv
from drivers.card.protocol.certificate import SIGNING_CURVES, fingerprint
from drivers.card.protocol.certificate_profile import LIST_SIGNING
from drivers.card.protocol.chain import Chain
from drivers.card.protocol.policy import Policy
from drivers.card.protocol.revocation import Standing
from drivers.card.protocol.trust import TrustStore
from drivers.errors import DeviceError
from tests.support.certificates import (
    AUTHORITY_EXTENSIONS,
    NOW,
    SIGNER_EXTENSIONS,
    Made,
    explicit,
    make,
    usage,
    with_explicit_parameters,
    with_sha_1,
)
from tests.support.security_objects import Change, Recipe, build

GROUPS = {1: b"data group one", 2: b"data group two", 14: b"data group fourteen"}
CSCA = pki.make_csca()
MADE_CSCA = Made(CSCA.certificate, CSCA.key)
SIGNER = pki.make_signer(CSCA, document_types=["ID"])
TRUST = TrustStore((CSCA.certificate,))
RSA_SUITE = Suite(key=KeyKind.RSA_2048, pss=True)
SHA_256 = DigestAlgorithm({"algorithm": "sha256"}).dump()
P256 = SIGNING_CURVES[1]


@functools.cache
def rsa_csca() -> Authority:
    return pki.make_csca(suite=RSA_SUITE)


@functools.cache
def rsa_signer() -> Authority:
    return pki.make_signer(CSCA, suite=RSA_SUITE)


@dataclass(frozen=True, kw_only=True)
class Card:
    """What a terminal gets to see, and what it believes."""

    sod: bytes
    groups: Mapping[int, bytes] = field(default_factory=lambda: GROUPS)
    trust: TrustStore = TRUST
    now: dt.datetime = NOW
    issuing_state: str = "UTO"
    document_code: str = "ID"


def authenticate(card: Card) -> Chain:
    """Authenticate passively, as a profile does."""
    signed = security_object.parse(card.sod, card.trust.policy)
    chain = card.trust.check(
        signed.signer,
        now=card.now,
        issuing_state=card.issuing_state,
        document_code=card.document_code,
    )
    for number, file in card.groups.items():
        signed.check(number, file)
    return chain


GOOD = Card(sod=pki.sign(GROUPS, SIGNER))


def forged(by: Authority | Made = SIGNER, /, **changes: Any) -> Card:
    """Return a card whose security object differs in one point."""
    return Card(sod=build(GROUPS, by.certificate, by.key, Recipe(**changes)))


def signed_by(signer: Authority | Made, **circumstances: Any) -> Card:
    return replace(forged(signer), **circumstances)


def profiled(*extensions: x509.ExtensionType) -> Card:
    """Return a card whose signer's certificate says this."""
    return signed_by(make("Signer", MADE_CSCA, extensions=extensions))


def trusting(*authorities: Authority, **fields: Any) -> TrustStore:
    return TrustStore(tuple(a.certificate for a in authorities), **fields)


def same_name_other_key() -> Card:
    return replace(GOOD, trust=trusting(pki.make_csca()))


def of_years(signer: tuple[int, int], csca: tuple[int, int]) -> Card:
    authority = pki.make_csca(years=csca)
    return signed_by(pki.make_signer(authority, years=signer), trust=trusting(authority))


def listed(
    *names: Authority, by: Authority = CSCA, years: tuple[int, int] = (2026, 2027)
) -> revocation.RevocationList:
    """Return the revocation list with these names."""
    since, until = (dt.datetime(year, 1, 1, tzinfo=dt.UTC) for year in years)
    revoked = [authority.certificate for authority in names]
    return revocation.parse(pki.make_revocation_list(by, revoked, validity=(since, until)))


def revoked(*lists: revocation.RevocationList, required: bool = False) -> Card:
    policy = Policy(revocation_required=required)
    return replace(GOOD, trust=replace(TRUST, revocation_lists=lists, policy=policy))


def under_another_csca_key() -> revocation.RevocationList:
    """Return a list that names the signer, by a stranger under the CSCA's name."""
    return listed(SIGNER, by=pki.make_csca())


def foreign_signer() -> Card:
    return signed_by(pki.make_signer(CSCA, country="FR"), issuing_state="FRA")


def csca_of(suite: Suite, **policy: Any) -> Card:
    csca = pki.make_csca(suite=suite)
    return signed_by(pki.make_signer(csca), trust=trusting(csca, policy=Policy(**policy)))


def signer_of(suite: Suite, digest: str = "sha256", **policy: Any) -> Card:
    signer = pki.make_signer(CSCA, suite=suite)
    trust = replace(TRUST, policy=Policy(**policy))
    return Card(sod=pki.sign(GROUPS, signer, digest=digest), trust=trust)


def short_rsa_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 1024)  # noqa: S505  (to see it refused)


def short_rsa_signer() -> Card:
    return signed_by(make("Signer", MADE_CSCA, key=short_rsa_key()))


def short_rsa_csca() -> Card:
    csca = make("Short", key=short_rsa_key(), extensions=AUTHORITY_EXTENSIONS)
    return signed_by(make("Signer", csca), trust=TrustStore((csca.certificate,)))


def sha_1_certificate() -> Card:
    csca = Made(rsa_csca().certificate, rsa_csca().key)
    return signed_by(with_sha_1(make("Signer", csca), csca), trust=trusting(rsa_csca()))


def on_curve(change: Callable[[dict[str, Any], Any], None]) -> Card:
    """Return a card whose signer spells a changed curve out."""
    made = make("Signer", MADE_CSCA)
    parameters = explicit(P256)
    change(parameters, made.key.public_key().public_numbers())
    return signed_by(with_explicit_parameters(made, parameters, MADE_CSCA))


def near_miss(parameters: dict[str, Any], _: Any) -> None:
    b = int.from_bytes(parameters["curve"]["b"], "big")
    parameters["curve"]["b"] = (b + 1).to_bytes(32, "big")


def generator_of_choice(parameters: dict[str, Any], public: Any) -> None:
    """Make the public key the generator, so that everybody knows its private half: 1."""
    parameters["base"] = b"\x04" + public.x.to_bytes(32, "big") + public.y.to_bytes(32, "big")


def csca_with_generator_of_choice() -> Card:
    """The attack of CVE-2020-0601: an authority of the same public key, and another generator."""
    csca = make("CSCA", extensions=AUTHORITY_EXTENSIONS)
    parameters = explicit(P256)
    generator_of_choice(parameters, csca.key.public_key().public_numbers())
    spelt = with_explicit_parameters(csca, parameters)
    return signed_by(make("Signer", csca), trust=TrustStore((spelt.certificate,)))


def pss(salt: int, *, said: dict[str, Any]) -> Card:
    """Return a card signed with RSA-PSS, a salt of `salt` bytes, and what is said about it."""
    key: Any = rsa_signer().key

    def change(signer: dict[str, Any]) -> None:
        signer["signature_algorithm"]["parameters"] = said
        how = padding.PSS(padding.MGF1(hashes.SHA256()), salt)
        message = signer["signed_attrs"].dump()
        signer["signature"] = key.sign(message, how, hashes.SHA256())

    return forged(rsa_signer(), scheme="pss", signer=change)


def named_by_key(*, version: str = "v3", identifier: bytes | None = None) -> Card:
    def change(signer: dict[str, Any]) -> None:
        own = x509.SubjectKeyIdentifier.from_public_key(SIGNER.certificate.public_key()).digest
        value = own if identifier is None else identifier
        signer["sid"] = cms.SignerIdentifier(name="subject_key_identifier", value=value)
        signer["version"] = version

    return forged(signer=change)


def named_by_a_key_identifier_it_has_not() -> Card:
    def change(signer: dict[str, Any]) -> None:
        signer["sid"] = cms.SignerIdentifier(name="subject_key_identifier", value=bytes(20))
        signer["version"] = "v3"

    return forged(make("Signer", MADE_CSCA), signer=change)


def inside(certificate: x509.Certificate) -> cms.CertificateChoices:
    encoded = certificate.public_bytes(Encoding.DER)
    return cms.CertificateChoices(name="certificate", value=asn1_x509.Certificate.load(encoded))


def two_signers(signed: dict[str, Any]) -> None:
    signed["signer_infos"] = list(signed["signer_infos"]) * 2


def algorithm(name: str) -> Change:
    return lambda signer: signer.update(signature_algorithm={"algorithm": name})


def needless_parameters(signer: dict[str, Any]) -> None:
    needless = {"algorithm": "sha256_ecdsa", "parameters": OctetString(b"")}
    signer["signature_algorithm"] = needless


def with_wrapped(change: Callable[[bytes], bytes]) -> Card:
    return replace(GOOD, sod=tlv.build(0x77, change(tlv.only(GOOD.sod, 0x77))))


def indefinite(content_info: bytes) -> bytes:
    _, _, start = tlv.header(content_info)
    return b"\x30\x80" + content_info[start:] + b"\0\0"


def unsorted_attributes() -> Card:
    """Return a card whose signed attributes are in BER order, and signed just so."""
    key: Any = SIGNER.key
    swap: list[bytes] = []

    def change(signer: dict[str, Any]) -> None:
        ordered = tlv.only(signer["signed_attrs"].dump(), 0x31)
        attributes = [tlv.build(tag, value) for tag, value in tlv.walk(ordered)]
        swap.extend((ordered, b"".join(reversed(attributes))))
        message = tlv.build(0x31, swap[1])
        signer["signature"] = key.sign(message, ec.ECDSA(hashes.SHA256()))

    card = forged(signer=change)
    ordered, reversed_ = swap
    assert card.sod.count(ordered) == 1
    return replace(card, sod=card.sod.replace(ordered, reversed_))


def through_link() -> Card:
    new = pki.make_csca("New CSCA", years=(2024, 2044))
    link = pki.make_link(CSCA, new)
    trust = replace(TRUST, links=(link,))
    return signed_by(pki.make_signer(new, years=(2025, 2035)), trust=trust)


def through_link_of_stranger() -> Card:
    new = pki.make_csca("New CSCA", years=(2024, 2044))
    link = pki.make_link(pki.make_csca(), new)
    trust = replace(TRUST, links=(link,))
    return signed_by(pki.make_signer(new, years=(2025, 2035)), trust=trust)


def through_list(signer: Authority) -> Card:
    """Return a card of a state that only a master list knows."""
    state = pki.make_csca(country="FR")
    encoded = [a.certificate.public_bytes(Encoding.DER) for a in (state, CSCA)]
    file = pki.make_master_list(encoded, signer, others=[CSCA.certificate])
    found = master_list.parse(file, TRUST, now=NOW)
    return Card(
        sod=pki.sign(GROUPS, pki.make_signer(state, country="FR")),
        trust=TrustStore(found.authorities),
        issuing_state="FRA",
    )


def with_a_list_in_place_of_hashes() -> Card:
    file = pki.make_master_list([], pki.make_list_signer(CSCA))
    return replace(GOOD, sod=tlv.build(0x77, file))


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
