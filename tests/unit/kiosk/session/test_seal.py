"""What is sealed opens at the register, at its own place, and nowhere else."""

import pytest
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from enrolment.unseal import MalformedRecord, Unsealable, opener, unseal
from kiosk.session.seal import seal
from tests.support.enrolment_records import CANARY_NAME, TERMINAL, record
from wire import sealing
from wire.record import SealSuite, seal_info

OPENING = X25519PrivateKey.generate()
PUBLIC = OPENING.public_key().public_bytes_raw()
ML_KEM = MLKEM768PrivateKey.generate()
HYBRID = sealing.private_key(ML_KEM.private_bytes_raw() + OPENING.private_bytes_raw())
HYBRID_PUBLIC = ML_KEM.public_key().public_bytes_raw() + PUBLIC
RECORD = record()
SEALED = seal(RECORD, register_key=PUBLIC, terminal=TERMINAL)
HYBRID_SEALED = seal(RECORD, register_key=HYBRID_PUBLIC, terminal=TERMINAL)


def opened(
    sealed: bytes = SEALED,
    *,
    key: sealing.PrivateKey = OPENING,
    terminal: str = TERMINAL,
    record_id: str = RECORD.record_id,
) -> object:
    return unseal(sealed, opens=opener(key), terminal=terminal, record_id=record_id)


def test_what_is_sealed_opens_at_the_register() -> None:
    assert opened() == RECORD


def test_nothing_of_the_record_shows_through() -> None:
    assert CANARY_NAME.encode() not in SEALED
    assert seal(RECORD, register_key=PUBLIC, terminal=TERMINAL) != SEALED


def test_another_key_does_not_open_it() -> None:
    with pytest.raises(Unsealable):
        opened(key=X25519PrivateKey.generate())


def test_another_terminal_cannot_hand_it_in() -> None:
    with pytest.raises(Unsealable):
        opened(terminal="T-002")


def test_it_cannot_be_moved_to_another_record() -> None:
    with pytest.raises(Unsealable):
        opened(record_id=record().record_id)


@given(st.integers(0, len(SEALED) - 1), st.integers(1, 255))
def test_no_byte_of_it_can_be_changed(at: int, change: int) -> None:
    altered = bytearray(SEALED)
    altered[at] ^= change
    with pytest.raises(Unsealable):
        opened(bytes(altered))


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_with_the_same_error(content: bytes) -> None:
    with pytest.raises(Unsealable):
        opened(content)


@given(st.binary(max_size=60))
def test_sealed_rubbish_is_no_record_and_is_not_repeated(content: bytes) -> None:
    info = seal_info(terminal=TERMINAL, record_id=RECORD.record_id)
    with pytest.raises(MalformedRecord) as caught:
        opened(sealing.SUITES[SealSuite.X25519].encrypt(content, OPENING.public_key(), info=info))
    assert caught.value.__cause__ is None


def test_a_record_of_another_terminal_is_not_sealed() -> None:
    with pytest.raises(ValueError, match="another terminal"):
        seal(record(terminal="T-002"), register_key=PUBLIC, terminal=TERMINAL)


def test_bytes_that_are_no_key_seal_nothing() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        seal(RECORD, register_key=b"short", terminal=TERMINAL)
    with pytest.raises(ValueError, match="32 bytes"):
        sealing.private_key(b"short")


def test_a_key_says_by_its_form_how_records_are_sealed_to_it() -> None:
    assert sealing.suite_of(PUBLIC) is SealSuite.X25519
    assert sealing.suite_of(HYBRID_PUBLIC) is SealSuite.MLKEM768_X25519


def test_what_is_sealed_for_after_quantum_computers_opens_with_both_halves() -> None:
    assert opened(HYBRID_SEALED, key=HYBRID) == RECORD


@pytest.mark.parametrize("half", ["ml_kem", "x25519"])
def test_one_half_alone_opens_nothing(half: str) -> None:
    ml_kem = MLKEM768PrivateKey.generate() if half == "x25519" else ML_KEM
    x25519 = X25519PrivateKey.generate() if half == "ml_kem" else OPENING
    other = sealing.private_key(ml_kem.private_bytes_raw() + x25519.private_bytes_raw())
    with pytest.raises(Unsealable):
        opened(HYBRID_SEALED, key=other)


def test_a_suite_cannot_be_exchanged_for_the_other() -> None:
    with pytest.raises(Unsealable):
        opened(HYBRID_SEALED, key=OPENING)
    with pytest.raises(Unsealable):
        opened(SEALED, key=HYBRID)


@pytest.mark.parametrize("change", [{"terminal": "T-002"}, {"record_id": record().record_id}])
def test_the_hybrid_binds_a_record_to_its_place_too(change: dict[str, str]) -> None:
    with pytest.raises(Unsealable):
        opened(HYBRID_SEALED, key=HYBRID, **change)
