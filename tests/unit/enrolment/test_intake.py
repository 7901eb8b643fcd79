"""The register takes a record once, and says by code why it takes another not."""

import hashlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrolment import intake
from enrolment.intake import Envelope, Fresh, Refusal, Replay, Stored, admit, check, decide
from tests.support.enrolment_records import TERMINAL, record
from wire.record import CONTENT_TYPE, LARGEST_SEALED_BYTES, SUITE, SealSuite

RECORD = record()
BODY = b"sealed"
DIGEST = hashlib.sha256(BODY)
ENVELOPE = Envelope(
    terminal=TERMINAL,
    record_id=RECORD.record_id,
    content_type=CONTENT_TYPE,
    content_length=len(BODY),
    content_digest=intake.content_digest(DIGEST.digest()),
    suite=SUITE,
    key_id="k1",
)
STORED = Stored(TERMINAL, DIGEST.hexdigest(), "the.receipt.given")


def test_a_proper_envelope_is_admitted() -> None:
    assert (
        admit(
            ENVELOPE, opened_keys={"k1": SUITE, "k2": SealSuite.MLKEM768_X25519}, retired_keys=set()
        )
        is None
    )


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"record_id": "7"}, intake.MALFORMED),
        ({"record_id": RECORD.record_id.upper()}, intake.MALFORMED),
        ({"content_length": LARGEST_SEALED_BYTES + 1}, intake.TOO_LARGE),
        ({"content_type": "application/json"}, intake.WRONG_TYPE),
        ({"suite": "HPKE-other"}, intake.WRONG_TYPE),
        ({"suite": SealSuite.MLKEM768_X25519}, intake.WRONG_TYPE),
        ({"key_id": "k9"}, intake.WRONG_TYPE),
        ({"key_id": "k0"}, intake.KEY_RETIRED),
    ],
)
def test_another_envelope_is_refused_with_its_code(
    change: dict[str, object], refusal: Refusal
) -> None:
    envelope = replace(ENVELOPE, **change)  # type: ignore[arg-type]
    assert admit(envelope, opened_keys={"k1": SUITE}, retired_keys={"k0"}) == refusal


def test_an_unknown_length_is_admitted_and_bounded_later() -> None:
    assert (
        admit(
            replace(ENVELOPE, content_length=None), opened_keys={"k1": SUITE}, retired_keys={"k0"}
        )
        is None
    )
    assert decide(ENVELOPE, b"\0" * (LARGEST_SEALED_BYTES + 1), None) == intake.TOO_LARGE


def test_a_new_record_is_fresh() -> None:
    assert decide(ENVELOPE, BODY, None) == Fresh(DIGEST.hexdigest())


def test_the_same_record_again_is_a_replay() -> None:
    assert decide(ENVELOPE, BODY, STORED) == Replay("the.receipt.given")


@pytest.mark.parametrize("stored", [replace(STORED, digest="00"), replace(STORED, terminal="T-2")])
def test_anything_else_under_a_stored_id_is_a_conflict(stored: Stored) -> None:
    assert decide(ENVELOPE, BODY, stored) == intake.CONFLICT


@given(st.binary(max_size=30).filter(lambda body: body != BODY))
def test_bytes_that_are_not_those_announced_are_refused(body: bytes) -> None:
    assert decide(ENVELOPE, body, None) == intake.UNSEALABLE
    assert decide(ENVELOPE, body, STORED) == intake.UNSEALABLE


def test_a_record_is_what_its_envelope_says() -> None:
    assert check(RECORD, ENVELOPE) is None


@pytest.mark.parametrize("other", [record(), record(record_id=RECORD.record_id, terminal="T-002")])
def test_a_record_of_another_place_is_malformed(other: object) -> None:
    assert check(other, ENVELOPE) == intake.MALFORMED  # type: ignore[arg-type]


def test_who_asks_too_often_is_told_when_to_come_again() -> None:
    assert intake.too_many(0.2).wait_s == 1
    assert intake.too_many(7.1).wait_s == 8


def test_those_whom_a_busy_register_sends_away_do_not_all_come_back_at_once() -> None:
    assert {intake.busy(chance / 10).wait_s for chance in range(11)} == set(range(1, 11))
