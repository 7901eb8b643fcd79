"""Cards of a signer that went astray, each in one way: what they carry and who vouches for it."""

import datetime as dt
import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

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
from drivers.card.personalise.suite import KeyKind, Suite
from drivers.card.protocol import master_list, revocation, security_object, tlv
from drivers.card.protocol.certificate import SIGNING_CURVES
from drivers.card.protocol.chain import Chain
from drivers.card.protocol.policy import Policy
from drivers.card.protocol.trust import TrustStore
from tests.support.certificates import (
    AUTHORITY_EXTENSIONS,
    NOW,
    Made,
    explicit,
    make,
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
