"""Why a reading is believed: what was verified, by what, and what was not.

Rule: a `Provenance` is made only of proofs that belong to one opening of one card.
Each proof holds the opening it came from; `conclude` refuses a mixture, so there is no
verified reading of two cards, nor of one card twice.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from drivers.card.protocol.chain import Chain
from drivers.card.protocol.revocation import Standing
from drivers.card.protocol.security_object import SecurityObject
from drivers.errors import LocalProtocolError

_REVOCATION = {
    Standing.NO_LIST: "revocation: no list of the signer's CSCA is at hand",
    Standing.STALE: "revocation: the newest list of the signer's CSCA is too old",
}


class Opening(Protocol):
    """One way into one card, compared by identity."""

    @property
    def name(self) -> str:
        """Protocol and suite, for the evidence record."""

    @property
    def gap(self) -> str:
        """What this way leaves open; empty if nothing."""


@dataclass(frozen=True, slots=True, repr=False)
class Authentic:
    """Passive authentication held: a signed object, its signer's chain, these groups."""

    opened: Opening
    signed: SecurityObject
    chain: Chain
    groups: dict[int, bytes]
    """Files by number."""


@dataclass(frozen=True, slots=True, repr=False)
class ChipProof:
    """The chip holds a private key whose public half was signed."""

    opened: Opening
    method: str
    key_group: int | None
    """The data group that the key stood in; None for EF.CardSecurity, verified apart."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """For the evidence record: no personal data."""

    access: str
    """Protocol and suite, as ``PACE-ECDH-GM-AES-CBC-CMAC-128/P-256``; BAC says so here."""
    chip: str
    """How the chip was proved; empty where a profile does not ask for it."""
    chain: Chain
    sod_digest: bytes
    """SHA-256 of the file that the issuer signed."""
    groups: tuple[int, ...]
    """Data groups that were read and verified."""
    not_verified: tuple[str, ...]
    """What was not verified, and why."""


def conclude(authentic: Authentic, chip: ChipProof | None) -> Provenance:
    """Bring the proofs together.

    Args:
        authentic: passive authentication.
        chip: None only where a profile does not ask for one; it is said then.

    Raises:
        LocalProtocolError: they are of different sessions, or the chip's key was in a
            data group that was not verified.
    """
    if chip and chip.opened is not authentic.opened:
        raise LocalProtocolError("proofs of different sessions")
    if chip and chip.key_group is not None and chip.key_group not in authentic.groups:
        raise LocalProtocolError("a chip proved with a key that nobody signed")
    return Provenance(
        access=authentic.opened.name,
        chip=chip.method if chip else "",
        chain=authentic.chain,
        sod_digest=authentic.signed.file_digest,
        groups=tuple(sorted(authentic.groups)),
        not_verified=tuple(_gaps(authentic, chip)),
    )


def _gaps(authentic: Authentic, chip: ChipProof | None) -> Iterator[str]:
    if authentic.opened.gap:
        yield authentic.opened.gap
    if chip is None:
        yield "chip: it offers no proof, the card may be a copy"
    if authentic.chain.standing is not Standing.NOT_REVOKED:
        yield _REVOCATION[authentic.chain.standing]
    unread = sorted(authentic.signed.digests.keys() - authentic.groups.keys())
    if unread:
        yield f"not read: {', '.join(f'DG{number}' for number in unread)}"
