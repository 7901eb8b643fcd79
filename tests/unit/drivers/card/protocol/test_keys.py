"""Keys, padding and ciphers.

Known answers: ICAO Doc 9303-11, app. D.1 and D.2 (key seed), app. G.1 (PACE); the
longer keys were computed by another implementation from the same secret.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.card.protocol.errors import CardUnreadable
from drivers.card.protocol.keys import Purpose, decrypt, derive, encrypt, mac, pad, unpad
from drivers.card.protocol.mrz import document_number, with_check
from drivers.card.protocol.pace import mrz_secret

SECRET = bytes.fromhex("7E2D2A41C74EA0B38CD36F863939BFA8E9032AAD")


def test_the_mrz_secret_of_appendix_g_comes_out() -> None:
    number, birth, expiry = (with_check(field) for field in ("T22000129", "640812", "101031"))
    assert mrz_secret(number, birth, expiry) == SECRET


def test_the_key_seed_of_appendix_d_is_the_start_of_the_mrz_secret() -> None:
    number = with_check(document_number("L898902C"))
    secret = mrz_secret(number, with_check("690806"), with_check("940623"))
    assert secret[:16] == bytes.fromhex("239AB9CB282DAF66231DC5A4DF6BFBAE")


@pytest.mark.parametrize(
    ("purpose", "key_bytes", "key"),
    [
        (Purpose.PASSWORD, 16, "89DED1B26624EC1E634C1989302849DD"),
        (Purpose.ENCRYPTION, 24, "11504483F04A10A66A8FCD6D348C75A961809C54EDAA2117"),
        (
            Purpose.MAC,
            32,
            "1F35D576CE54BA775A391F9749E388C48215B7D544D62D96470ABA7B19F051A3",
        ),
        (
            Purpose.PASSWORD,
            32,
            "D79A23C126202AC9051FEBFBC0E8A03B1C6645D85752B4B71408FA229AB6D56B",
        ),
    ],
)
def test_keys_of_every_length_are_derived(purpose: Purpose, key_bytes: int, key: str) -> None:
    assert derive(SECRET, purpose, key_bytes=key_bytes) == bytes.fromhex(key)


def test_session_keys_of_appendix_g_come_out() -> None:
    shared = bytes.fromhex("28768D20701247DAE81804C9E780EDE582A9996DB4A315020B2733197DB84925")
    assert derive(shared, Purpose.ENCRYPTION) == bytes.fromhex("F5F0E35C0D7161EE6724EE513A0D9A7F")
    assert derive(shared, Purpose.MAC) == bytes.fromhex("FE251C7858B356B24514B3BD5F4297D1")


def test_a_mac_is_the_first_half_of_the_cmac() -> None:
    # RFC 4493, example 1: the empty message.
    key = bytes.fromhex("2b7e151628aed2a6abf7158809cf4f3c")
    assert mac(key, b"") == bytes.fromhex("bb1d6929e9593728")


@given(st.binary(max_size=100))
def test_padding_is_whole_blocks_and_comes_off(data: bytes) -> None:
    assert len(pad(data)) % 16 == 0
    assert unpad(pad(data)) == data


@given(st.binary(min_size=16, max_size=16), st.binary(max_size=64))
def test_what_was_encrypted_is_decrypted(key: bytes, data: bytes) -> None:
    assert decrypt(key, bytes(16), encrypt(key, bytes(16), pad(data))) == pad(data)


@pytest.mark.parametrize("padded", [bytes(16), b"\x01" * 16, b"\x80" + bytes(16), b""])
def test_wrong_padding_is_refused(padded: bytes) -> None:
    with pytest.raises(CardUnreadable):
        unpad(padded)


@pytest.mark.parametrize("length", [0, 1, 15, 17])
def test_a_cryptogram_that_is_not_whole_blocks_is_refused(length: int) -> None:
    with pytest.raises(CardUnreadable):
        decrypt(bytes(16), bytes(16), bytes(length))
