"""Keys from secrets, and the block primitives they are used with.

Source: ICAO Doc 9303-11, 9.7 (key derivation), 9.8 (secure messaging); RFC 4493
(AES-CMAC); ISO/IEC 9797-1 padding method 2.
"""

import hashlib
from enum import IntEnum

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.cmac import CMAC

from drivers.card.protocol.errors import CardUnreadable

BLOCK = 16
MAC_BYTES = 8


class Purpose(IntEnum):
    """The counter of the derivation."""

    ENCRYPTION = 1
    MAC = 2
    PASSWORD = 3


def derive(secret: bytes, purpose: Purpose, *, key_bytes: int = 16) -> bytes:
    """Derive an AES key of 16, 24 or 32 bytes: SHA-1 for 16, SHA-256 above."""
    digest = hashlib.sha1 if key_bytes == 16 else hashlib.sha256  # 9303-11, 9.7.1.2
    return digest(secret + purpose.to_bytes(4, "big")).digest()[:key_bytes]


def encrypt_block(key: bytes, block: bytes) -> bytes:
    """AES one block; the initialisation vector of secure messaging is made so."""
    cipher = Cipher(algorithms.AES(key), modes.ECB()).encryptor()  # noqa: S305  (one block)
    return cipher.update(block) + cipher.finalize()


def encrypt(key: bytes, iv: bytes, plain: bytes) -> bytes:
    """AES-CBC over whole blocks."""
    cipher = Cipher(algorithms.AES(key), modes.CBC(iv)).encryptor()
    return cipher.update(plain) + cipher.finalize()


def decrypt(key: bytes, iv: bytes, sealed: bytes) -> bytes:
    """AES-CBC over whole blocks.

    Raises:
        CardUnreadable: not whole blocks.
    """
    if not sealed or len(sealed) % BLOCK:
        raise CardUnreadable("a cryptogram that is not whole blocks")
    cipher = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
    return cipher.update(sealed) + cipher.finalize()


def mac(key: bytes, message: bytes) -> bytes:
    """AES-CMAC, cut to the eight bytes that secure messaging uses."""
    cmac = CMAC(algorithms.AES(key))
    cmac.update(message)
    return cmac.finalize()[:MAC_BYTES]


def pad(data: bytes) -> bytes:
    """Append 80 and zeros to whole blocks."""
    return data + b"\x80" + bytes(-(len(data) + 1) % BLOCK)


def unpad(data: bytes) -> bytes:
    """Remove what `pad` appended.

    Raises:
        CardUnreadable: no padding of that method.
    """
    stripped = data.rstrip(b"\0")
    if not stripped.endswith(b"\x80") or len(data) - len(stripped) >= BLOCK:
        raise CardUnreadable("wrong padding")
    return stripped[:-1]
