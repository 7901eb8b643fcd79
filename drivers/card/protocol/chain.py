"""Why a signer is believed: from its certificate up to one an administrator put there."""

from dataclasses import dataclass
from datetime import datetime

from drivers.card.protocol.revocation import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """The provenance of a verified signer; nothing in it is about a citizen."""

    signer: bytes
    """SHA-256 of the signer's certificate."""
    links: tuple[bytes, ...]
    """SHA-256 of each link certificate, from the signer's issuer towards the root."""
    root: bytes
    """SHA-256 of the CSCA certificate that is believed."""
    root_source: str
    """Name of the file that the root came from; empty if nobody said."""
    standing: Standing
    """What revocation lists say about the signer."""
    list_since: datetime | None
    """Day of the revocation list behind `standing`."""
    algorithms: tuple[str, ...]
    """What the signer's certificate and each link are signed with."""
    since: datetime
    """All certificates are valid from here,"""
    until: datetime
    """to here."""
