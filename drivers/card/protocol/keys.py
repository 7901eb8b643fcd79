"""Keys from secrets, and the ciphers they are used with: AES and 3DES.

A `Cipher` is what a protocol's name ends in: ``AES-CBC-CMAC-128`` or ``3DES-CBC-CBC``.
Source: ICAO Doc 9303-11, 9.7 (key derivation), 9.8.6 and 9.8.7 (secure messaging);
RFC 4493 (AES-CMAC); ISO/IEC 9797-1, padding method 2 and MAC algorithm 3.
"""

import hashlib
from dataclasses import dataclass
from enum import IntEnum
from typing import Protocol

from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives.ciphers import Cipher as Engine
from cryptography.hazmat.primitives.ciphers import algorithms, modes
from cryptography.hazmat.primitives.cmac import CMAC

from drivers.card.protocol.errors import CardUnreadable

MAC_BYTES = 8
_DES_BLOCK = 8


class Purpose(IntEnum):
    """The counter of the derivation."""

    ENCRYPTION = 1
    MAC = 2
    PASSWORD = 3


class Cipher(Protocol):
    """One block cipher with its MAC."""

    @property
    def name(self) -> str:
        """As the standard names it."""

    @property
    def key_bytes(self) -> int:
        """Length of its keys."""

    @property
    def block(self) -> int:
        """Length of its blocks, in bytes."""

    def iv(self, key: bytes, counter: int) -> bytes:
        """Return the initialisation vector of secure messaging."""

    def encrypt(self, key: bytes, iv: bytes, plain: bytes) -> bytes:
        """Encrypt whole blocks, chained."""

    def decrypt_blocks(self, key: bytes, iv: bytes, sealed: bytes) -> bytes:
        """Decrypt whole blocks, chained."""

    def mac(self, key: bytes, blocks: bytes) -> bytes:
        """Return the MAC of a message that is padded to whole blocks already."""

    def token_mac(self, key: bytes, message: bytes) -> bytes:
        """Return the MAC of a message of any length."""


@dataclass(frozen=True, slots=True)
class Aes:
    """AES-CBC with AES-CMAC cut to eight bytes; keys of 16, 24 or 32 bytes."""

    key_bytes: int

    @property
    def name(self) -> str:
        """As the standard names it."""
        return f"AES-CBC-CMAC-{self.key_bytes * 8}"

    @property
    def block(self) -> int:
        """Length of a block."""
        return 16

    def iv(self, key: bytes, counter: int) -> bytes:
        """Encrypt the counter."""
        cipher = Engine(algorithms.AES(key), modes.ECB()).encryptor()  # noqa: S305  (one block)
        return cipher.update(counter.to_bytes(self.block, "big"))

    def encrypt(self, key: bytes, iv: bytes, plain: bytes) -> bytes:
        """Encrypt whole blocks, chained."""
        return Engine(algorithms.AES(key), modes.CBC(iv)).encryptor().update(plain)

    def decrypt_blocks(self, key: bytes, iv: bytes, sealed: bytes) -> bytes:
        """Decrypt whole blocks, chained."""
        return Engine(algorithms.AES(key), modes.CBC(iv)).decryptor().update(sealed)

    def mac(self, key: bytes, blocks: bytes) -> bytes:
        """Return the first eight bytes of the CMAC."""
        cmac = CMAC(algorithms.AES(key))
        cmac.update(blocks)
        return cmac.finalize()[:MAC_BYTES]

    def token_mac(self, key: bytes, message: bytes) -> bytes:
        """Return the first eight bytes of the CMAC, which pads by itself."""
        return self.mac(key, message)


@dataclass(frozen=True, slots=True)
class TripleDes:
    """3DES-CBC with two keys, and the retail MAC."""

    @property
    def name(self) -> str:
        """As the standard names it."""
        return "3DES-CBC-CBC"

    @property
    def key_bytes(self) -> int:
        """Length of a key: two DES keys."""
        return 16

    @property
    def block(self) -> int:
        """Length of a block."""
        return _DES_BLOCK

    def iv(self, key: bytes, counter: int) -> bytes:
        """Return zeros: 3DES takes no vector."""
        del key, counter
        return bytes(_DES_BLOCK)

    def encrypt(self, key: bytes, iv: bytes, plain: bytes) -> bytes:
        """Encrypt whole blocks, chained."""
        return Engine(_two_keys(key), modes.CBC(iv)).encryptor().update(plain)

    def decrypt_blocks(self, key: bytes, iv: bytes, sealed: bytes) -> bytes:
        """Decrypt whole blocks, chained."""
        return Engine(_two_keys(key), modes.CBC(iv)).decryptor().update(sealed)

    def mac(self, key: bytes, blocks: bytes) -> bytes:
        """Chain with single DES, and finish with 3DES: MAC algorithm 3."""
        single = TripleDES(key[:_DES_BLOCK] * 3)
        chain = Engine(single, modes.CBC(bytes(_DES_BLOCK))).encryptor()
        last = (bytes(_DES_BLOCK) + chain.update(blocks[:-_DES_BLOCK]))[-_DES_BLOCK:]
        return self.encrypt(key, last, blocks[-_DES_BLOCK:])

    def token_mac(self, key: bytes, message: bytes) -> bytes:
        """Return the MAC of the padded message."""
        return self.mac(key, pad(message, self.block))


def _two_keys(key: bytes) -> TripleDES:
    return TripleDES(key + key[:_DES_BLOCK])


AES_128, AES_192, AES_256, TRIPLE_DES = Aes(16), Aes(24), Aes(32), TripleDes()


def derive(secret: bytes, purpose: Purpose, cipher: Cipher = AES_128) -> bytes:
    """Derive a key: SHA-1 for 16 bytes, SHA-256 above."""
    digest = hashlib.sha1 if cipher.key_bytes == 16 else hashlib.sha256  # 9303-11, 9.7.1
    return digest(secret + purpose.to_bytes(4, "big")).digest()[: cipher.key_bytes]


def decrypt(cipher: Cipher, key: bytes, iv: bytes, sealed: bytes) -> bytes:
    """Decrypt what a card sent.

    Raises:
        CardUnreadable: not whole blocks.
    """
    if not sealed or len(sealed) % cipher.block:
        raise CardUnreadable("a cryptogram that is not whole blocks")
    return cipher.decrypt_blocks(key, iv, sealed)


def pad(data: bytes, block: int) -> bytes:
    """Append 80 and zeros to whole blocks."""
    return data + b"\x80" + bytes(-(len(data) + 1) % block)


def unpad(data: bytes, block: int) -> bytes:
    """Remove what `pad` appended.

    Raises:
        CardUnreadable: no padding of that method.
    """
    stripped = data.rstrip(b"\0")
    if not stripped.endswith(b"\x80") or len(data) - len(stripped) >= block:
        raise CardUnreadable("wrong padding")
    return stripped[:-1]
