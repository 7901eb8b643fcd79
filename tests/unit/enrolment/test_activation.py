"""One token, one use; the password is judged by form alone."""

import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrolment.activation import Fault, digest_of, judge
from wire.record import activation_path, token_digest


def test_the_link_of_a_token_leads_to_its_digest() -> None:
    token = secrets.token_bytes(16)
    assert digest_of(activation_path(token).removeprefix("/a/")) == token_digest(token).hex()


@given(st.text(max_size=40))
def test_any_other_text_is_no_token_or_one_of_its_length(text: str) -> None:
    digest = digest_of(text)
    assert digest is None or len(text) >= 22


@pytest.mark.parametrize("text", ["", "A", "A" * 21, "A" * 23, "ÄÄÄÄ", "../../etc/passwd"])
def test_a_text_of_another_length_is_no_token(text: str) -> None:
    assert digest_of(text) is None


@pytest.mark.parametrize(
    ("has_biometrics", "password", "again", "fault"),
    [
        (True, "271828", "271828", None),
        (False, "271828", "271828", Fault.NO_BIOMETRICS),
        (True, "27182", "27182", Fault.NOT_SIX_DIGITS),
        (True, "2718281", "2718281", Fault.NOT_SIX_DIGITS),
        (True, "27182a", "27182a", Fault.NOT_SIX_DIGITS),
        (True, "٢٧١٨٢٨", "٢٧١٨٢٨", Fault.NOT_SIX_DIGITS),
        (True, "271828", "271829", Fault.NOT_THE_SAME),
    ],
)
def test_what_is_filled_in_is_judged(
    *, has_biometrics: bool, password: str, again: str, fault: Fault | None
) -> None:
    assert judge(has_biometrics=has_biometrics, password=password, again=again) is fault
