"""Keys, padding and ciphers.

Known answers: ICAO Doc 9303-11, app. D.1 and D.2 (key seed), app. G.1 (PACE); the
longer keys were computed by another implementation from the same secret.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.card.protocol.access_key import Password, from_can, from_mrz
from drivers.card.protocol.errors import CardUnreadable
from drivers.card.protocol.keys import (
    AES_128,
    AES_192,
    AES_256,
    TRIPLE_DES,
    Cipher,
    Purpose,
    decrypt,
    derive,
    pad,
    unpad,
)

SECRET = bytes.fromhex("7E2D2A41C74EA0B38CD36F863939BFA8E9032AAD")


def test_the_mrz_secret_of_appendix_g_comes_out() -> None:
    assert from_mrz("T22000129", "640812", "101031").secret == SECRET


def test_the_key_seed_of_appendix_d_is_the_start_of_the_mrz_secret() -> None:
    seed = from_mrz("L898902C", "690806", "940623").seed
    assert seed == bytes.fromhex("239AB9CB282DAF66231DC5A4DF6BFBAE")


def test_a_long_document_number_is_taken_whole() -> None:
    # ICAO Doc 9303-11, app. D.2: the TD1 example with a number of twelve characters.
    seed = from_mrz("D23145890734", "340712", "950712").seed
    assert seed == bytes.fromhex("B366AD857DDCA2B08C0E299811714730")


def test_an_access_number_is_its_digits_and_no_seed() -> None:
    key = from_can("123456")
    assert (key.password, key.secret, key.seed) == (Password.CAN, b"123456", None)


def test_no_repr_shows_a_key() -> None:
    assert "123456" not in repr(from_can("123456"))


@pytest.mark.parametrize(
    ("purpose", "cipher", "key"),
    [
        (Purpose.PASSWORD, AES_128, "89DED1B26624EC1E634C1989302849DD"),
        (Purpose.ENCRYPTION, AES_192, "11504483F04A10A66A8FCD6D348C75A961809C54EDAA2117"),
        (
            Purpose.MAC,
            AES_256,
            "1F35D576CE54BA775A391F9749E388C48215B7D544D62D96470ABA7B19F051A3",
        ),
        (
            Purpose.PASSWORD,
            AES_256,
            "D79A23C126202AC9051FEBFBC0E8A03B1C6645D85752B4B71408FA229AB6D56B",
        ),
    ],
)
def test_keys_of_every_length_are_derived(purpose: Purpose, cipher: Cipher, key: str) -> None:
    assert derive(SECRET, purpose, cipher) == bytes.fromhex(key)


def test_session_keys_of_appendix_g_come_out() -> None:
    shared = bytes.fromhex("28768D20701247DAE81804C9E780EDE582A9996DB4A315020B2733197DB84925")
    assert derive(shared, Purpose.ENCRYPTION) == bytes.fromhex("F5F0E35C0D7161EE6724EE513A0D9A7F")
    assert derive(shared, Purpose.MAC) == bytes.fromhex("FE251C7858B356B24514B3BD5F4297D1")


def test_a_mac_is_the_first_half_of_the_cmac() -> None:
    # RFC 4493, example 1: the empty message.
    key = bytes.fromhex("2b7e151628aed2a6abf7158809cf4f3c")
    assert AES_128.mac(key, b"") == bytes.fromhex("bb1d6929e9593728")


CIPHERS = [TRIPLE_DES, AES_128, AES_192, AES_256]


@pytest.mark.parametrize("block", [8, 16])
@given(data=st.binary(max_size=100))
def test_padding_is_whole_blocks_and_comes_off(block: int, data: bytes) -> None:
    assert len(pad(data, block)) % block == 0
    assert unpad(pad(data, block), block) == data


@pytest.mark.parametrize("cipher", CIPHERS, ids=lambda cipher: cipher.name)
@given(key=st.binary(min_size=32, max_size=32), data=st.binary(max_size=64))
def test_what_was_encrypted_is_decrypted(cipher: Cipher, key: bytes, data: bytes) -> None:
    key, zeros = key[: cipher.key_bytes], bytes(cipher.block)
    padded = pad(data, cipher.block)
    assert decrypt(cipher, key, zeros, cipher.encrypt(key, zeros, padded)) == padded


def test_a_retail_mac_of_appendix_d_comes_out() -> None:
    # ICAO Doc 9303-11, app. D.3: the MAC over E.IFD.
    key = bytes.fromhex("7962D9ECE03D1ACD4C76089DCE131543")
    sealed = bytes.fromhex("72C29C2371CC9BDB65B779B8E8D37B29ECC154AA56A8799FAE2F498F76ED92F2")
    assert TRIPLE_DES.token_mac(key, sealed) == bytes.fromhex("5F1448EEA8AD90A7")


@pytest.mark.parametrize("padded", [bytes(16), b"\x01" * 16, b"\x80" + bytes(16), b""])
def test_wrong_padding_is_refused(padded: bytes) -> None:
    with pytest.raises(CardUnreadable):
        unpad(padded, 16)


@pytest.mark.parametrize("length", [0, 1, 15, 17])
def test_a_cryptogram_that_is_not_whole_blocks_is_refused(length: int) -> None:
    with pytest.raises(CardUnreadable):
        decrypt(AES_128, bytes(16), bytes(16), bytes(length))
