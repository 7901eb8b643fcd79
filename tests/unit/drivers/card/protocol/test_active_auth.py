"""Active authentication: the chip signs our challenge."""

import hashlib
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from drivers.card.protocol import tlv
from drivers.card.protocol.active_auth import challenge, check, parse_dg15, recovered
from drivers.card.protocol.dialogue import converse
from drivers.card.protocol.errors import CardUnreadable, ChipCloned
from tests.support.transcript import TranscriptChannel

NONCE = bytes.fromhex("F173589974BF40C6")
"""ICAO Doc 9303-11, app. F: RND.IFD; what is signed is given there, the key is not."""
FIRST = bytes.fromhex(
    "9D2784A67F8E7C659973EA1AEA25D95B6C8F91E5002F369F0FBDCE8A3CEC1991"
    "B543F1696546C5524CF23A5303CD6C98599F40B79F377B5F3A1406B3B4D8F967"
    "84D23AA88DB7E1032A405E69325FA91A6E86F5C71AEA978264C4A207446DAD4E7292E2DCDA3024B47DA8"
)
DIGEST = bytes.fromhex("C063AA1E6D22FBD976AB0FE73D94D2D9C6D88127")
EXAMPLE = b"\x6a" + FIRST + DIGEST + b"\xbc"
TRAILERS = {"sha224": b"\x38", "sha256": b"\x34", "sha384": b"\x36", "sha512": b"\x35"}
PLAIN = {"sha224": 2, "sha256": 3, "sha384": 4, "sha512": 5}
KEY = rsa.generate_private_key(65_537, 1024)  # noqa: S505  (as long as the standard's)
EC_KEY = ec.generate_private_key(ec.BrainpoolP256R1())


def _message(digest: str, size: int, nonce: bytes = NONCE) -> bytes:
    trailer = b"\xbc" if digest == "sha1" else TRAILERS[digest] + b"\xcc"
    width = hashlib.new(digest).digest_size
    first = bytes(i % 251 for i in range(size - 1 - width - len(trailer)))
    return b"\x6a" + first + hashlib.new(digest, first + nonce).digest() + trailer


def _signed(message: bytes, key: rsa.RSAPrivateKey = KEY) -> bytes:
    numbers = key.private_numbers()
    signature = pow(int.from_bytes(message, "big"), numbers.d, numbers.public_numbers.n)
    return signature.to_bytes(key.key_size // 8, "big")


def _plain(digest: Any, nonce: bytes = NONCE) -> bytes:
    r, s = decode_dss_signature(EC_KEY.sign(nonce, ec.ECDSA(digest)))
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def _oid(name: str) -> str:
    return f"0.4.0.127.0.7.1.1.4.1.{PLAIN[name]}"


def test_the_message_of_the_standards_example_is_recovered() -> None:
    assert recovered(EXAMPLE, NONCE) == "sha1"
    assert check(KEY.public_key(), None, NONCE, _signed(EXAMPLE)) == "AA-RSA-1024-sha1"


@pytest.mark.parametrize("digest", ["sha1", *TRAILERS])
def test_every_digest_of_the_standard_is_taken(digest: str) -> None:
    signature = _signed(_message(digest, 128))
    assert check(KEY.public_key(), None, NONCE, signature) == f"AA-RSA-1024-{digest}"


def test_the_smaller_of_a_root_and_its_complement_is_taken() -> None:
    """ISO/IEC 9796-2, B.4."""
    modulus = KEY.private_numbers().public_numbers.n
    signature = modulus - int.from_bytes(_signed(EXAMPLE), "big")
    check(KEY.public_key(), None, NONCE, signature.to_bytes(128, "big"))


GOOD = _message("sha256", 128)


@pytest.mark.parametrize(
    "message",
    [
        _message("sha256", 128, nonce=bytes(8)),
        b"\x4a" + GOOD[1:],
        GOOD[:-1] + b"\xdd",
        GOOD[:-2] + b"\x33\xcc",
        GOOD[:9] + bytes((GOOD[9] ^ 1,)) + GOOD[10:],
        GOOD[:-9] + bytes((GOOD[-9] ^ 1,)) + GOOD[-8:],
    ],
    ids=["another nonce", "header", "trailer", "unknown digest", "first part", "digest"],
)
def test_a_signature_over_something_else_is_a_copys(message: bytes) -> None:
    with pytest.raises(ChipCloned):
        check(KEY.public_key(), None, NONCE, _signed(message))


@pytest.mark.parametrize("signature", [b"", b"\x01", bytes(127), b"\xff" * 128, bytes(129)])
def test_a_signature_of_another_length_or_size_than_its_key_is_a_copys(signature: bytes) -> None:
    with pytest.raises(ChipCloned):
        check(KEY.public_key(), None, NONCE, signature)


def test_another_key_than_the_chips_is_a_copys() -> None:
    other = rsa.generate_private_key(65_537, 1024)  # noqa: S505
    with pytest.raises(ChipCloned):
        check(KEY.public_key(), None, NONCE, _signed(EXAMPLE, other))


@pytest.mark.parametrize("name", list(PLAIN))
def test_a_plain_ecdsa_signature_is_taken(name: str) -> None:
    digest = getattr(hashes, name.upper())()
    method = check(EC_KEY.public_key(), _oid(name), NONCE, _plain(digest))
    assert method == f"AA-ECDSA-brainpoolP256r1-{name}"


@pytest.mark.parametrize(
    "signature",
    [_plain(hashes.SHA256(), bytes(8)), _plain(hashes.SHA384()), bytes(64), bytes(63), b""],
    ids=["another nonce", "another digest", "zeros", "short", "nothing"],
)
def test_an_ecdsa_signature_that_does_not_hold_is_a_copys(signature: bytes) -> None:
    with pytest.raises(ChipCloned):
        check(EC_KEY.public_key(), _oid("sha256"), NONCE, signature)


@pytest.mark.parametrize(
    ("key", "algorithm"),
    [(EC_KEY.public_key(), None), (EC_KEY.public_key(), "1.2.840.10045.4.1"), (object(), None)],
    ids=["no algorithm", "SHA-1", "no key of ours"],
)
def test_what_we_do_not_take_is_said(key: Any, algorithm: str | None) -> None:
    with pytest.raises(CardUnreadable):
        check(key, algorithm, NONCE, bytes(64))


def test_a_key_that_is_too_short_is_refused() -> None:
    short = rsa.RSAPublicNumbers(65_537, (1 << 1000) + 297).public_key()
    with pytest.raises(CardUnreadable, match="short"):
        check(short, None, NONCE, bytes(126))


def test_the_challenge_is_eight_bytes_and_comes_back_with_its_signature() -> None:
    card = TranscriptChannel([("00 88 00 00 08 00 00 00 00 00 00 00 07 00", "AA BB 90 00")])
    assert converse(challenge(lambda _: 7, longest=256), card) == (bytes(7) + b"\x07", b"\xaa\xbb")


@pytest.mark.parametrize("answer", ["90 00", "69 82", "6D 00"])
def test_a_chip_that_signs_nothing_is_a_copy(answer: str) -> None:
    card = TranscriptChannel([("00 88 00 00 08 00 00 00 00 00 00 00 07 00", answer)])
    with pytest.raises(ChipCloned):
        converse(challenge(lambda _: 7, longest=256), card)


def _dg15(key: Any) -> bytes:
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return tlv.build(0x6F, key.public_key().public_bytes(serialization.Encoding.DER, form))


@pytest.mark.parametrize("key", [KEY, EC_KEY], ids=["RSA", "ECDSA"])
def test_the_key_of_dg15_is_read(key: Any) -> None:
    assert parse_dg15(_dg15(key)).public_numbers() == key.public_key().public_numbers()


@pytest.mark.parametrize(
    "file",
    [b"", b"\x6f\x00", _dg15(KEY)[:-1], _dg15(KEY) + b"\0", b"\x6e" + _dg15(KEY)[1:],
     _dg15(ec.generate_private_key(ec.SECP224R1()))],
    ids=["nothing", "empty", "cut", "left over", "another tag", "a curve that we do not know"],
)  # fmt: skip
def test_a_malformed_dg15_is_refused(file: bytes) -> None:
    with pytest.raises(CardUnreadable):
        parse_dg15(file)
