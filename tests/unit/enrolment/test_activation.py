"""One token, one use; what is filled in is judged by its form alone."""

import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrolment.activation import Chosen, Fault, Product, digest_of, judge
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


GOOD = {
    "biometrics": "yes",
    "password": "271828",
    "again": "271828",
    "email": "someone@example.hk",
    "product": "iam_smart_plus",
    "signing_key": "AAAA",
}


def test_what_is_filled_in_right_is_chosen() -> None:
    chosen = judge(GOOD, phone="secret")
    assert isinstance(chosen, Chosen)
    assert chosen == Chosen(Product.PLUS, "someone@example.hk", bytes(3), "secret")
    assert "example" not in repr(chosen)


@pytest.mark.parametrize("product", ["", "iam_smart", "another"])
def test_without_a_choice_it_is_the_version_that_signs_nothing(product: str) -> None:
    chosen = judge(GOOD | {"product": product, "signing_key": ""}, phone="")
    assert isinstance(chosen, Chosen)
    assert chosen.product is Product.BASIC


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"biometrics": ""}, Fault.NO_BIOMETRICS),
        ({"password": "27182"}, Fault.NOT_SIX_DIGITS),
        ({"password": "2718281"}, Fault.NOT_SIX_DIGITS),
        ({"password": "27182a"}, Fault.NOT_SIX_DIGITS),
        ({"password": "٢٧١٨٢٨"}, Fault.NOT_SIX_DIGITS),
        ({"again": "271829"}, Fault.NOT_THE_SAME),
        ({"email": ""}, Fault.NO_EMAIL),
        ({"email": "someone"}, Fault.NO_EMAIL),
        ({"email": "some one@example.hk"}, Fault.NO_EMAIL),
        ({"email": f"{'a' * 250}@example.hk"}, Fault.NO_EMAIL),
        ({"signing_key": ""}, Fault.NO_SIGNING_KEY),
        ({"signing_key": "no base64!"}, Fault.NO_SIGNING_KEY),
    ],
)
def test_the_first_thing_that_is_wrong_is_said(change: dict[str, str], fault: Fault) -> None:
    assert judge(GOOD | change, phone="") is fault


def test_an_empty_form_is_wrong() -> None:
    assert judge({}, phone="") is Fault.NO_BIOMETRICS
