"""Elliptic curves as cards use them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.card.protocol.curves import BY_OID, BY_PARAMETER_ID, CURVES, Curve
from drivers.card.protocol.errors import CardUnreadable
from tests.support import known_pace as known

BRAINPOOL = BY_PARAMETER_ID[13]
P256 = BY_PARAMETER_ID[12]


def test_the_mapping_of_the_standards_example_comes_out() -> None:
    shared = BRAINPOOL.point(known.CARD_MAPPING_POINT) * known.TERMINAL_MAPPING
    mapped = BRAINPOOL.mapped(int.from_bytes(known.NONCE, "big"), shared)
    assert BRAINPOOL.encode(mapped) == known.MAPPED_GENERATOR
    assert BRAINPOOL.encode(mapped * known.CARD_AGREEMENT) == known.CARD_AGREEMENT_POINT


def test_both_ends_of_the_standards_example_agree() -> None:
    for secret, point in (
        (known.TERMINAL_AGREEMENT, known.CARD_AGREEMENT_POINT),
        (known.CARD_AGREEMENT, known.TERMINAL_AGREEMENT_POINT),
    ):
        assert BRAINPOOL.agree(secret, BRAINPOOL.point(point)) == known.SHARED


@pytest.mark.parametrize("curve", CURVES, ids=lambda curve: curve.name)
def test_points_are_read_back_on_every_curve(curve: Curve) -> None:
    encoded = curve.encode(curve.generator * 7)
    assert curve.encode(curve.point(encoded)) == encoded
    assert len(encoded) == 1 + 2 * curve.field_bytes


def test_every_curve_is_found_by_both_its_numbers() -> None:
    assert list(BY_OID.values()) == list(BY_PARAMETER_ID.values()) == list(CURVES)


@pytest.mark.parametrize(
    "encoded",
    [
        b"",
        b"\x00",
        known.CARD_MAPPING_POINT[:-1],
        b"\x06" + known.CARD_MAPPING_POINT[1:],
        known.CARD_MAPPING_POINT[:-1] + b"\x00",
        b"\x04" + bytes(64),
        b"\x04" + b"\xff" * 64,
    ],
    ids=["nothing", "infinity", "cut", "hybrid form", "off the curve", "zeros", "over the prime"],
)
def test_what_is_no_point_of_the_curve_is_refused(encoded: bytes) -> None:
    with pytest.raises(CardUnreadable):
        BRAINPOOL.point(encoded)


def test_a_coordinate_counted_past_the_prime_is_refused() -> None:
    prime = P256.library.curve.p()
    x = 5
    while not P256.library.curve.contains_point(
        x, y := pow(_right_side(x), (prime + 1) // 4, prime)
    ):
        x += 1
    assert P256.point(_encoded(x, y))
    with pytest.raises(CardUnreadable):
        P256.point(_encoded(x + prime, y))


def _right_side(x: int) -> int:
    curve = P256.library.curve
    return int((x**3 + curve.a() * x + curve.b()) % curve.p())


def _encoded(x: int, y: int) -> bytes:
    return b"\x04" + x.to_bytes(32, "big") + y.to_bytes(32, "big")


@given(st.binary(min_size=65, max_size=65))
def test_any_bytes_are_a_point_or_refused_by_our_own_error(encoded: bytes) -> None:
    try:
        P256.point(encoded)
    except CardUnreadable:
        return


def test_a_card_that_makes_the_mapping_vanish_is_refused() -> None:
    with pytest.raises(CardUnreadable, match="infinity"):
        P256.mapped(5, P256.generator * -5)


def test_a_private_key_is_never_zero() -> None:
    assert P256.new_secret(lambda _: 0) == 1
    assert P256.new_secret(lambda most: most - 1) == P256.library.order - 1
