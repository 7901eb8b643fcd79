"""Elliptic curves as cards use them."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.card.protocol.curves import Curve
from drivers.card.protocol.errors import CardUnreadable
from drivers.card.protocol.standard_curves import BY_OID, BY_PARAMETER_ID, CURVES
from tests.support import known_integrated as integrated
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
    prime = P256.prime
    x = 5
    while pow(y := pow(P256.right_side(x), (prime + 1) // 4, prime), 2, prime) != P256.right_side(
        x
    ):
        x += 1
    assert P256.point(_encoded(x, y)).x == x
    with pytest.raises(CardUnreadable):
        P256.point(_encoded(x + prime, y))


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
    assert P256.new_secret(lambda most: most - 1) == P256.order - 1


@pytest.mark.parametrize("curve", CURVES, ids=lambda curve: curve.name)
def test_the_table_is_what_the_library_multiplies_on(curve: Curve) -> None:
    """Generator, order and equation against OpenSSL: n - 1 times G is minus G."""
    one = ec.derive_private_key(1, curve.native()).public_key().public_numbers()
    assert (one.x, one.y) == (curve.x, curve.y)
    last = ec.derive_private_key(curve.order - 1, curve.native()).public_key().public_numbers()
    assert (last.x, last.y) == (curve.x, curve.prime - curve.y)
    for _ in range(3):
        some = ec.generate_private_key(curve.native()).public_key().public_numbers()
        assert pow(some.y, 2, curve.prime) == curve.right_side(some.x)
    assert curve.prime % 4 == 3, "square roots are taken by one power"


@pytest.mark.parametrize("curve", CURVES, ids=lambda curve: curve.name)
@given(first=st.integers(1, 2**255), second=st.integers(1, 2**255))
@settings(max_examples=10)
def test_multiplication_keeps_the_laws_of_a_group(curve: Curve, first: int, second: int) -> None:
    point = curve.generator * first
    assert point * second == curve.generator * (first * second)
    assert point * second + point == point * (second + 1)
    assert curve.point(curve.encode(point * second)) == point * second


@pytest.mark.parametrize("factor", [1, 2, 3, -1, -2])
def test_factors_at_the_edge_are_multiplied(factor: int) -> None:
    point = P256.generator * 99
    assert point * factor == P256.generator * (99 * factor)


def test_a_sum_that_vanishes_is_refused() -> None:
    point = P256.generator * 3
    with pytest.raises(CardUnreadable, match="infinity"):
        point + -point


def test_the_integrated_mapping_of_the_standards_example_comes_out() -> None:
    assert BRAINPOOL.encode(BRAINPOOL.encoded_field(integrated.FIELD)) == integrated.GENERATOR


@pytest.mark.parametrize("curve", CURVES, ids=lambda curve: curve.name)
@given(t=st.integers(2, 2**255))
@settings(max_examples=20)
def test_every_field_element_is_encoded_as_a_point_of_the_curve(curve: Curve, t: int) -> None:
    point = curve.encoded_field(t)
    assert curve.point(curve.encode(point)) == point


@pytest.mark.parametrize("t", [0, 1, -1])
def test_elements_that_the_encoding_does_not_know_are_refused(t: int) -> None:
    with pytest.raises(CardUnreadable, match="not defined"):
        P256.encoded_field(t % P256.prime)


def test_a_nonce_of_zero_maps_to_the_shared_point() -> None:
    assert P256.mapped(0, P256.generator * 5) == P256.generator * 5
