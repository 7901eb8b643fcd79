"""Signatures that we take: ECDSA, RSA with PKCS #1 v1.5, RSA-PSS; SHA-2, and SHA-1 if asked.

Rule: the algorithm a signature names must fit the key and the digest beside it; a
name that contradicts either is refused, not corrected.
Source: ICAO Doc 9303-12, 4.1.6 (algorithms); RFC 4055 (RSA, PSS parameters); RFC 5758
(ECDSA).
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from asn1crypto.algos import DigestAlgorithm, SignedDigestAlgorithm
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from drivers.card.protocol.der import fail_closed
from drivers.card.protocol.errors import CardUnreadable

HASHES: Final[Mapping[str, type[hashes.HashAlgorithm]]] = MappingProxyType(
    {
        "sha1": hashes.SHA1,
        "sha224": hashes.SHA224,
        "sha256": hashes.SHA256,
        "sha384": hashes.SHA384,
        "sha512": hashes.SHA512,
    }
)
SHA_1: Final = frozenset({"sha1"})
SHA_2: Final = frozenset(HASHES) - SHA_1
_RSA_OF_ANY_DIGEST = "rsassa_pkcs1v15"
_PSS = "rsassa_pss"


def algorithm_name(algorithm: SignedDigestAlgorithm, digest: str) -> str:
    """Return a name for the evidence record, such as ``sha256_ecdsa`` or ``sha256_rsassa_pss``."""
    name: str = algorithm["algorithm"].native
    return name if name.startswith(digest) else f"{digest}_{name}"


def digest_name(algorithm: DigestAlgorithm, allowed: frozenset[str] = SHA_2) -> str:
    """Return the name of a digest, which must be `allowed`.

    Raises:
        CardUnreadable: another digest.
    """
    name: str = algorithm["algorithm"].native
    if name not in allowed:
        raise CardUnreadable("a digest that we do not take")
    return name


def signed_digest_name(algorithm: SignedDigestAlgorithm, allowed: frozenset[str]) -> str:
    """Return the digest that a signature algorithm names by itself, as in certificates.

    Raises:
        CardUnreadable: it names none, or none that is `allowed`.
    """
    with fail_closed("a signature algorithm that names no digest"):
        name: str = algorithm.hash_algo
    if name not in allowed:
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
        digest: the name of the digest that the object says beside it, already allowed.

    Raises:
        CardUnreadable: an algorithm that we do not take, or one that contradicts the
            key or the digest.
    """
    with fail_closed("a signature of another form"):
        try:
            _verify(key, signature, message, algorithm, digest)
        except InvalidSignature:
            return False
    return True


def _verify(
    key: Any, signature: bytes, message: bytes, algorithm: SignedDigestAlgorithm, digest: str
) -> None:
    name: str = algorithm["algorithm"].native
    algorithm_hash = HASHES[digest]()
    if name != _PSS and algorithm["parameters"].native is not None:
        raise CardUnreadable("a signature algorithm with parameters that it has not")
    if isinstance(key, ec.EllipticCurvePublicKey) and name == f"{digest}_ecdsa":
        key.verify(signature, message, ec.ECDSA(algorithm_hash))
    elif isinstance(key, rsa.RSAPublicKey):
        key.verify(signature, message, _rsa_padding(algorithm, digest), algorithm_hash)
    else:
        raise CardUnreadable("a signature algorithm that does not fit its key")


def _rsa_padding(algorithm: SignedDigestAlgorithm, digest: str) -> Any:
    name = algorithm["algorithm"].native
    if name in {_RSA_OF_ANY_DIGEST, f"{digest}_rsa"}:
        return padding.PKCS1v15()
    if name != _PSS:
        raise CardUnreadable("a signature algorithm that does not fit its key")
    parameters, only = algorithm["parameters"], frozenset({digest})
    mask = parameters["mask_gen_algorithm"]
    digest_name(parameters["hash_algorithm"], only)
    digest_name(mask["parameters"], only)
    trailer = parameters["trailer_field"].native
    if (mask["algorithm"].native, trailer) != ("mgf1", "trailer_field_bc"):
        raise CardUnreadable("PSS parameters that nobody uses")
    return padding.PSS(padding.MGF1(HASHES[digest]()), parameters["salt_length"].native)
