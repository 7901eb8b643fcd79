"""Certificates of issuing states: their keys, and who issued whom.

Source: ICAO Doc 9303-12, 7.1 (certificate profiles), 4.1.6 (algorithms).
"""

from typing import Any

from asn1crypto.x509 import Certificate
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding

from drivers.card.protocol.der import fail_closed
from drivers.card.protocol.errors import CardUnreadable
from drivers.card.protocol.public_key import curve_and_point

_NATIVE: dict[str, type[ec.EllipticCurve]] = {
    "P-256": ec.SECP256R1,
    "P-384": ec.SECP384R1,
    "brainpoolP256r1": ec.BrainpoolP256R1,
    "brainpoolP384r1": ec.BrainpoolP384R1,
    "brainpoolP512r1": ec.BrainpoolP512R1,
}


def fingerprint(certificate: x509.Certificate) -> bytes:
    """Return SHA-256 of a certificate, for the evidence record."""
    return certificate.fingerprint(hashes.SHA256())


def public_key(certificate: x509.Certificate) -> Any:
    """Return a certificate's public key, also one with explicit curve parameters.

    Raises:
        CardUnreadable: a key that we do not take.
    """
    with fail_closed("a certificate with a key that we do not take"):
        try:
            return certificate.public_key()
        except (ValueError, UnsupportedAlgorithm):
            # `cryptography` refuses nearly all explicit curve parameters.
            tbs = Certificate.load(certificate.public_bytes(Encoding.DER))["tbs_certificate"]
            curve, point = curve_and_point(tbs["subject_public_key_info"])
            return ec.EllipticCurvePublicKey.from_encoded_point(_NATIVE[curve.name](), point)


def issued(authority: x509.Certificate, certificate: x509.Certificate) -> bool:
    """Say whether `authority` issued `certificate`, by name and by a signature that holds."""
    try:
        with fail_closed("a certificate whose signature does not hold"):
            if certificate.issuer != authority.subject:
                return False
            _verify(public_key(authority), certificate)
    except CardUnreadable:
        return False
    return True


def _verify(key: Any, certificate: x509.Certificate) -> None:
    digest, how = certificate.signature_hash_algorithm, certificate.signature_algorithm_parameters
    signature, message = certificate.signature, certificate.tbs_certificate_bytes
    if not isinstance(digest, hashes.SHA256 | hashes.SHA384 | hashes.SHA512):
        raise CardUnreadable("a digest that we do not take")
    if isinstance(key, rsa.RSAPublicKey) and isinstance(how, padding.PKCS1v15 | padding.PSS):
        key.verify(signature, message, how, digest)
    elif isinstance(key, ec.EllipticCurvePublicKey) and isinstance(how, ec.ECDSA):
        key.verify(signature, message, how)
    else:
        raise CardUnreadable("a signature algorithm that does not fit its key")
