"""Signatures are those of RFC 9421: an independent implementation agrees."""

import dataclasses
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.x509.oid import NameOID
from http_message_signatures import HTTPMessageVerifier, HTTPSignatureKeyResolver, algorithms
from hypothesis import given
from hypothesis import strategies as st

from kiosk.sync.signature import Signer
from wire import signing
from wire.signature import (
    BadSignature,
    Covered,
    Parameters,
    apart,
    authority,
    content_digest,
    headers,
    parse,
    signature_base,
)

URL = "https://fleet.example:8443/v1/checkin"
BODY = b"what is sent"
TYPE = "application/vnd.kiosk.checkin.v1+msgpack"
PARAMETERS = Parameters(
    created=1, key_id="0" * 64, algorithm="ed25519", nonce="a" * 32, tag="kiosk-checkin-v1"
)
MORE = dataclasses.replace(PARAMETERS, more=("enc-suite", "trail-head"))
COVERED = Covered(
    method="POST", authority="a", path="/p", content_type="t/t", content_digest="sha-256=:AA==:"
)


def certificate(key: Any) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "terminal")])
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now)
        .not_valid_after(now + timedelta(days=1))
        .sign(key, None if isinstance(key, ed25519.Ed25519PrivateKey) else hashes.SHA256())
    )


class OneKey(HTTPSignatureKeyResolver):
    """Knows one key."""

    def __init__(self, key: Any) -> None:
        self.key = key

    def resolve_public_key(self, key_id: str) -> Any:
        assert len(key_id) == 64
        return self.key.public_key()


@pytest.mark.parametrize(
    ("key", "algorithm"),
    [
        (ed25519.Ed25519PrivateKey.generate(), algorithms.ED25519),
        (ec.generate_private_key(ec.SECP256R1()), algorithms.ECDSA_P256_SHA256),
    ],
    ids=["ed25519", "p256"],
)
def test_another_implementation_verifies_what_a_terminal_signs(key: Any, algorithm: Any) -> None:
    signer = Signer(certificate(key), key)
    created = int(datetime.now(UTC).timestamp())
    fields = signer.sign("POST", URL, TYPE, BODY, created=created, tag="kiosk-checkin-v1")
    request = requests.Request("POST", URL, data=BODY, headers=fields).prepare()
    verifier = HTTPMessageVerifier(signature_algorithm=algorithm, key_resolver=OneKey(key))
    (result,) = verifier.verify(request, max_age=timedelta(minutes=5))
    assert set(result.covered_components) - {'"@signature-params"'} == {
        '"@method"',
        '"@authority"',
        '"@path"',
        '"content-type"',
        '"content-digest"',
    }
    assert result.parameters["tag"] == "kiosk-checkin-v1"


def test_the_base_is_spelt_as_the_standard_spells_it() -> None:
    assert signature_base(COVERED, PARAMETERS).decode() == (
        '"@method": POST\n"@authority": a\n"@path": /p\n"content-type": t/t\n'
        '"content-digest": sha-256=:AA==:\n'
        '"@signature-params": ("@method" "@authority" "@path" "content-type" "content-digest")'
        f';created=1;keyid="{"0" * 64}";alg="ed25519";nonce="{"a" * 32}"'
        ';tag="kiosk-checkin-v1"'
    )


def test_what_is_written_into_the_fields_is_read_from_them() -> None:
    fields = headers(PARAMETERS, b"signature")
    assert parse(fields["Signature-Input"], fields["Signature"]) == (PARAMETERS, b"signature")


@pytest.mark.parametrize("name", ["method", "authority", "path", "content_type", "content_digest"])
@pytest.mark.parametrize("value", ["", "a\nb", "a\rb", "ü"])
def test_no_component_can_bring_a_line_of_its_own(name: str, value: str) -> None:
    given_as: dict[str, Any] = {name: value}
    changed = dataclasses.replace(COVERED, **given_as)
    with pytest.raises(BadSignature):
        signature_base(changed, PARAMETERS)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"content-digest"', '"content-length"'),
        (' "content-digest"', ""),
        (";created=1", ""),
        ("ed25519", "hmac-sha256"),
        ("terminal=", "sig1="),
        ("0" * 64, "0" * 63),
        (";tag=", ";expires="),
        (";nonce=", ";expires="),
        ("aaaa", "aaa"),
    ],
)
def test_another_profile_is_refused(old: str, new: str) -> None:
    fields = headers(PARAMETERS, b"signature")
    with pytest.raises(BadSignature):
        parse(fields["Signature-Input"].replace(old, new), fields["Signature"])


def test_further_fields_are_signed_after_the_five_and_asked_for_by_name() -> None:
    covered = dataclasses.replace(COVERED, more=(("enc-suite", "s"), ("trail-head", "h")))
    lines = signature_base(covered, MORE).decode().splitlines()
    assert lines[5:7] == ['"enc-suite": s', '"trail-head": h']
    assert '"content-digest" "enc-suite" "trail-head");' in lines[7]
    fields = headers(MORE, b"signature")
    read = fields["Signature-Input"], fields["Signature"]
    assert parse(*read, more=MORE.more) == (MORE, b"signature")
    for other in ((), ("trail-head", "enc-suite"), ("enc-suite",)):
        with pytest.raises(BadSignature):
            parse(*read, more=other)


@pytest.mark.parametrize("value", ["", "a\nb", "ü"])
def test_no_further_field_can_bring_a_line_of_its_own(value: str) -> None:
    with pytest.raises(BadSignature):
        signature_base(dataclasses.replace(COVERED, more=(("enc-suite", value),)), MORE)


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_fields_are_a_signature_or_refused(named: str, value: str) -> None:
    with pytest.raises(BadSignature):
        parse(named, value)


def test_a_key_that_is_not_the_certificates_signs_nothing() -> None:
    mine, other = ed25519.Ed25519PrivateKey.generate(), ed25519.Ed25519PrivateKey.generate()
    with pytest.raises(ValueError, match="not the one"):
        Signer(certificate(mine), other)


def test_a_key_of_another_curve_signs_nothing() -> None:
    key = ec.generate_private_key(ec.SECP384R1())
    with pytest.raises(ValueError, match="neither"):
        Signer(certificate(key), key)


class SoftwareMachine:
    """Signs as a TPM does."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.public = self.key.public_key()

    def sign(self, content: bytes) -> bytes:
        return signing.sign(self.key, content)


def signed_twice(machine: SoftwareMachine, created: int) -> dict[str, str]:
    key = ed25519.Ed25519PrivateKey.generate()
    signer = Signer(certificate(key), key, machine=machine)
    return signer.sign("POST", URL, TYPE, BODY, created=created, tag="kiosk-checkin-v1")


def covered_of(body: bytes) -> Covered:
    return Covered(
        method="POST",
        authority="fleet.example:8443",
        path="/v1/checkin",
        content_type=TYPE,
        content_digest=content_digest(body),
    )


def test_another_implementation_verifies_what_the_machine_signs_beside_the_terminal() -> None:
    machine = SoftwareMachine()
    fields = signed_twice(machine, int(datetime.now(UTC).timestamp()))
    _, (by_input, by_signature) = apart(fields["Signature-Input"], fields["Signature"])
    fields |= {"Signature-Input": by_input, "Signature": by_signature}
    request = requests.Request("POST", URL, data=BODY, headers=fields).prepare()
    verifier = HTTPMessageVerifier(
        signature_algorithm=algorithms.ECDSA_P256_SHA256, key_resolver=OneKey(machine.key)
    )
    (result,) = verifier.verify(request, max_age=timedelta(minutes=5))
    assert result.label == "machine"
    assert '"content-digest"' in result.covered_components


def test_a_machines_signature_counts_for_its_own_request_and_moment_alone() -> None:
    machine = SoftwareMachine()
    fields, later = signed_twice(machine, 100), signed_twice(machine, 101)
    terminal, own = apart(fields["Signature-Input"], fields["Signature"])
    _, of_another = apart(later["Signature-Input"], later["Signature"])
    said, _ = parse(*terminal)
    signing.verify_machine(machine.public, covered_of(BODY), own, said)
    for public, body, of_machine in (
        (machine.public, BODY, of_another),
        (machine.public, b"other", own),
        (SoftwareMachine().public, BODY, own),
        (machine.public, BODY, terminal),
        (machine.public, BODY, ("", "")),
    ):
        with pytest.raises(BadSignature):
            signing.verify_machine(public, covered_of(body), of_machine, said)


def test_whoever_asks_for_one_signature_is_given_no_second() -> None:
    fields = signed_twice(SoftwareMachine(), 100)
    with pytest.raises(BadSignature):
        parse(fields["Signature-Input"], fields["Signature"])


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("https://Register.example/records", "register.example"),
        ("https://register.example:443/records", "register.example"),
        ("https://register.example:8443", "register.example:8443"),
        ("http://10.0.2.2:80/", "10.0.2.2"),
        ("https://[2001:DB8::1]:443", "[2001:db8::1]"),
    ],
)
def test_a_server_is_named_as_the_request_names_it(url: str, said: str) -> None:
    address = urlsplit(url)
    assert authority(address.scheme, address.hostname, address.port) == said
