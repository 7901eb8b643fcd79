"""EF.SOD: what is believed, what is refused, and why."""

import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from asn1crypto import algos, cms, core
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import dsa, ec, rsa
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.card.personalise.suite import pss_parameters
from drivers.card.protocol import security_object, tlv
from drivers.card.protocol.errors import CardUnreadable, DataChanged, SignatureBad
from drivers.card.protocol.signature import holds
from drivers.card.protocol.standard_curves import BY_PARAMETER_ID
from drivers.errors import DeviceError
from tests.support.certificates import NOW, explicit, make, with_explicit_parameters
from tests.support.security_objects import Change, Recipe, build

GROUPS = {1: b"data group one", 2: b"data group two", 14: b"data group fourteen"}
SIGNER = make("Signer")
OTHER = make("Other")
RSA_FORGER = make("RSA forger", key=rsa.generate_private_key(65537, 2048))
RSA_SIGNER = make("RSA signer", key=rsa.generate_private_key(65537, 2048))
GOOD = build(GROUPS, SIGNER.certificate, SIGNER.key)
_ECDSA = ec.ECDSA(hashes.SHA256())


def _sod(**changes: Any) -> bytes:
    return build(GROUPS, SIGNER.certificate, SIGNER.key, Recipe(**changes))


def test_a_good_security_object_names_its_signer_and_its_digests() -> None:
    signed = security_object.parse(GOOD)
    assert signed.signer == SIGNER.certificate
    assert signed.file_digest == hashlib.sha256(GOOD).digest()
    for number, file in GROUPS.items():
        signed.check(number, file)


def test_a_changed_data_group_is_told() -> None:
    with pytest.raises(DataChanged, match="DG2"):
        security_object.parse(GOOD).check(2, b"data group tvo")


def test_a_data_group_that_the_object_does_not_know_is_not_believed() -> None:
    with pytest.raises(DataChanged, match="DG3"):
        security_object.parse(GOOD).check(3, b"data group three")


@pytest.mark.parametrize("digest", ["sha224", "sha256", "sha384", "sha512"])
@pytest.mark.parametrize("scheme", ["ecdsa", "rsa", "plain_rsa", "pss"])
def test_each_signature_algorithm_that_we_take_is_verified(digest: str, scheme: str) -> None:
    signer = SIGNER if scheme == "ecdsa" else RSA_SIGNER
    recipe = Recipe(digest=digest, scheme=scheme)
    security_object.parse(build(GROUPS, signer.certificate, signer.key, recipe))
    forger = OTHER if scheme == "ecdsa" else RSA_FORGER
    with pytest.raises(SignatureBad):
        security_object.parse(build(GROUPS, signer.certificate, forger.key, recipe))


def test_a_signer_that_spells_its_curve_out_is_verified() -> None:
    curve = BY_PARAMETER_ID[13]
    made = make("Signer", key=ec.generate_private_key(ec.BrainpoolP256R1()))
    spelt = with_explicit_parameters(made, explicit(curve))
    assert security_object.parse(build(GROUPS, spelt.certificate, spelt.key)).digests


def test_version_one_carries_version_information() -> None:
    def version_one(lds: dict[str, Any]) -> None:
        lds.update(version=1, lds_version={"lds": "0108", "unicode": "040000"})

    assert security_object.parse(_sod(lds=version_one)).digests


def _inside(certificate: Any) -> cms.CertificateChoices:
    encoded = certificate.public_bytes(serialization.Encoding.DER)
    return cms.CertificateChoices(name="certificate", value=asn1_x509.Certificate.load(encoded))


def _twice(signed: dict[str, Any]) -> None:
    signed["signer_infos"] = list(signed["signer_infos"]) * 2


def _attribute_certificate(signed: dict[str, Any]) -> None:
    other = cms.OtherCertificateFormat(
        {"other_cert_format": "1.2.3.4", "other_cert": core.Integer(1)}
    )
    signed["certificates"] = [cms.CertificateChoices(name="other", value=other)]


def _by_key_identifier(signer: dict[str, Any]) -> None:
    signer["sid"] = cms.SignerIdentifier(name="subject_key_identifier", value=bytes(20))


FORMS: dict[str, dict[str, Change]] = {
    "two signers": {"signed": _twice},
    "no signer": {"signed": lambda s: s.update(signer_infos=[])},
    "no certificate": {"signed": lambda s: s.pop("certificates")},
    "two certificates": {
        "signed": lambda s: s["certificates"].append(_inside(OTHER.certificate)),
    },
    "something else than a certificate": {"signed": _attribute_certificate},
    "another content type": {
        "signed": lambda s: s["encap_content_info"].update(content_type="data"),
    },
    "another CMS version": {"signed": lambda s: s.update(version="v4")},
    "another signer version": {"signer": lambda s: s.update(version="v3")},
    "a signer named by key identifier": {"signer": _by_key_identifier},
    "revocation lists": {"signed": lambda s: s.update(crls=[])},
    "unsigned attributes": {"signer": lambda s: s.update(unsigned_attrs=[])},
    "another digest beside": {
        "signed": lambda s: s.update(digest_algorithms=[{"algorithm": "sha512"}]),
    },
    "no digest beside": {"signed": lambda s: s.update(digest_algorithms=[])},
    "SHA-1 over the data groups": {
        "lds": lambda o: o.update(algorithm={"algorithm": "sha1"}),
    },
    "a signature algorithm of another digest": {
        "signer": lambda s: s.update(signature_algorithm={"algorithm": "sha512_ecdsa"}),
    },
    "a signature algorithm of another key": {
        "signer": lambda s: s.update(signature_algorithm={"algorithm": "sha256_rsa"}),
    },
    "no signed attributes": {"signer": lambda s: s.pop("signed_attrs")},
    "no content type signed": {"attributes": lambda a: a.pop("content_type")},
    "another content type signed": {"attributes": lambda a: a.update(content_type=["data"])},
    "two content types signed": {
        "attributes": lambda a: a.update(content_type=a["content_type"] * 2),
    },
    "no digest signed": {"attributes": lambda a: a.pop("message_digest")},
    "two digests signed": {
        "attributes": lambda a: a.update(message_digest=[*a["message_digest"], bytes(32)]),
    },
    "a version that does not exist": {"lds": lambda o: o.update(version=2)},
    "version zero with version information": {
        "lds": lambda o: o.update(lds_version={"lds": "0107", "unicode": "040000"}),
    },
    "version one without version information": {"lds": lambda o: o.update(version=1)},
    "a data group named twice": {"lds": lambda o: o.update(hashes=[*o["hashes"], o["hashes"][0]])},
}


@pytest.mark.parametrize("form", FORMS)
def test_another_form_than_agreed_is_refused(form: str) -> None:
    with pytest.raises(CardUnreadable):
        security_object.parse(_sod(**FORMS[form]))


RSA_FORMS: dict[str, Change] = {
    "another digest in the parameters": lambda s: s["signature_algorithm"].update(
        parameters=pss_parameters("sha512")
    ),
    "another mask digest": lambda s: s["signature_algorithm"].update(
        parameters=pss_parameters("sha256", mask="sha512")
    ),
    "SHA-1 by default": lambda s: s["signature_algorithm"].update(
        parameters=algos.RSASSAPSSParams.load(b"\x30\x00")
    ),
    "an algorithm of another key": lambda s: s.update(
        signature_algorithm={"algorithm": "sha256_ecdsa"}
    ),
    "another digest in the name": lambda s: s.update(
        signature_algorithm={"algorithm": "sha512_rsa"}
    ),
}


@pytest.mark.parametrize("form", RSA_FORMS)
def test_rsa_parameters_that_contradict_the_rest_are_refused(form: str) -> None:
    recipe = Recipe(scheme="pss", signer=RSA_FORMS[form])
    with pytest.raises(CardUnreadable):
        security_object.parse(build(GROUPS, RSA_SIGNER.certificate, RSA_SIGNER.key, recipe))


def test_another_salt_length_than_named_is_a_bad_signature() -> None:
    def salt(signer: dict[str, Any]) -> None:
        signer["signature_algorithm"].update(parameters=pss_parameters("sha256", salt=20))

    recipe = Recipe(scheme="pss", signer=salt)
    with pytest.raises(SignatureBad):
        security_object.parse(build(GROUPS, RSA_SIGNER.certificate, RSA_SIGNER.key, recipe))


@pytest.mark.parametrize(
    "content",
    [
        lambda encoded: encoded + b"\0",
        lambda encoded: encoded.replace(b"\x02\x01\x00", b"\x02\x02\x00\x00", 1),
        lambda _: b"",
        lambda _: b"\x04\x00",
    ],
    ids=["a byte left over", "a length that does not fit", "nothing", "another type"],
)
def test_signed_hashes_that_are_malformed_are_refused(content: Callable[[bytes], bytes]) -> None:
    with pytest.raises(CardUnreadable):
        security_object.parse(_sod(content=content))


def test_a_signed_attribute_that_comes_twice_is_refused() -> None:
    again = {"type": "message_digest", "values": [bytes(32)]}
    with pytest.raises(CardUnreadable, match="twice"):
        security_object.parse(_sod(more_attributes=(again,)))


def test_other_signed_attributes_do_not_matter() -> None:
    time = {"type": "signing_time", "values": [core.UTCTime(NOW)]}
    assert security_object.parse(_sod(more_attributes=(time,))).digests


def test_a_kind_of_key_that_we_do_not_take_is_refused() -> None:
    key = dsa.generate_private_key(2048).public_key()
    info = cms.SignedDigestAlgorithm({"algorithm": "sha256_dsa"})
    with pytest.raises(CardUnreadable):
        holds(key, b"", b"", algorithm=info, digest="sha256")


BAD: dict[str, dict[str, Change]] = {
    "no content": {"signed": lambda s: s["encap_content_info"].pop("content")},
    "a content of another hash": {
        "attributes": lambda a: a.update(message_digest=[bytes(32)]),
    },
    "another certificate inside": {
        "signed": lambda s: s.update(certificates=[_inside(OTHER.certificate)]),
    },
    "another signature": {"signer": lambda s: s.update(signature=OTHER.key.sign(b"", _ECDSA))},
    "no signature": {"signer": lambda s: s.update(signature=b"")},
}


@pytest.mark.parametrize("case", BAD)
def test_a_signature_that_does_not_hold_is_told(case: str) -> None:
    with pytest.raises(SignatureBad):
        security_object.parse(_sod(**BAD[case]))


def test_something_else_than_signed_data_is_refused() -> None:
    info = cms.ContentInfo({"content_type": "data", "content": b""})
    with pytest.raises(CardUnreadable, match="no signed data"):
        security_object.parse(tlv.build(0x77, info.dump()))


def test_bytes_behind_or_around_the_object_are_refused() -> None:
    for file in (GOOD + b"\0", tlv.build(0x77, tlv.only(GOOD, 0x77) + b"\0"), GOOD[1:], b""):
        with pytest.raises(CardUnreadable):
            security_object.parse(file)


def test_no_changed_byte_goes_unnoticed() -> None:
    """Each byte of a security object is signed, or checked, or not there."""
    unnoticed = []
    for position in range(len(GOOD)):
        changed = bytearray(GOOD)
        changed[position] ^= 1
        try:
            security_object.parse(bytes(changed))
        except DeviceError:
            continue
        unnoticed.append(position)
    certificate = SIGNER.certificate.public_bytes(serialization.Encoding.DER)
    start = GOOD.index(certificate)
    outside = [at for at in unnoticed if not start <= at < start + len(certificate)]
    assert outside == [], "the certificate is its authority's to sign, the rest is ours"


@settings(max_examples=300)
@given(
    edits=st.lists(
        st.tuples(st.integers(0, len(GOOD) - 1), st.binary(max_size=4), st.integers(0, 4)),
        min_size=1,
        max_size=4,
    )
)
def test_whatever_comes_only_our_own_errors_leave(edits: list[tuple[int, bytes, int]]) -> None:
    changed = GOOD
    for position, put, taken in edits:
        changed = changed[:position] + put + changed[position + taken :]
    try:
        security_object.parse(changed)
    except DeviceError as error:
        assert error.code.startswith("card.")  # noqa: PT017  (any of them)


def test_no_repr_shows_digests() -> None:
    assert "digests" not in repr(security_object.parse(GOOD))
