"""Sign and verify the bytes of `wire.signature` with a key of either kind.

NO I/O: keys come in, as keys or as something that signs (`MachineKey`).

Source: RFC 9421, 3.3.4 (ecdsa-p256-sha256: r, then s, 32 bytes each), 3.3.6 (ed25519).
"""

from typing import Protocol, TypeGuard

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from wire.signature import (
    ED25519,
    MACHINE_LABEL,
    P256,
    BadSignature,
    Covered,
    Parameters,
    by_machine,
    headers,
    parse,
    signature_base,
    together,
)

_COORDINATE_BYTES = 32

PrivateKey = Ed25519PrivateKey | ec.EllipticCurvePrivateKey
PublicKey = Ed25519PublicKey | ec.EllipticCurvePublicKey


class MachineKey(Protocol):
    """A key of P-256 in a machine's TPM: it signs, and its private half cannot be had."""

    @property
    def public(self) -> ec.EllipticCurvePublicKey:
        """Return the public half."""

    def sign(self, content: bytes) -> bytes:
        """Return the signature (ECDSA with SHA-256): r, then s, 32 bytes each."""


def signs(key: object) -> TypeGuard[PrivateKey]:
    """Say whether a private key is of a kind that signs requests."""
    on_curve = isinstance(key, ec.EllipticCurvePrivateKey) and isinstance(key.curve, ec.SECP256R1)
    return on_curve or isinstance(key, Ed25519PrivateKey)


def verifies(key: object) -> TypeGuard[PublicKey]:
    """Say whether a public key is of a kind that signs requests."""
    on_curve = isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1)
    return on_curve or isinstance(key, Ed25519PublicKey)


def algorithm(key: PrivateKey) -> str:
    """Return the name of the algorithm a key signs by."""
    return ED25519 if isinstance(key, Ed25519PrivateKey) else P256


def sign(key: PrivateKey, base: bytes) -> bytes:
    """Return the signature of `base`."""
    if isinstance(key, Ed25519PrivateKey):
        return key.sign(base)
    halves = decode_dss_signature(key.sign(base, ec.ECDSA(hashes.SHA256())))
    return b"".join(half.to_bytes(_COORDINATE_BYTES, "big") for half in halves)


def public_bytes(key: ec.EllipticCurvePublicKey) -> bytes:
    """Return a machine's public key as it travels and is kept (SubjectPublicKeyInfo, DER)."""
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def fields(
    key: PrivateKey, covered: Covered, parameters: Parameters, machine: MachineKey | None
) -> dict[str, str]:
    """Return the two fields that sign a request by `key`, and by the `machine` if there is one.

    Raises:
        BadSignature: what is covered cannot be signed.
    """
    terminal = headers(parameters, sign(key, signature_base(covered, parameters)))
    if machine is None:
        return terminal
    beside = by_machine(parameters, public_bytes(machine.public))
    signature = machine.sign(signature_base(covered, beside))
    return together(terminal, headers(beside, signature, label=MACHINE_LABEL))


def verify_machine(
    public: ec.EllipticCurvePublicKey,
    covered: Covered,
    machine_fields: tuple[str, str],
    terminal: Parameters,
) -> None:
    """Return if a machine has signed what the terminal signed, in the same moment.

    Args:
        public: the machine's key.
        covered: what the request says of itself.
        machine_fields: Signature-Input and Signature, the machine's part.
        terminal: what the terminal's signature says of itself.

    Raises:
        BadSignature: it has not.
    """
    parameters, signature = parse(*machine_fields, label=MACHINE_LABEL)
    if parameters != by_machine(terminal, public_bytes(public)):
        raise BadSignature("by another machine, or for another request")
    verify(public, P256, signature, signature_base(covered, parameters))


def verify(key: PublicKey, algorithm: str, signature: bytes, base: bytes) -> None:
    """Return if `signature` is of `base` and by the holder of `key`.

    Raises:
        BadSignature: it is not, or of another algorithm than the key's.
    """
    try:
        if isinstance(key, Ed25519PublicKey):
            if algorithm != ED25519:
                raise BadSignature("by another kind of key")
            key.verify(signature, base)
            return
        if algorithm != P256 or len(signature) != 2 * _COORDINATE_BYTES:
            raise BadSignature("by another kind of key")
        r, s = (
            int.from_bytes(half, "big")
            for half in (signature[:_COORDINATE_BYTES], signature[_COORDINATE_BYTES:])
        )
        key.verify(encode_dss_signature(r, s), base, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        raise BadSignature("does not hold") from None
