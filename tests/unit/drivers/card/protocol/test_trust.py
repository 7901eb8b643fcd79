"""Whom we believe, and who is refused."""

import datetime as dt
from itertools import pairwise

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa

from drivers.card.personalise import pki
from drivers.card.protocol import revocation
from drivers.card.protocol.certificate import fingerprint, issued, public_key
from drivers.card.protocol.certificate_profile import DOCUMENT_TYPES
from drivers.card.protocol.errors import (
    CardUnreadable,
    SignerExpired,
    SignerRevoked,
    SignerUnknown,
)
from drivers.card.protocol.revocation import Standing
from drivers.card.protocol.standard_curves import BY_PARAMETER_ID
from drivers.card.protocol.trust import MOST_LINKS, TrustStore
from tests.support.certificates import (
    AUTHORITY_EXTENSIONS,
    NOW,
    SIGNER_EXTENSIONS,
    Made,
    authority,
    explicit,
    make,
    usage,
    with_explicit_parameters,
    with_sha_1,
)

CSCA = authority()
SIGNER = make("Signer", CSCA)
CSCA_OF_PKI = pki.make_csca()
RSA_KEY = rsa.generate_private_key(65537, 2048)
BRAINPOOL = BY_PARAMETER_ID[13]


def _check(signer: Made, *authorities: Made, now: dt.datetime = NOW) -> bytes:
    store = TrustStore(tuple(made.certificate for made in authorities))
    return store.check(signer.certificate, now=now).root


def test_a_signer_that_a_trusted_authority_issued_is_believed() -> None:
    assert _check(SIGNER, authority("Other"), CSCA) == fingerprint(CSCA.certificate)


def test_an_empty_store_believes_nobody() -> None:
    with pytest.raises(SignerUnknown):
        _check(SIGNER)


def test_a_same_named_authority_with_another_key_is_a_stranger() -> None:
    with pytest.raises(SignerUnknown):
        _check(SIGNER, authority())


def test_an_authority_of_the_same_key_under_another_name_is_a_stranger() -> None:
    with pytest.raises(SignerUnknown):
        _check(SIGNER, authority("Other", key=CSCA.key))


@pytest.mark.parametrize(
    "extensions",
    [
        (),
        (usage(sign_certificates=True),),
        (x509.BasicConstraints(ca=True, path_length=0),),
        (usage(sign_documents=True), x509.BasicConstraints(ca=True, path_length=0)),
        (usage(sign_certificates=True), x509.BasicConstraints(ca=False, path_length=None)),
    ],
    ids=["no extensions", "no constraints", "no usage", "another usage", "no authority"],
)
def test_an_authority_that_may_not_issue_is_not_believed(
    extensions: tuple[x509.ExtensionType, ...],
) -> None:
    root = make("Root", extensions=extensions)
    with pytest.raises(SignerUnknown):
        _check(make("Signer", root), root)


@pytest.mark.parametrize(
    "extensions",
    [
        (),
        (usage(sign_certificates=True),),
        (usage(),),
        (usage(sign_documents=True), AUTHORITY_EXTENSIONS[1]),
    ],
    ids=["no usage", "another usage", "no usage at all", "an authority itself"],
)
def test_a_signer_that_may_not_sign_documents_is_not_believed(
    extensions: tuple[x509.ExtensionType, ...],
) -> None:
    with pytest.raises(SignerUnknown):
        _check(make("Signer", CSCA, extensions=extensions), CSCA)


def test_extensions_that_do_not_matter_change_nothing() -> None:
    key = CSCA.certificate.public_key()
    extensions = (*SIGNER_EXTENSIONS, x509.SubjectKeyIdentifier.from_public_key(key))
    assert _check(make("Signer", CSCA, extensions=extensions), CSCA) == fingerprint(
        CSCA.certificate
    )


def test_extensions_that_cannot_be_read_are_not_believed() -> None:
    rubbish = x509.UnrecognizedExtension(x509.BasicConstraints.oid, b"rubbish")
    with pytest.raises(SignerUnknown):
        _check(make("Signer", CSCA, extensions=(*SIGNER_EXTENSIONS, rubbish)), CSCA)


@pytest.mark.parametrize(
    ("signer_years", "authority_years"),
    [((2020, 2025), (2020, 2035)), ((2027, 2035), (2020, 2035)), ((2020, 2035), (2020, 2026))],
    ids=["signer expired", "signer not yet valid", "authority expired"],
)
def test_outside_its_validity_nobody_is_believed(
    signer_years: tuple[int, int], authority_years: tuple[int, int]
) -> None:
    root = authority(years=authority_years)
    with pytest.raises(SignerExpired):
        _check(make("Signer", root, years=signer_years), root)


def test_validity_is_judged_at_the_given_time() -> None:
    last = SIGNER.certificate.not_valid_after_utc
    assert _check(SIGNER, CSCA, now=last) == fingerprint(CSCA.certificate)
    with pytest.raises(SignerExpired):
        _check(SIGNER, CSCA, now=last + dt.timedelta(seconds=1))


def test_an_authority_renewed_under_its_key_is_as_good() -> None:
    old = authority(key=CSCA.key, years=(2010, 2020))
    assert _check(SIGNER, old, CSCA) == fingerprint(CSCA.certificate)


@pytest.mark.parametrize(
    "rsa_padding",
    [padding.PKCS1v15(), padding.PSS(padding.MGF1(hashes.SHA256()), 32)],
    ids=["PKCS 1", "PSS"],
)
def test_an_rsa_authority_is_believed(rsa_padding: object) -> None:
    root = authority(key=RSA_KEY, rsa_padding=rsa_padding)
    assert _check(make("Signer", root, rsa_padding=rsa_padding), root) == fingerprint(
        root.certificate
    )


def test_sha_1_is_not_believed() -> None:
    root = authority(key=RSA_KEY)
    with pytest.raises(SignerUnknown):
        _check(with_sha_1(make("Signer", root), root), root)


def test_a_kind_of_key_that_we_do_not_take_is_not_believed() -> None:
    key = ed25519.Ed25519PrivateKey.generate()
    builder = x509.CertificateBuilder(
        subject_name=CSCA.certificate.subject,
        issuer_name=CSCA.certificate.subject,
        public_key=key.public_key(),
        serial_number=1,
        not_valid_before=dt.datetime(2020, 1, 1, tzinfo=dt.UTC),
        not_valid_after=dt.datetime(2035, 1, 1, tzinfo=dt.UTC),
    )
    assert not issued(builder.sign(key, None), SIGNER.certificate)
    assert not issued(builder.sign(key, None), builder.sign(key, None))


@pytest.mark.parametrize("parameter_id", [12, 13])
@pytest.mark.parametrize("compressed", [False, True])
def test_an_authority_that_spells_its_curve_out_is_believed(
    parameter_id: int,
    compressed: bool,  # noqa: FBT001
) -> None:
    curve = BY_PARAMETER_ID[parameter_id]
    key = ec.generate_private_key({12: ec.SECP256R1, 13: ec.BrainpoolP256R1}[parameter_id]())
    parameters = explicit(curve)
    if compressed:
        generator = parameters["base"]
        parameters["base"] = bytes((2 + generator[-1] % 2,)) + generator[1:33]
    root = authority(key=key)
    signer = make("Signer", root)
    spelt = with_explicit_parameters(root, parameters)
    assert _check(signer, spelt) == fingerprint(spelt.certificate)


@pytest.mark.parametrize("part", ["base", "order", "cofactor", "a", "b", "prime"])
def test_a_curve_that_differs_in_one_number_is_no_known_curve(part: str) -> None:
    parameters = explicit(BRAINPOOL)
    if part == "base":
        # Another point of the same curve as generator is a forger's trick (CVE-2020-0601).
        parameters["base"] = BRAINPOOL.encode(BRAINPOOL.generator * 2)
    elif part in {"a", "b"}:
        parameters["curve"][part] = bytes(31) + b"\x01"
    elif part == "prime":
        parameters["field_id"]["parameters"] += 2
    else:
        parameters[part] += 2
    root = authority(key=ec.generate_private_key(ec.BrainpoolP256R1()))
    spelt = with_explicit_parameters(root, parameters)
    with pytest.raises(CardUnreadable):
        public_key(spelt.certificate)
    with pytest.raises(SignerUnknown):
        _check(make("Signer", root), spelt)


def _handed_on(times: int) -> tuple[pki.Authority, tuple[x509.Certificate, ...], pki.Authority]:
    """Return a root, the links of a key handed on so often, and a signer of the last key."""
    keys = [pki.make_csca(f"CSCA {n}", suite=pki.SIGNER_SUITE) for n in range(times + 1)]
    links = tuple(pki.make_link(old, new) for old, new in pairwise(keys))
    return keys[0], links, pki.make_signer(keys[-1])


def test_a_path_over_links_names_each_of_them() -> None:
    root, links, signer = _handed_on(3)
    # They need not be in order, and what leads nowhere does not matter.
    stray = pki.make_link(pki.make_csca(), pki.make_csca("CSCA 3"))
    store = TrustStore((root.certificate,), (*links, stray))
    chain = store.check(signer.certificate, now=NOW)
    assert chain.signer == fingerprint(signer.certificate)
    assert chain.links == tuple(fingerprint(link) for link in reversed(links))
    assert chain.root == fingerprint(root.certificate)
    assert chain.algorithms == ("sha256_ecdsa",) * 4


def test_a_path_is_valid_while_all_of_it_is() -> None:
    new = pki.make_csca("New", years=(2024, 2049))
    link = pki.make_link(CSCA_OF_PKI, new)
    signer = pki.make_signer(new, years=(2025, 2045))
    store = TrustStore((CSCA_OF_PKI.certificate,), (link,))
    chain = store.check(signer.certificate, now=NOW)
    assert chain.since == dt.datetime(2025, 1, 1, tzinfo=dt.UTC)
    assert chain.until == CSCA_OF_PKI.certificate.not_valid_after_utc


def test_the_new_key_as_a_root_needs_no_link() -> None:
    new = pki.make_csca("New", years=(2024, 2045))
    roots = (CSCA_OF_PKI.certificate, new.certificate)
    store = TrustStore(roots, (pki.make_link(CSCA_OF_PKI, new),))
    signer = pki.make_signer(new, years=(2025, 2035)).certificate
    chain = store.check(signer, now=NOW)
    assert (chain.root, chain.links) == (fingerprint(new.certificate), ())


def test_a_key_that_was_handed_on_too_often_is_not_followed() -> None:
    root, links, signer = _handed_on(MOST_LINKS)
    chain = TrustStore((root.certificate,), links).check(signer.certificate, now=NOW)
    assert len(chain.links) == MOST_LINKS
    root, links, signer = _handed_on(MOST_LINKS + 1)
    with pytest.raises(SignerUnknown):
        TrustStore((root.certificate,), links).check(signer.certificate, now=NOW)


def test_links_that_vouch_for_each_other_lead_nowhere() -> None:
    one, other = pki.make_csca("One"), pki.make_csca("Other")
    links = (pki.make_link(one, other), pki.make_link(other, one))
    with pytest.raises(SignerUnknown):
        TrustStore((), links).check(pki.make_signer(one).certificate, now=NOW)


def test_a_link_of_another_state_is_not_followed() -> None:
    new = pki.make_csca("New", country="FR", years=(2024, 2045))
    store = TrustStore((CSCA_OF_PKI.certificate,), (pki.make_link(CSCA_OF_PKI, new),))
    signer = pki.make_signer(new, country="FR", years=(2025, 2035))
    with pytest.raises(SignerUnknown):
        store.check(signer.certificate, now=NOW)


def test_an_expired_link_is_told() -> None:
    old = pki.make_csca("Old", years=(2010, 2025))
    new = pki.make_csca("New", years=(2015, 2040))
    store = TrustStore((old.certificate,), (pki.make_link(old, new),))
    with pytest.raises(SignerExpired):
        store.check(pki.make_signer(new).certificate, now=NOW)


def test_a_revoked_link_is_told() -> None:
    root, (link,), signer = _handed_on(1)
    validity = (NOW, NOW)
    revoked = revocation.parse(pki.make_revocation_list(root, [link], validity=validity))
    store = TrustStore((root.certificate,), (link,), (revoked,))
    with pytest.raises(SignerRevoked):
        store.check(signer.certificate, now=NOW)


@pytest.mark.parametrize("by_link", [False, True])
def test_a_newer_key_of_the_same_name_signs_the_list_for_the_older(
    by_link: bool,  # noqa: FBT001
) -> None:
    """A CSCA keeps one list, signed with its present key (9303-12, 7.1.4)."""
    renewed = pki.make_csca(years=(2024, 2045))
    signer = pki.make_signer(CSCA_OF_PKI)
    encoded = pki.make_revocation_list(renewed, [signer.certificate], validity=(NOW, NOW))
    revoked = (revocation.parse(encoded),)
    if by_link:
        links = (pki.make_link(CSCA_OF_PKI, renewed),)
        store = TrustStore((CSCA_OF_PKI.certificate,), links, revoked)
    else:
        roots = (CSCA_OF_PKI.certificate, renewed.certificate)
        store = TrustStore(roots, revocation_lists=revoked)
    with pytest.raises(SignerRevoked):
        store.check(signer.certificate, now=NOW)


def test_a_link_that_nobody_vouches_for_signs_no_list() -> None:
    stranger, renewed = pki.make_csca(), pki.make_csca(years=(2024, 2045))
    signer = pki.make_signer(CSCA_OF_PKI)
    encoded = pki.make_revocation_list(renewed, [signer.certificate], validity=(NOW, NOW))
    links = (pki.make_link(stranger, renewed),)
    store = TrustStore((CSCA_OF_PKI.certificate,), links, (revocation.parse(encoded),))
    assert store.check(signer.certificate, now=NOW).standing is Standing.NO_LIST


def test_a_list_of_another_name_says_nothing() -> None:
    other = pki.make_csca("Other")
    signer = pki.make_signer(CSCA_OF_PKI)
    revoked = pki.make_revocation_list(other, [signer.certificate], validity=(NOW, NOW))
    roots = (CSCA_OF_PKI.certificate, other.certificate)
    store = TrustStore(roots, revocation_lists=(revocation.parse(revoked),))
    assert store.check(signer.certificate, now=NOW).standing is Standing.NO_LIST


def test_a_signer_that_lists_no_kinds_signs_all_of_them() -> None:
    store = TrustStore((CSCA_OF_PKI.certificate,))
    signer = pki.make_signer(CSCA_OF_PKI).certificate
    chain = store.check(signer, now=NOW, issuing_state="UTO", document_code="V<")
    assert chain.signer == fingerprint(signer)


def test_a_signer_without_a_country_is_not_believed() -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    builder = x509.CertificateBuilder(
        issuer_name=CSCA.certificate.subject,
        subject_name=x509.Name([]),
        public_key=key.public_key(),
        serial_number=1,
        not_valid_before=SIGNER.certificate.not_valid_before_utc,
        not_valid_after=SIGNER.certificate.not_valid_after_utc,
    ).add_extension(SIGNER_EXTENSIONS[0], critical=True)
    with pytest.raises(SignerUnknown):
        _check(Made(builder.sign(CSCA.key, hashes.SHA256()), key), CSCA)


def test_document_types_that_cannot_be_read_are_not_believed() -> None:
    rubbish = x509.UnrecognizedExtension(DOCUMENT_TYPES, b"rubbish")
    with pytest.raises(SignerUnknown):
        _check(make("Signer", CSCA, extensions=(*SIGNER_EXTENSIONS, rubbish)), CSCA)


def test_the_fingerprint_is_sha_256_of_the_certificate() -> None:
    assert fingerprint(CSCA.certificate) == CSCA.certificate.fingerprint(hashes.SHA256())
