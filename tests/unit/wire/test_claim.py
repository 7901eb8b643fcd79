"""A claim code survives paper, camera and keyboard, or says that it did not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wire.claim import (
    PIN_BYTES,
    TOKEN_BYTES,
    BadClaim,
    ClaimCode,
    NoClaimCode,
    decode_claimed,
    decode_request,
)

pins = st.binary(min_size=PIN_BYTES, max_size=PIN_BYTES)
tokens = st.binary(min_size=TOKEN_BYTES, max_size=TOKEN_BYTES)
CODE = ClaimCode("fleet.example:8444", bytes(range(16)), bytes(range(16, 32)))


@given(pins, tokens)
def test_what_is_printed_is_read_back(authority: bytes, token: bytes) -> None:
    code = ClaimCode("fleet.example:8444", authority, token)
    assert ClaimCode.parse(str(code)) == code


def test_a_code_fits_the_tightest_letters_of_a_qr_code() -> None:
    assert set(str(CODE)) <= set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")
    assert len(str(CODE)) < 160


def test_spaces_and_small_letters_do_not_matter() -> None:
    typed = " ".join(str(CODE).lower()[i : i + 4] for i in range(0, len(str(CODE)), 4))
    assert ClaimCode.parse(typed) == CODE


@given(st.data())
def test_one_mistyped_letter_is_noticed(data: st.DataObject) -> None:
    text = str(CODE)
    place = data.draw(st.integers(0, len(text) - 1))
    letter = data.draw(st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"))
    typed = text[:place] + letter + text[place + 1 :]
    if typed != text:
        with pytest.raises(NoClaimCode):
            ClaimCode.parse(typed)


@given(st.text(max_size=200))
def test_no_text_does_harm_and_none_is_repeated(text: str) -> None:
    with pytest.raises(NoClaimCode, match=r"^no claim code, or a mistyped one$"):
        ClaimCode.parse(text)


def test_neither_the_code_nor_a_request_shows_its_token() -> None:
    letters = str(CODE).split("/")[3]
    assert letters not in repr(CODE)
    body = b'{"token":"EBESExQVFhcYGRobHB0eHw==","request":"AAAA"}'
    assert repr(decode_request(body)) == "<ClaimRequest>"


@given(st.binary(max_size=300))
def test_rubbish_is_neither_a_request_nor_an_answer(body: bytes) -> None:
    for decode in (decode_request, decode_claimed):
        with pytest.raises(BadClaim):
            decode(body)


@pytest.mark.parametrize(
    "body",
    [
        b'{"token":"AAAA","request":"AAAA"}',
        b'{"token":"EBESExQVFhcYGRobHB0eHw==","request":"AAAA","more":1}',
        b'{"token":"EBESExQVFhcYGRobHB0eHw==","request":"AAAA","key_kept":"cloud"}',
        b'{"token":"EBESExQVFhcYGRobHB0eHw==","request":"AAAA","model":"<script>"}',
    ],
)
def test_another_shape_is_refused(body: bytes) -> None:
    with pytest.raises(BadClaim):
        decode_request(body)
