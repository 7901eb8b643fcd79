"""What the library seals opens with a key that never leaves its module, and nothing else does."""

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from hypothesis import given
from hypothesis import strategies as st

from enrolment.hpke import open_sealed

SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
KEY = X25519PrivateKey.generate()


def opened(sealed: bytes, info: bytes, key: X25519PrivateKey = KEY) -> bytes:
    return open_sealed(
        sealed,
        product=lambda point: key.exchange(X25519PublicKey.from_public_bytes(point)),
        public=key.public_key().public_bytes_raw(),
        info=info,
    )


@given(st.binary(max_size=300), st.binary(max_size=60))
def test_what_the_library_seals_opens(content: bytes, info: bytes) -> None:
    assert opened(SUITE.encrypt(content, KEY.public_key(), info=info), info) == content


def test_another_key_or_place_opens_nothing() -> None:
    sealed = SUITE.encrypt(b"content", KEY.public_key(), info=b"here")
    with pytest.raises(InvalidTag):
        opened(sealed, b"there")
    with pytest.raises(InvalidTag):
        opened(sealed, b"here", X25519PrivateKey.generate())


@given(st.binary(max_size=120))
def test_any_bytes_are_refused(content: bytes) -> None:
    with pytest.raises((InvalidTag, ValueError)):
        opened(content, b"")


def test_a_point_of_small_order_is_refused() -> None:
    with pytest.raises(ValueError, match="small order"):
        open_sealed(bytes(64), product=lambda _: bytes(32), public=bytes(32), info=b"")
