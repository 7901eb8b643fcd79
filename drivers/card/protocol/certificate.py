"""Certificates of issuing states: their keys, and who issued whom.

Curves are P-224 to P-521 and brainpool of 256, 384 and 512 bits; `cryptography` has no
brainpoolP224r1 and no brainpoolP320r1, so a state that signs with these is not known.
Source: ICAO Doc 9303-12, 7.1 (certificate profiles), 4.1.6 (algorithms); RFC 5280, 4.1.
"""

from typing import Any, Final

from asn1crypto.keys import PublicKeyInfo
from asn1crypto.x509 import Certificate
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding

from drivers.card.protocol.der import fail_closed, strict
from drivers.card.protocol.errors import CardUnreadable
from drivers.card.protocol.policy import STRICT, Policy
from drivers.card.protocol.public_key import is_spelt
from drivers.card.protocol.signature import algorithm_name, holds, signed_digest_name
from drivers.card.protocol.standard_curves import CURVES, P_224

SIGNING_CURVES: Final = (P_224, *CURVES)
"""Curves of signing keys; those of PACE and chip authentication are `CURVES`."""
_NATIVE = tuple(curve.native for curve in SIGNING_CURVES)


def load(encoded: bytes) -> x509.Certificate:
    """Read a certificate strictly.

    Raises:
        CardUnreadable: malformed, not DER, or bytes are left over.
    """
    strict(Certificate, encoded)
    with fail_closed("a certificate of another form"):
        return x509.load_der_x509_certificate(encoded)


def fingerprint(certificate: x509.Certificate) -> bytes:
    """Return SHA-256 of a certificate, for the evidence record."""
    return certificate.fingerprint(hashes.SHA256())


def public_key(certificate: x509.Certificate, policy: Policy = STRICT) -> Any:
    """Return a certificate's public key, also one with explicit curve parameters.

    Raises:
        CardUnreadable: a key that we do not take.
    """
    with fail_closed("a certificate with a key that we do not take"):
        try:
            key = certificate.public_key()
        except (ValueError, UnsupportedAlgorithm):
            # `cryptography` refuses nearly all explicit curve parameters.
            key = _spelt_out(_parsed(certificate)["tbs_certificate"]["subject_public_key_info"])
        if isinstance(key, rsa.RSAPublicKey) and key.key_size < policy.minimum_rsa_bits:
            raise CardUnreadable("an RSA key that is too short")
        if isinstance(key, ec.EllipticCurvePublicKey) and not isinstance(key.curve, _NATIVE):
            raise CardUnreadable("a key on a curve that we do not take")
        return key


def _spelt_out(info: PublicKeyInfo) -> ec.EllipticCurvePublicKey:
    parameters, point = info["algorithm"]["parameters"], info["public_key"].native
    for curve in SIGNING_CURVES:
        if is_spelt(curve, parameters.chosen):
            return curve.point(point).native()
    raise CardUnreadable("a curve that we do not know")


def issued(
    authority: x509.Certificate, certificate: x509.Certificate, policy: Policy = STRICT
) -> bool:
    """Say whether `authority` issued `certificate`, by name and by a signature that holds."""
    try:
        with fail_closed("a certificate whose signature does not hold"):
            return certificate.issuer == authority.subject and signs(
                authority, _parsed(certificate), policy
            )
    except CardUnreadable:
        return False


def is_self_signed(certificate: x509.Certificate, policy: Policy = STRICT) -> bool:
    """Say whether a certificate is signed with its own key.

    Raises:
        CardUnreadable: its key or its signature's digest are none that we take.
    """
    public_key(certificate, policy)
    signed_digest_name(_parsed(certificate)["signature_algorithm"], policy.csca_digests)
    return issued(certificate, certificate, policy)


def signs(authority: x509.Certificate, signed: Any, policy: Policy) -> bool:
    """Say whether `authority` signed a parsed certificate or revocation list.

    Raises:
        CardUnreadable: a key or an algorithm that we do not take, or two algorithms
            that contradict each other.
    """
    body, algorithm, signature = (signed[index] for index in range(3))
    # RFC 5280, 4.1.1.2: the algorithm outside must be the one that is signed within.
    if body["signature"].dump() != algorithm.dump():
        raise CardUnreadable("signature algorithms that contradict each other")
    return holds(
        public_key(authority, policy),
        signature.native,
        body.dump(),
        algorithm=algorithm,
        digest=signed_digest_name(algorithm, policy.csca_digests),
    )


def signed_with(certificate: x509.Certificate) -> str:
    """Return the name of the algorithm that a certificate is signed with."""
    algorithm = _parsed(certificate)["signature_algorithm"]
    return algorithm_name(algorithm, algorithm.hash_algo)


def _parsed(certificate: x509.Certificate) -> Certificate:
    return Certificate.load(certificate.public_bytes(Encoding.DER))
