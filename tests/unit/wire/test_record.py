"""What binds a record to its place, and what the register never sees."""

import base64
import hashlib
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wire.record import (
    TOKEN_BYTES,
    Strength,
    activation_path,
    key_id,
    seal_info,
    strength,
    token_digest,
)

names = st.text(st.characters(exclude_characters="\0", codec="utf-8"), max_size=20)


def test_the_info_of_a_seal_is_the_one_that_is_written_down() -> None:
    assert seal_info(terminal="T-1", record_id="r") == b"kiosk-record-v1\0T-1\0r"


@given(names, names, names, names)
def test_two_places_never_have_the_same_info(
    terminal: str, record: str, other: str, another: str
) -> None:
    same = seal_info(terminal=terminal, record_id=record) == seal_info(
        terminal=other, record_id=another
    )
    assert same == ((terminal, record) == (other, another))


@given(st.binary(min_size=TOKEN_BYTES, max_size=TOKEN_BYTES))
def test_the_link_carries_the_token_and_the_record_its_digest_alone(token: bytes) -> None:
    path = activation_path(token)
    assert path.startswith("/a/")
    assert "=" not in path
    assert base64.urlsafe_b64decode(path.removeprefix("/a/") + "==") == token
    assert token_digest(token) == hashlib.sha256(token).digest()


def test_a_key_is_named_by_the_beginning_of_its_digest() -> None:
    assert key_id(b"key") == hashlib.sha256(b"key").hexdigest()[:16]


@pytest.mark.parametrize(
    ("ratio", "said"),
    [
        (0.5, Strength.AGAINST),
        (1, Strength.AGAINST),
        (1.1, Strength.WEAK),
        (9.9, Strength.WEAK),
        (10.1, Strength.MODERATE),
        (101, Strength.MODERATELY_STRONG),
        (1_001, Strength.STRONG),
        (10_001, Strength.VERY_STRONG),
        (1e12, Strength.VERY_STRONG),
    ],
)
def test_a_likelihood_ratio_is_told_as_its_verbal_class(ratio: float, said: Strength) -> None:
    assert strength(math.log10(ratio)) is said


def test_a_ratio_that_is_no_number_speaks_for_nobody() -> None:
    assert strength(math.nan) is Strength.AGAINST
