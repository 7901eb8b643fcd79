"""The terminal seals to the register's present key, and to no key that another offers."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from enrolment.receipts import sign
from kiosk.sync.jws import BadSignature
from kiosk.sync.register_keys import RegisterKeys
from wire.record import Receipt, SealSuite, Verdict
from wire.register_keys import KeySet, SealKey

REGISTER = Ed25519PrivateKey.generate()
OLD, NEW, FIRST = b"o" * 32, b"n" * 32, b"f" * 32
HYBRID_SUITE = SealSuite.MLKEM768_X25519
OFFER = KeySet(
    (
        SealKey("new", NEW, "2027-06-01T00:00:00+00:00"),
        SealKey("old", OLD, "2027-01-01T00:00:00+00:00"),
    )
)
IN_2026 = 1_790_000_000.0
IN_2030 = 1_900_000_000.0


def keys(folder: Path, *, at: float = IN_2026) -> RegisterKeys:
    return RegisterKeys(
        folder / "keys.jws", signer=REGISTER.public_key(), provisioned=FIRST, clock=lambda: at
    )


def offer(content: KeySet = OFFER, by: Ed25519PrivateKey = REGISTER) -> bytes:
    return sign(content, by.sign).encode()


def test_without_news_the_key_of_the_setup_serves(tmp_path: Path) -> None:
    assert keys(tmp_path).current() == FIRST


def test_the_first_key_that_is_offered_now_serves(tmp_path: Path) -> None:
    keys(tmp_path).keep(offer())
    assert keys(tmp_path).current() == NEW
    reversed_ = KeySet((OFFER.keys[1], OFFER.keys[0]))
    keys(tmp_path).keep(offer(reversed_))
    assert keys(tmp_path).current() == OLD
    assert keys(tmp_path, at=1_800_000_000.0).current() == NEW


def test_a_terminal_without_news_for_years_seals_to_the_latest_it_knows(tmp_path: Path) -> None:
    keys(tmp_path).keep(offer())
    assert keys(tmp_path, at=IN_2030).current() == NEW


@pytest.mark.parametrize(
    "bad",
    [
        offer(by=Ed25519PrivateKey.generate()),
        offer() + b"x",
        b"",
        b"\xff.\xff.\xff",
        offer(KeySet((SealKey("short", b"short", "2027-06-01T00:00:00+00:00"),))),
        offer(KeySet((SealKey("half", NEW, "2027-06-01T00:00:00+00:00", HYBRID_SUITE),))),
        sign(Receipt("id", "T-001", "d", Verdict.ACCEPTED, "t"), REGISTER.sign).encode(),
    ],
    ids=["another", "altered", "empty", "bytes", "short", "half", "receipt"],
)
def test_an_offer_that_is_none_is_neither_kept_nor_believed(tmp_path: Path, bad: bytes) -> None:
    keys(tmp_path).keep(offer())
    with pytest.raises(BadSignature):
        keys(tmp_path).keep(bad)
    assert keys(tmp_path).current() == NEW
    (tmp_path / "keys.jws").write_bytes(bad)
    assert keys(tmp_path).current() == FIRST


def test_a_hybrid_key_serves_where_the_register_offers_one_first(tmp_path: Path) -> None:
    hybrid = SealKey("hybrid", b"h" * 1216, "2028-01-01T00:00:00+00:00", HYBRID_SUITE)
    keys(tmp_path).keep(offer(KeySet((hybrid, *OFFER.keys))))
    assert keys(tmp_path).current() == hybrid.public


def test_a_key_of_another_suite_is_passed_over(tmp_path: Path) -> None:
    later = SealKey("later", b"h" * 32, "2028-01-01T00:00:00+00:00", suite="HPKE-later")
    keys(tmp_path).keep(offer(KeySet((later, *OFFER.keys))))
    assert keys(tmp_path).current() == NEW
    keys(tmp_path).keep(offer(KeySet((later,))))
    assert keys(tmp_path).current() == FIRST
