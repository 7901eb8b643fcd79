"""The private keys of a software chip, and what the issuer says of them.

Source: ICAO Doc 9303-11, 6.1.2 (active authentication), 9.2 (SecurityInfos).
"""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from asn1crypto.core import Integer, ObjectIdentifier
from asn1crypto.keys import PublicKeyInfo
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from drivers.card.personalise.spec import ChipProofKind, Spec
from drivers.card.protocol.curves import Curve
from drivers.card.protocol.security_info import (
    ACTIVE_AUTHENTICATION,
    CHIP_ECDH,
    CHIP_KEY_ECDH,
    PACE_ECDH,
    Mapping,
)
from drivers.card.protocol.standard_curves import CURVES

Infos = list[dict[str, Any]]
_ARC_OF_CIPHER = {"3DES": "1", "AES-128": "2", "AES-192": "3", "AES-256": "4"}
_ECDSA_PLAIN_SHA256 = "0.4.0.127.0.7.1.1.4.1.3"
_RSA_BITS = 1280
"""Short enough that the signature fits a short answer under secure messaging."""


@dataclass(frozen=True, slots=True, repr=False)
class ChipKeys:
    """What one chip holds and its issuer publishes."""

    secret: int = 1
    """Of chip authentication."""
    mapping_secret: int = 1
    """Of PACE with chip authentication mapping."""
    sign: Callable[[bytes], bytes] | None = None
    """Active authentication."""
    infos: tuple[dict[str, Any], ...] = ()
    """SecurityInfos that belong into DG14."""
    mapping_infos: tuple[dict[str, Any], ...] = ()
    """SecurityInfos that belong into EF.CardSecurity."""
    public: bytes | None = None
    """SubjectPublicKeyInfo for DG15."""

    def copied(self) -> "ChipKeys":
        """Return what a copy of the chip has: other private keys."""
        another = make(Spec(chip=ChipProofKind.ACTIVE_RSA)).sign if self.sign else None
        return replace(
            self, secret=self.secret ^ 1, mapping_secret=self.mapping_secret ^ 1, sign=another
        )


NO_KEYS = ChipKeys()


def curve_named(name: str) -> Curve:
    """Return a curve by its name.

    Raises:
        ValueError: no such curve.
    """
    found = next((curve for curve in CURVES if curve.name == name), None)
    if found is None:
        raise ValueError(f"no curve {name}; there are {', '.join(c.name for c in CURVES)}")
    return found


def pace_info(spec: Spec, mapping: Mapping) -> dict[str, Any]:
    """Return the PACEInfo of one way in."""
    arc = _arc(spec.pace_cipher)
    protocol = next(
        oid for oid, (m, _) in PACE_ECDH.items() if m is mapping and oid.endswith(f".{arc}")
    )
    parameter = Integer(curve_named(spec.pace_curve).parameter_id)
    return {"protocol": protocol, "required": Integer(2), "optional": parameter}


def make(spec: Spec) -> ChipKeys:
    """Make the keys that a card of this kind has."""
    keys = _OF_KIND[spec.chip](spec)
    if Mapping.CHIP_AUTHENTICATION not in spec.pace:
        return keys
    curve = curve_named(spec.pace_curve)
    secret = curve.new_secret(secrets.randbelow)
    info = _public_info(secret, curve, curve.parameter_id)
    return replace(keys, mapping_secret=secret, mapping_infos=(info,))


def _arc(cipher: str) -> str:
    if cipher not in _ARC_OF_CIPHER:
        raise ValueError(f"no cipher {cipher}; there are {', '.join(_ARC_OF_CIPHER)}")
    return _ARC_OF_CIPHER[cipher]


def _spki(public: Any) -> bytes:
    encoding, form = serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    encoded: bytes = public.public_bytes(encoding, form)
    return encoded


def _public_info(secret: int, curve: Curve, key_id: int | None) -> dict[str, Any]:
    public = PublicKeyInfo.load(_spki((curve.generator * secret).native()))
    info = {"protocol": CHIP_KEY_ECDH, "required": public}
    return info if key_id is None else info | {"optional": Integer(key_id)}


def _chip_authentication(spec: Spec) -> ChipKeys:
    curve = curve_named(spec.chip_curve)
    secret = curve.new_secret(secrets.randbelow)
    arc = _arc(spec.chip_cipher)
    protocol = next(oid for oid in CHIP_ECDH if oid.endswith(f".{arc}"))
    info = {"protocol": protocol, "required": Integer(1)}
    return ChipKeys(secret=secret, infos=(info, _public_info(secret, curve, None)))


def _active_rsa(_: Spec) -> ChipKeys:
    key = rsa.generate_private_key(65_537, _RSA_BITS)
    return ChipKeys(sign=_rsa_signer(key), public=_spki(key.public_key()))


def _active_ecdsa(spec: Spec) -> ChipKeys:
    curve = curve_named(spec.chip_curve)
    key = ec.generate_private_key(curve.native())
    algorithm = ObjectIdentifier(_ECDSA_PLAIN_SHA256)
    info = {"protocol": ACTIVE_AUTHENTICATION, "required": Integer(1), "optional": algorithm}
    return ChipKeys(sign=_ecdsa_signer(key, curve), public=_spki(key.public_key()), infos=(info,))


def _rsa_signer(key: rsa.RSAPrivateKey) -> Callable[[bytes], bytes]:
    """Sign as ISO/IEC 9796-2, scheme 1, with SHA-256 and a full-length M1."""
    numbers = key.private_numbers()
    size = key.key_size // 8

    def sign(challenge: bytes) -> bytes:
        first = secrets.token_bytes(size - 32 - 3)
        digest = hashlib.sha256(first + challenge).digest()
        message = int.from_bytes(b"\x6a" + first + digest + b"\x34\xcc", "big")
        return pow(message, numbers.d, numbers.public_numbers.n).to_bytes(size, "big")

    return sign


def _ecdsa_signer(key: ec.EllipticCurvePrivateKey, curve: Curve) -> Callable[[bytes], bytes]:
    """Sign in the plain form, r and s side by side."""
    width = (curve.order.bit_length() + 7) // 8

    def sign(challenge: bytes) -> bytes:
        r, s = decode_dss_signature(key.sign(challenge, ec.ECDSA(hashes.SHA256())))
        return r.to_bytes(width, "big") + s.to_bytes(width, "big")

    return sign


_OF_KIND: dict[ChipProofKind, Callable[[Spec], ChipKeys]] = {
    ChipProofKind.CHIP_AUTHENTICATION: _chip_authentication,
    ChipProofKind.ACTIVE_RSA: _active_rsa,
    ChipProofKind.ACTIVE_ECDSA: _active_ecdsa,
    ChipProofKind.NONE: lambda _: NO_KEYS,
}
