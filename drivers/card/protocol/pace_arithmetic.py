"""What both ends of PACE compute.

Source: ICAO Doc 9303-11, 4.4.3.3 (nonce and mappings), 4.4.3.4 (token), 4.4.3.5 (chip
authentication data), 9.4 (public key objects).
"""

from drivers.card.protocol import tlv
from drivers.card.protocol.der import oid_value
from drivers.card.protocol.keys import AES_128, Cipher, Purpose, decrypt, derive
from drivers.card.protocol.security_info import Mapping, PaceInfo

_SHORT = (
    bytes.fromhex("A668892A7C41E3CA739F40B057D85904"),
    bytes.fromhex("A4E136AC725F738B01C1F60217C188AD"),
)
_LONG = (
    bytes.fromhex("D463D65234124EF7897054986DCA0A174E28DF758CBAA03F240616414D5A1676"),
    bytes.fromhex("54BD7255F0AAF831BEC3423FCF39D69B6CBF066677D0FAAE5AADD99DF8E53517"),
)
"""The constants c0 and c1 of the pseudo-random function, for keys of 16 and of more bytes."""
_SPARE_BITS = 64


def nonce_lengths(info: PaceInfo) -> tuple[int, ...]:
    """Return how long a nonce may be, in bytes.

    Integrated mapping asks for the least number of blocks that a key fits in; for the
    others whole blocks are asked for, and cards with long keys differ.
    """
    least = 16 if info.cipher.key_bytes == 16 else 32
    return (least,) if info.mapping is Mapping.INTEGRATED else (16, 32)


def seal_nonce(secret: bytes, nonce: bytes, cipher: Cipher) -> bytes:
    """Encrypt the nonce under the password, as a card does."""
    key = derive(secret, Purpose.PASSWORD, cipher)
    return cipher.encrypt(key, bytes(cipher.block), nonce)


def open_nonce(secret: bytes, sealed: bytes, cipher: Cipher) -> bytes:
    """Decrypt the nonce; a wrong password gives another nonce, no error."""
    return decrypt(cipher, derive(secret, Purpose.PASSWORD, cipher), bytes(cipher.block), sealed)


def pseudo_random(cipher: Cipher, nonce: bytes, ours: bytes, bits: int) -> bytes:
    """Return R(s,t): at least `bits` and 64 more of them, from both ends' nonces.

    Args:
        cipher: of the protocol.
        nonce: s, the card's.
        ours: t, the terminal's, as long as a key.
        bits: of the field's prime.
    """
    first, second = _SHORT if cipher.key_bytes == AES_128.key_bytes else _LONG
    zeros = bytes(cipher.block)
    key = cipher.encrypt(ours, zeros, nonce)[: cipher.key_bytes]
    result = b""
    while len(result) * 8 < bits + _SPARE_BITS:
        result += cipher.encrypt(key, zeros, second)
        key = cipher.encrypt(key, zeros, first)[: cipher.key_bytes]
    return result


def integrated_field(info: PaceInfo, nonce: bytes, ours: bytes) -> int:
    """Return the field element that integrated mapping encodes as a point."""
    prime = info.curve.prime
    random = pseudo_random(info.cipher, nonce, ours, prime.bit_length())
    return int.from_bytes(random, "big") % prime


def token(shared: bytes, info: PaceInfo, other_public: bytes) -> bytes:
    """Return the token that proves knowledge of the shared secret.

    Args:
        shared: x-coordinate of the second key agreement.
        info: protocol in use.
        other_public: the point of the side the token is for.
    """
    key = derive(shared, Purpose.MAC, info.cipher)
    content = tlv.build(0x06, oid_value(info.protocol)) + tlv.build(0x86, other_public)
    return info.cipher.token_mac(key, tlv.build(0x7F49, content))


def chip_data_iv(key: bytes, cipher: Cipher) -> bytes:
    """Return the vector that chip authentication data are encrypted with: minus one."""
    return cipher.iv(key, 2 ** (cipher.block * 8) - 1)
