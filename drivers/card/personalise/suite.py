"""What an issuer signs with: kind of key, digest, and how both are written down.

Source: ICAO Doc 9303-12, 4.1.6 (algorithms; explicit curve parameters); RFC 4055
(PSS parameters); SEC 1, C.2.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from asn1crypto import keys
from asn1crypto.algos import SignedDigestAlgorithm
from asn1crypto.keys import PublicKeyInfo
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from drivers.card.protocol.certificate import SIGNING_CURVES
from drivers.card.protocol.curves import Curve
from drivers.card.protocol.signature import HASHES

_BY_NAME = {curve.name: curve for curve in SIGNING_CURVES}
_RSA = "RSA-"

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


class KeyKind(StrEnum):
    """Keys that states sign with."""

    P_224 = "P-224"
    P_256 = "P-256"
    P_384 = "P-384"
    P_521 = "P-521"
    BRAINPOOL_256 = "brainpoolP256r1"
    BRAINPOOL_384 = "brainpoolP384r1"
    BRAINPOOL_512 = "brainpoolP512r1"
    RSA_2048 = "RSA-2048"
    RSA_3072 = "RSA-3072"
    RSA_4096 = "RSA-4096"

    @property
    def is_rsa(self) -> bool:
        """Whether it is no curve."""
        return self.startswith(_RSA)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suite:
    """A way to sign."""

    key: KeyKind = KeyKind.P_256
    digest: str = "sha256"
    pss: bool = False
    """RSA-PSS, with a salt as long as the digest, instead of PKCS #1 v1.5."""
    explicit: bool = False
    """Curve parameters are spelt out in the certificate, as 9303-12 asks, not named."""

    def new_key(self) -> PrivateKey:
        """Make a key."""
        if self.key.is_rsa:
            return rsa.generate_private_key(65537, int(self.key.removeprefix(_RSA)))
        return ec.generate_private_key(_BY_NAME[self.key].native())

    def algorithm(self) -> SignedDigestAlgorithm:
        """Return what stands beside a signature."""
        if not self.key.is_rsa:
            return SignedDigestAlgorithm({"algorithm": f"{self.digest}_ecdsa"})
        if not self.pss:
            return SignedDigestAlgorithm({"algorithm": f"{self.digest}_rsa"})
        parameters = pss_parameters(self.digest, salt=HASHES[self.digest]().digest_size)
        return SignedDigestAlgorithm({"algorithm": "rsassa_pss", "parameters": parameters})

    def sign(self, key: PrivateKey, message: bytes) -> bytes:
        """Return the signature."""
        algorithm = HASHES[self.digest]()
        if isinstance(key, ec.EllipticCurvePrivateKey):
            return key.sign(message, ec.ECDSA(algorithm))
        pss = padding.PSS(padding.MGF1(algorithm), algorithm.digest_size)
        return key.sign(message, pss if self.pss else padding.PKCS1v15(), algorithm)

    def public_key_info(self, key: PrivateKey) -> PublicKeyInfo:
        """Return the public half as it stands in a certificate."""
        info = PublicKeyInfo.load(
            key.public_key().public_bytes(
                serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
            )
        )
        if self.explicit:
            spelt = keys.SpecifiedECDomain(explicit_parameters(_BY_NAME[self.key]))
            info["algorithm"]["parameters"] = keys.ECDomainParameters(name="specified", value=spelt)
        return info


def pss_parameters(digest: str, *, mask: str = "", salt: int = 32) -> dict[str, Any]:
    """Return the parameters of RSA-PSS.

    Args:
        digest: of the message.
        mask: digest of the mask generation, if it is another.
        salt: in bytes.
    """
    return {
        "hash_algorithm": {"algorithm": digest},
        "mask_gen_algorithm": {"algorithm": "mgf1", "parameters": {"algorithm": mask or digest}},
        "salt_length": salt,
    }


def explicit_parameters(curve: Curve) -> dict[str, Any]:
    """Return the parameters of a curve, spelt out."""
    width = curve.field_bytes
    return {
        "version": "ecdpVer1",
        "field_id": {"field_type": "prime_field", "parameters": curve.prime},
        "curve": {"a": curve.a.to_bytes(width, "big"), "b": curve.b.to_bytes(width, "big")},
        "base": curve.encode(curve.generator),
        "order": curve.order,
        "cofactor": 1,
    }
