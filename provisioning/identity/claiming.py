"""Become a terminal: a code from a slip goes in, an identity is there.

Idempotent: what was done stays done, and whoever is killed half-way calls again with the
same code. The key is made here and leaves only locked by its keeper.
"""

from dataclasses import dataclass

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from provisioning.identity import fleet_link
from provisioning.identity.fleet_link import ForgedFleet
from provisioning.identity.generations import Generation, Generations
from provisioning.identity.keeper import Keeper
from wire.claim import (
    CLAIM_PATH,
    JSON,
    BadClaim,
    ClaimCode,
    Claimed,
    ClaimRequest,
    Machine,
    decode_claimed,
    machine_claim,
)
from wire.signing import MachineKey, public_bytes


@dataclass(frozen=True, slots=True)
class Became:
    """What the fleet made of this machine."""

    claimed: Claimed
    generation: Generation
    fleet_at_s: float | None
    """What the fleet's clock said, seconds since 1970; None if it did not say."""


def claim(
    generations: Generations,
    keeper: Keeper,
    code: ClaimCode,
    *,
    model: str,
    machine: MachineKey | None = None,
) -> Became:
    """Claim the terminal that `code` is for, and use the identity.

    Args:
        generations: where identities are.
        keeper: how the key is kept.
        code: from the slip.
        model: hardware model of this terminal.
        machine: the key of its TPM; None where none keeps one.

    Raises:
        DeviceError: the machine's key does not sign.
        FleetError: the fleet is silent, forged, or refuses.
        CannotKeep: the key cannot be kept.
        OSError: the disk does not take it.
    """
    issuer, answer = fleet_link.authority(code)
    begun = generations.begun(keeper)
    fleet_ca = issuer.public_bytes(Encoding.PEM)
    request = begun.request(keeper)
    shown = None
    if machine is not None:
        proof = machine.sign(machine_claim(code.token, request))
        shown = Machine(public_bytes(machine.public), proof)
    asked = ClaimRequest(code.token, request, model, keeper.kind, shown)
    said = fleet_link.post(
        code.url, CLAIM_PATH, {"Content-Type": JSON}, msgspec.json.encode(asked), fleet_ca=fleet_ca
    )
    claimed, certificate = certified(said.content, begun, keeper)
    begun.certify(certificate, fleet_ca)
    generations.use(begun)
    generations.forget_old()
    return Became(claimed, begun, answer.date_s)


def certified(
    content: bytes, generation: Generation, keeper: Keeper
) -> tuple[Claimed, x509.Certificate]:
    """Return what the fleet answered, if it is a certificate for this key.

    Raises:
        ForgedFleet: it is not.
    """
    try:
        claimed = decode_claimed(content)
        certificate = x509.load_pem_x509_certificate(claimed.certificate.encode())
    except (BadClaim, ValueError):
        raise ForgedFleet("no certificate") from None
    if certificate.public_key() != generation.key(keeper).public_key():
        raise ForgedFleet("a certificate for another key")
    return claimed, certificate
