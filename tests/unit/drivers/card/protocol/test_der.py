"""DER read whole and strictly."""

import pytest
from asn1crypto.core import Integer, SequenceOf, SetOf
from hypothesis import given
from hypothesis import strategies as st

from drivers.card.protocol.der import LONGEST, fail_closed, oid_value, strict
from drivers.card.protocol.errors import CardUnreadable, SignatureBad


class _Integers(SequenceOf):  # type: ignore[misc]
    _child_spec = Integer


class _IntegerSet(SetOf):  # type: ignore[misc]
    _child_spec = Integer


def test_der_is_read() -> None:
    assert strict(_Integers, bytes.fromhex("30 06 02 01 05 02 01 03")).native == [5, 3]


@pytest.mark.parametrize(
    "encoded",
    [
        "",
        "30 03 02 01",
        "30 03 02 01 05 00",
        "30 80 02 01 05 00 00",
        "30 81 03 02 01 05",
        "30 04 02 02 00 05",
        "30 03 04 01 05",
        "31 03 02 01 05",
    ],
    ids=[
        "nothing",
        "cut short",
        "a byte left over",
        "indefinite length",
        "length not minimal",
        "number not minimal",
        "another type inside",
        "another type outside",
    ],
)
def test_what_is_not_der_is_refused(encoded: str) -> None:
    with pytest.raises(CardUnreadable):
        strict(_Integers, bytes.fromhex(encoded))


def test_a_set_in_another_order_is_not_der() -> None:
    strict(_IntegerSet, bytes.fromhex("31 06 02 01 03 02 01 05"))
    with pytest.raises(CardUnreadable):
        strict(_IntegerSet, bytes.fromhex("31 06 02 01 05 02 01 03"))


def test_what_is_too_long_is_not_even_looked_at() -> None:
    with pytest.raises(CardUnreadable, match="too long"):
        strict(_Integers, bytes(LONGEST + 1))


def test_a_bomb_of_nested_objects_is_refused() -> None:
    encoded = b""
    for _ in range(5000):
        encoded = b"\x30\x84" + len(encoded).to_bytes(4, "big") + encoded
    with pytest.raises(CardUnreadable):
        strict(_Integers, encoded)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_by_our_own_error(encoded: bytes) -> None:
    try:
        strict(_Integers, encoded)
    except CardUnreadable:
        return


def test_whatever_escapes_a_library_is_a_bad_card_without_its_words() -> None:
    with pytest.raises(CardUnreadable, match=r"^no form$") as caught, fail_closed("no form"):
        raise KeyError("LAM SIU MING")
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_our_own_errors_pass() -> None:
    with pytest.raises(SignatureBad), fail_closed("no form"):
        raise SignatureBad("does not hold")


def test_an_object_identifier_has_the_bytes_that_cards_carry() -> None:
    assert oid_value("0.4.0.127.0.7.2.2.4.2.2") == bytes.fromhex("04 00 7F 00 07 02 02 04 02 02")
