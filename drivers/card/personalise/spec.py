"""How a virtual card is made: its ways in, its proofs, its algorithms, what is wrong with it.

Read from the ``[card]`` table of a person's TOML; every key has a default.
"""

from dataclasses import dataclass
from enum import StrEnum

from drivers.card.protocol.security_info import Mapping


class Fault(StrEnum):
    """What can be wrong with a card."""

    NONE = "none"
    FORGED = "forged"
    """The signature over the security object is another's."""
    CHANGED = "changed"
    """A data group was changed after signing."""
    UNKNOWN_SIGNER = "unknown_signer"
    """Signed under a CSCA that no terminal trusts."""
    EXPIRED_SIGNER = "expired_signer"
    CLONED = "cloned"
    """All files copied, the chip's private key not."""
    DOWNGRADED = "downgraded"
    """EF.CardAccess hides the better way in that the signed files name."""
    TRUNCATED = "truncated"
    """DG2 ends before its length says."""
    MUTE = "mute"
    """Stops answering in the middle of the portrait."""
    TORN = "torn"
    """Leaves the reader in the middle of the portrait."""
    SHORT_READS = "short_reads"
    """Gives fewer bytes than asked for, which is allowed."""
    NO_LONG_READS = "no_long_reads"
    """Refuses reads of more than 200 bytes and ends its session over them."""
    BAD_MAC = "bad_mac"
    """Garbles its secure messaging in the middle of the portrait."""


class ChipProofKind(StrEnum):
    """How the chip shows that it is no copy."""

    CHIP_AUTHENTICATION = "CA"
    MAPPING = "CAM"
    ACTIVE_RSA = "AA-RSA"
    ACTIVE_ECDSA = "AA-ECDSA"
    NONE = "none"


class Layout(StrEnum):
    """What is on the chip."""

    HKID_2018 = "2018"
    """The open profile with our DG13."""
    HKID_2003 = "2003"
    """The old form: a chip without this application."""


@dataclass(frozen=True, slots=True)
class Spec:
    """One way to make a card."""

    layout: Layout = Layout.HKID_2018
    pace: tuple[Mapping, ...] = (Mapping.GENERIC,)
    """Mappings that it offers; empty for a card with BAC alone."""
    pace_cipher: str = "AES-128"
    """``3DES``, ``AES-128``, ``AES-192`` or ``AES-256``."""
    pace_curve: str = "P-256"
    bac: bool = False
    can: str = ""
    """Card access number; empty for none."""
    chip: ChipProofKind = ChipProofKind.CHIP_AUTHENTICATION
    chip_cipher: str = "AES-128"
    chip_curve: str = "P-256"
    """Of chip authentication, and of active authentication with ECDSA."""
    signer: str = "P-256"
    """Key of the document signer, see `suite.KeyKind`."""
    signer_pss: bool = False
    """RSA-PSS instead of PKCS #1 v1.5."""
    signer_explicit: bool = False
    """Curve parameters are spelt out in its certificate, as 9303-12 asks."""
    digest: str = "sha256"
    """Over the data groups, and of the signature."""
    portrait: str = "ISO 19794-5"
    """How DG2 carries the image: this or ``ISO 39794-5``."""
    longest_answer: int = 256
    """Bytes; above 256 the card takes extended length and says so in EF.ATR/INFO."""
    fault: Fault = Fault.NONE
