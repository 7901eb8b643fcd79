"""Active authentication: the chip signs our challenge with a key that was signed.

Source: ICAO Doc 9303-11, 6.1 and appendix F; ISO/IEC 9796-2:2010, digital signature
scheme 1 (RSA with message recovery); BSI TR-03111, 5.2.1.1 and 4.2.1 (plain ECDSA).
"""

import hashlib
import hmac
from typing import Any, Final

from asn1crypto.keys import PublicKeyInfo
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from drivers.card.protocol import tlv
from drivers.card.protocol.apdu import CommandApdu
from drivers.card.protocol.curves import Draw
from drivers.card.protocol.der import fail_closed, strict
from drivers.card.protocol.dialogue import Dialogue
from drivers.card.protocol.errors import CardUnreadable, ChipCloned
from drivers.card.protocol.public_key import curve_and_point

CHALLENGE_BYTES = 8
_TRAILERS: Final = {
    0x34: "sha256",
    0x35: "sha512",
    0x36: "sha384",
    0x38: "sha224",
}
"""Hash by the first byte of a two-byte trailer (9303-11, 6.1.2.2)."""
_PLAIN_ECDSA: Final[dict[str, type[hashes.HashAlgorithm]]] = {
    "0.4.0.127.0.7.1.1.4.1.2": hashes.SHA224,
    "0.4.0.127.0.7.1.1.4.1.3": hashes.SHA256,
    "0.4.0.127.0.7.1.1.4.1.4": hashes.SHA384,
    "0.4.0.127.0.7.1.1.4.1.5": hashes.SHA512,
}
"""ecdsa-plain-SHA-n (TR-03111, 5.2.1.1)."""
_LEAST_MODULUS_BITS = 1024
_HEADER, _SHORT_TRAILER, _LONG_TRAILER = 0x6A, 0xBC, 0xCC


def challenge(draw: Draw, *, longest: int) -> Dialogue[tuple[bytes, bytes]]:
    """Send a challenge; return it with the chip's signature.

    Args:
        draw: gives the challenge.
        longest: how long an answer may be on this link.

    Raises:
        ChipCloned: the chip refuses, or signs nothing.
    """
    nonce = draw(256**CHALLENGE_BYTES).to_bytes(CHALLENGE_BYTES, "big")
    response = yield CommandApdu(0x00, 0x88, 0x00, 0x00, nonce, expected=longest)
    if not response.ok or not response.data:
        raise ChipCloned(f"active authentication answered {response.status:04X}")
    return nonce, response.data


def check(key: Any, algorithm: str | None, nonce: bytes, signature: bytes) -> str:
    """Hold the chip's signature against the key of DG15; return what it was made with.

    Args:
        key: a public key.
        algorithm: the OID that DG14 names; ECDSA needs one, RSA has none.
        nonce: our challenge.
        signature: the chip's answer.

    Raises:
        ChipCloned: the signature does not hold.
        CardUnreadable: a key or an algorithm that we do not take.
    """
    if isinstance(key, rsa.RSAPublicKey):
        return f"AA-RSA-{key.key_size}-{_check_rsa(key, nonce, signature)}"
    if isinstance(key, ec.EllipticCurvePublicKey) and algorithm in _PLAIN_ECDSA:
        digest = _PLAIN_ECDSA[algorithm]()
        _check_ecdsa(key, digest, nonce, signature)
        return f"AA-ECDSA-{key.curve.name}-{digest.name}"
    raise CardUnreadable("active authentication of a kind that we do not take")


def _check_ecdsa(
    key: ec.EllipticCurvePublicKey, digest: hashes.HashAlgorithm, nonce: bytes, signature: bytes
) -> None:
    width = (key.key_size + 7) // 8
    if len(signature) != 2 * width:
        raise ChipCloned(f"a plain signature of {len(signature)} bytes")
    r, s = (int.from_bytes(half, "big") for half in (signature[:width], signature[width:]))
    try:
        key.verify(encode_dss_signature(r, s), nonce, ec.ECDSA(digest))
    except InvalidSignature:
        raise ChipCloned("the chip's signature does not hold") from None


def _check_rsa(key: rsa.RSAPublicKey, nonce: bytes, signature: bytes) -> str:
    numbers = key.public_numbers()
    number = int.from_bytes(signature, "big")
    if key.key_size < _LEAST_MODULUS_BITS:
        raise CardUnreadable("an RSA key that is too short")
    if len(signature) != (key.key_size + 7) // 8 or number >= numbers.n:
        raise ChipCloned("a signature that is not as long as its key")
    opened = pow(number, numbers.e, numbers.n)
    # ISO/IEC 9796-2, B.6 and B.4: a signer may send the smaller of the root and its complement.
    for candidate in (opened, numbers.n - opened):
        name = recovered(candidate.to_bytes(len(signature), "big"), nonce)
        if name is not None:
            return name
    raise ChipCloned("the chip's signature does not hold")


def recovered(message: bytes, nonce: bytes) -> str | None:
    """Return the digest's name if `message`, opened, is a signature over `nonce`.

    Args:
        message: 6A, M1, H(M1 || M2), trailer; M1 fills what is left (9303-11, 6.1.2.2).
        nonce: M2.
    """
    if message[0] != _HEADER:
        return None
    if message[-1] == _LONG_TRAILER:
        name, trailer = _TRAILERS.get(message[-2]), 2
    else:
        name, trailer = ("sha1", 1) if message[-1] == _SHORT_TRAILER else (None, 1)
    if name is None:
        return None
    end = len(message) - trailer - hashlib.new(name).digest_size
    digest = hashlib.new(name, message[1:end] + nonce).digest()
    return name if hmac.compare_digest(digest, message[end:-trailer]) else None


def parse_dg15(file: bytes) -> Any:
    """Return the public key of DG15.

    Raises:
        CardUnreadable: malformed, or a key that we do not take.
    """
    info = strict(PublicKeyInfo, tlv.only(file, 0x6F))
    with fail_closed("a key of a form that we do not take"):
        if info["algorithm"]["algorithm"].native == "rsa":
            numbers = info["public_key"].parsed.native
            return rsa.RSAPublicNumbers(numbers["public_exponent"], numbers["modulus"]).public_key()
        curve, point = curve_and_point(info)
        return curve.point(point).native()
