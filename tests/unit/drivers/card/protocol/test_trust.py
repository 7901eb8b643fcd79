"""Whom we believe, and who is refused."""

import datetime as dt

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa

from drivers.card.protocol.certificate import fingerprint, issued, public_key
from drivers.card.protocol.curves import BY_PARAMETER_ID
from drivers.card.protocol.errors import CardUnreadable, SignerExpired, SignerUnknown
from drivers.card.protocol.trust import TrustStore
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
RSA_KEY = rsa.generate_private_key(65537, 2048)
BRAINPOOL = BY_PARAMETER_ID[13]


def _check(signer: Made, *authorities: Made, now: dt.datetime = NOW) -> x509.Certificate:
    store = TrustStore(tuple(made.certificate for made in authorities))
    return store.check(signer.certificate, now=now)


def test_a_signer_that_a_trusted_authority_issued_is_believed() -> None:
    assert _check(SIGNER, authority("Other"), CSCA) == CSCA.certificate


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
    assert _check(make("Signer", CSCA, extensions=extensions), CSCA) == CSCA.certificate


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
    assert _check(SIGNER, CSCA, now=last) == CSCA.certificate
    with pytest.raises(SignerExpired):
        _check(SIGNER, CSCA, now=last + dt.timedelta(seconds=1))


def test_an_authority_renewed_under_its_key_is_as_good() -> None:
    old = authority(key=CSCA.key, years=(2010, 2020))
    assert _check(SIGNER, old, CSCA) == CSCA.certificate


@pytest.mark.parametrize(
    "rsa_padding",
    [padding.PKCS1v15(), padding.PSS(padding.MGF1(hashes.SHA256()), 32)],
    ids=["PKCS 1", "PSS"],
)
def test_an_rsa_authority_is_believed(rsa_padding: object) -> None:
    root = authority(key=RSA_KEY, rsa_padding=rsa_padding)
    assert _check(make("Signer", root, rsa_padding=rsa_padding), root) == root.certificate


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
    assert _check(signer, spelt) == spelt.certificate


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


def test_the_fingerprint_is_sha_256_of_the_certificate() -> None:
    assert fingerprint(CSCA.certificate) == CSCA.certificate.fingerprint(hashes.SHA256())
