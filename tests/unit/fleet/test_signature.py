"""A request is believed only from the key shown, for this purpose, about this content, now."""

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from fleet.door.signature import TOLERANCE_S, WrongClock, verify
from fleet.sandbox import authority, issue
from fleet.store.known import fingerprint
from kiosk.sync.signature import Signer
from wire.signature import BadSignature, Covered

NOW = 1_795_600_000
BODY = b"body"
AUTHORITY = authority("CA")
TERMINAL = issue("terminal-1", AUTHORITY)
OTHER = issue("terminal-2", AUTHORITY)
KEY_ID = fingerprint(TERMINAL.certificate.public_bytes(Encoding.DER))
FIELDS = Signer(TERMINAL.certificate, TERMINAL.key).sign(
    "POST", "https://fleet.example/v1/checkin", "t/t", BODY, created=NOW, tag="purpose"
)
COVERED = Covered(
    method="POST",
    authority="fleet.example",
    path="/v1/checkin",
    content_type="t/t",
    content_digest=FIELDS["Content-Digest"],
)


def check(covered: Covered = COVERED, body: bytes = BODY, **changes: Any) -> None:
    wanted: dict[str, Any] = {
        "key": TERMINAL.key.public_key(),
        "key_id": KEY_ID,
        "tag": "purpose",
        "now": NOW,
    }
    fields = FIELDS["Signature-Input"], FIELDS["Signature"]
    verify(covered, body, fields, **wanted | changes)


@pytest.mark.parametrize("off", [-TOLERANCE_S, 0, TOLERANCE_S])
def test_what_was_signed_by_the_key_shown_is_believed(off: int) -> None:
    check(now=NOW + off)


@pytest.mark.parametrize("off", [-TOLERANCE_S - 1, TOLERANCE_S + 1])
def test_what_was_signed_at_another_time_is_told_so(off: int) -> None:
    with pytest.raises(WrongClock):
        check(now=NOW + off)


@pytest.mark.parametrize(
    "changed",
    [
        lambda: check(body=b"other"),
        lambda: check(tag="another purpose"),
        lambda: check(key_id="0" * 64),
        lambda: check(key=OTHER.key.public_key()),
        lambda: check(key=ec.generate_private_key(ec.SECP256R1()).public_key()),
        lambda: check(dataclasses.replace(COVERED, method="PUT")),
        lambda: check(dataclasses.replace(COVERED, authority="other.example")),
        lambda: check(dataclasses.replace(COVERED, path="/v2/checkin")),
        lambda: check(dataclasses.replace(COVERED, content_type="t/u")),
        lambda: check(dataclasses.replace(COVERED, content_digest="sha-256=:AA==:")),
    ],
)
def test_anything_else_is_not_believed(changed: Callable[[], None]) -> None:
    with pytest.raises(BadSignature):
        changed()


def test_a_wrong_key_is_never_told_the_time() -> None:
    with pytest.raises(BadSignature) as caught:
        check(key=OTHER.key.public_key(), now=NOW + 9999)
    assert not isinstance(caught.value, WrongClock)
