"""The identity card number and its check character."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.document.hkid_number import HkidNumber, NotAnHkidNumber, check_character

prefixes = st.text(string.ascii_uppercase, min_size=1, max_size=2)
six_digits = st.text(string.digits, min_size=6, max_size=6)


@pytest.mark.parametrize(
    "text",
    [
        "A123456(3)", "G123456(A)", "E364912(5)", "D288754(2)", "C123456(9)", "K000000(0)",
        "M925951(7)", "Y000006(8)", "AB987654(3)", "AB123456(9)", "WX123456(9)", "XA000000(8)",
    ],
)  # fmt: skip
def test_known_numbers_hold(text: str) -> None:
    assert HkidNumber.parse(text).compact == text.replace("(", "").replace(")", "")


@pytest.mark.parametrize("text", ["A123456(4)", "G123456(0)", "AB987654(A)", "C000000(E)"])
def test_wrong_numbers_are_refused(text: str) -> None:
    with pytest.raises(NotAnHkidNumber):
        HkidNumber.parse(text)


@pytest.mark.parametrize("text", ["", "1234567", "ABC1234563", "a1234563", "A123456", "A12345633"])
def test_other_forms_are_refused(text: str) -> None:
    with pytest.raises(NotAnHkidNumber):
        HkidNumber.parse(text)


@given(prefixes, six_digits)
def test_no_error_message_and_no_repr_shows_the_number(prefix: str, digits: str) -> None:
    assert digits not in repr(HkidNumber(prefix, digits))
    with pytest.raises(NotAnHkidNumber) as caught:
        HkidNumber.parse(f"{prefix}{digits}(X)")
    assert digits not in str(caught.value)


@given(prefixes, six_digits, st.integers(0, 5), st.sampled_from(string.digits))
def test_every_wrong_digit_is_caught(prefix: str, digits: str, place: int, other: str) -> None:
    slipped = digits[:place] + other + digits[place + 1 :]
    same = check_character(prefix, slipped) == check_character(prefix, digits)
    assert same == (slipped == digits)
