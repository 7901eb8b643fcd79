"""Signatures that we take: ECDSA, RSA with PKCS #1 v1.5, RSA-PSS; SHA-2 only.

Rule: the algorithm a signature names must fit the key and the digest beside it; a
name that contradicts either is refused, not corrected.
Source: ICAO Doc 9303-12, 4.1.6 (algorithms); RFC 4055 (PSS parameters).
"""

from typing import Any, Final

from asn1crypto.algos import DigestAlgorithm, SignedDigestAlgorithm
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from drivers.card.protocol.errors import CardUnreadable

HASHES: Final[dict[str, type[hashes.HashAlgorithm]]] = {
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
}
_ECDSA = {f"{name}_ecdsa": name for name in HASHES}
_RSA = {f"{name}_rsa": name for name in HASHES}
_RSA_OF_ANY_DIGEST = "rsassa_pkcs1v15"
_PSS = "rsassa_pss"


def digest_name(algorithm: DigestAlgorithm) -> str:
    """Return the name of a digest that we take.

    Raises:
        CardUnreadable: another digest.
    """
    name: str = algorithm["algorithm"].native
    if name not in HASHES:
        raise CardUnreadable("a digest that we do not take")
    return name


def holds(
    key: Any, signature: bytes, message: bytes, *, algorithm: SignedDigestAlgorithm, digest: str
) -> bool:
    """Say whether `signature` of `message` was made with the private half of `key`.

    Args:
        key: a public key.
        signature: as it stands in the object.
        message: what was signed.
        algorithm: what the object says about the signature.
        digest: the name of the digest that the object says beside it.

    Raises:
        CardUnreadable: an algorithm that we do not take, or one that contradicts the
            key or the digest.
    """
    name: str = algorithm["algorithm"].native
    algorithm_hash = HASHES[digest]()
    try:
        if isinstance(key, ec.EllipticCurvePublicKey) and _ECDSA.get(name) == digest:
            key.verify(signature, message, ec.ECDSA(algorithm_hash))
        elif isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, message, _rsa_padding(algorithm, digest), algorithm_hash)
        else:
            raise CardUnreadable("a signature algorithm that does not fit its key")
    except InvalidSignature:
        return False
    return True


def _rsa_padding(algorithm: SignedDigestAlgorithm, digest: str) -> Any:
    name = algorithm["algorithm"].native
    if name == _RSA_OF_ANY_DIGEST or _RSA.get(name) == digest:
        return padding.PKCS1v15()
    if name != _PSS:
        raise CardUnreadable("a signature algorithm that does not fit its key")
    parameters = algorithm["parameters"]
    mask = parameters["mask_gen_algorithm"]
    named = {digest_name(parameters["hash_algorithm"]), digest_name(mask["parameters"])}
    if named != {digest} or mask["algorithm"].native != "mgf1":
        raise CardUnreadable("PSS parameters that contradict the digest")
    return padding.PSS(padding.MGF1(HASHES[digest]()), parameters["salt_length"].native)
