"""A reading, whatever the profile: what opens a card, how far it is, what it gave.

Rule: a `CardRead` is complete and verified; there is no partial one. Whoever builds
one vouches for one unbroken session, passive and chip authentication.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from drivers.card.protocol.curves import Draw
from drivers.card.protocol.dialogue import Dialogue
from drivers.card.protocol.trust import TrustStore
from drivers.errors import LocalProtocolError

_NUMBER = re.compile(r"[A-Z0-9]{1,9}")
_DAY = re.compile(r"[0-9]{8}")


class Step(StrEnum):
    """How far a reading has come, in this order."""

    ACCESS = "access"
    PERSONAL_DATA = "personal_data"
    PORTRAIT = "portrait"
    AUTHENTICITY = "authenticity"


Progress = Callable[[Step, float], None]
"""Called with the step and the share of the whole reading, 0 to 1, never less than before."""


@dataclass(frozen=True, slots=True, repr=False)
class Print:
    """What the card prints, and what opens it."""

    number: str
    """Without brackets: ``A1234563``."""
    birth: str
    """``YYYYMMDD``."""
    issued: str
    """``YYYYMMDD``."""

    def __post_init__(self) -> None:
        """Check the form.

        Raises:
            LocalProtocolError: no number or day of that form; it is not repeated.
        """
        days = _DAY.fullmatch(self.birth) and _DAY.fullmatch(self.issued)
        if not _NUMBER.fullmatch(self.number) or not days:
            raise LocalProtocolError("a print of another form than agreed")


@dataclass(frozen=True, slots=True, repr=False, kw_only=True)
class CardRead:
    """What one unbroken session gave, all of it verified."""

    number: str
    """Without brackets, check character included."""
    name: str
    """``SURNAME, GIVEN NAMES``, as on the MRZ."""
    birth: str
    """``YYYYMMDD``; the century is the print's, the MRZ has none."""
    sex: str
    """``F``, ``M`` or ``X``."""
    portrait: bytes
    """The image, still encoded."""
    sod_digest: bytes
    """SHA-256 of the file that the issuer signed."""
    document_signer: bytes
    """SHA-256 of the document signer's certificate."""
    access: str
    """Access protocol and suite."""


class CardProfile(Protocol):
    """How one kind of card is opened, read and verified: a function that is a dialogue."""

    def __call__(
        self, printed: Print, trust: TrustStore, *, now: datetime, draw: Draw, progress: Progress
    ) -> Dialogue[CardRead]:
        """Open, read and verify a card.

        Args:
            printed: what opens it.
            trust: the CSCA certificates we believe.
            now: aware time for validity.
            draw: gives our private keys, see `Draw`.
            progress: told as it goes on.

        Raises:
            KeyRefused: the print is not this card's.
            NotGenuine: something about it does not hold; which, says the class.
            CardUnreadable: malformed or out of protocol.
            CardRemoved: it went away.
        """
