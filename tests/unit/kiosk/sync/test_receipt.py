"""A payload is erased only on the register's own word about exactly these bytes."""

import base64
import hashlib
import json

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from enrolment.receipts import sign
from kiosk.sync.receipt import BadReceipt, verify
from wire.record import Receipt, Verdict

KEY = Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)
SEALED = b"sealed bytes"
RECEIPT = Receipt(
    record_id="id",
    terminal="T-001",
    digest=hashlib.sha256(SEALED).hexdigest(),
    verdict=Verdict.ACCEPTED,
    received_at="2026-11-23T10:00:00+00:00",
)


def check(jws: str) -> Receipt:
    return verify(jws, key=KEY.public_key(), record_id="id", terminal="T-001", sealed=SEALED)


def signed(header: bytes, payload: bytes, key: Ed25519PrivateKey = KEY) -> str:
    parts = [base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in (header, payload)]
    signature = key.sign(".".join(parts).encode())
    return ".".join([*parts, base64.urlsafe_b64encode(signature).rstrip(b"=").decode()])


def test_the_registers_receipt_holds() -> None:
    assert check(sign(RECEIPT, KEY.sign)) == RECEIPT


def test_anothers_signature_does_not_hold() -> None:
    with pytest.raises(BadReceipt):
        check(sign(RECEIPT, Ed25519PrivateKey.generate().sign))


@pytest.mark.parametrize(
    "change", [{"record_id": "other"}, {"terminal": "T-002"}, {"digest": "00" * 32}]
)
def test_a_receipt_about_something_else_does_not_hold(change: dict[str, str]) -> None:
    with pytest.raises(BadReceipt):
        check(sign(msgspec.structs.replace(RECEIPT, **change), KEY.sign))


@pytest.mark.parametrize(
    "header",
    [
        b'{"alg":"none"}',
        b'{"alg":"HS256"}',
        b'{"alg":"EdDSA","crit":["b64"],"b64":false}',
        b"{}",
        b"not json",
        b"\xff",
    ],
)
def test_another_kind_of_signature_does_not_hold(header: bytes) -> None:
    with pytest.raises(BadReceipt):
        check(signed(header, msgspec.json.encode(RECEIPT)))


@pytest.mark.parametrize("payload", [b"{}", b"[]", b"\xff", json.dumps({"verdict": 1}).encode()])
def test_a_signed_payload_that_is_no_receipt_does_not_hold(payload: bytes) -> None:
    with pytest.raises(BadReceipt):
        check(signed(b'{"alg":"EdDSA"}', payload))


@given(st.text(max_size=80))
def test_any_text_is_refused_with_the_same_error(text: str) -> None:
    with pytest.raises(BadReceipt):
        check(text)


@given(st.data())
def test_no_character_of_a_receipt_can_be_changed(data: st.DataObject) -> None:
    jws = sign(RECEIPT, KEY.sign)
    at = data.draw(st.integers(0, len(jws) - 1))
    other = data.draw(st.characters(codec="ascii").filter(lambda c: c != jws[at]))
    changed = jws[:at] + other + jws[at + 1 :]
    try:
        assert check(changed) == RECEIPT  # unused bits at the end of base64url
        assert at == len(jws) - 1
    except BadReceipt:
        pass
