"""A reading, whatever the profile: what opens a card, how far it is, what it gave.

Rule: a `CardRead` is complete and verified; there is no partial one. Whoever builds
one vouches for it with a `Provenance`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol, TypeVar

from drivers.card.profile.plan import ReadPlan
from drivers.card.profile.provenance import Provenance
from drivers.card.protocol.curves import Draw
from drivers.card.protocol.dialogue import Dialogue
from drivers.card.protocol.trust import TrustStore
from drivers.errors import LocalProtocolError

_NUMBER = re.compile(r"[A-Z0-9]{1,9}")
_DAY = re.compile(r"[0-9]{8}")

O = TypeVar("O")  # noqa: E741  (what opening gives)
C = TypeVar("C")
LAST_SHARE = 0.95
"""Of a reading, when all is read and nothing yet verified."""


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
    groups: dict[int, bytes]
    """The files of every data group that was read, by number."""
    provenance: Provenance


class CardProfile(Protocol[O, C]):
    """How one kind of card is known, opened, read and verified.

    A profile is a value. Probing, opening and reading are dialogues with the card; what
    they give is not believed before `verify`, which is the only one to make a `CardRead`.
    Another kind of card, the department's own for one, is another class with these five.
    """

    @property
    def name(self) -> str:
        """For the bench and the evidence."""

    def probe(self) -> Dialogue[bool]:
        """Say whether the card that lies there is of this kind; nothing is opened.

        Raises:
            CardUnreadable: it breaks the protocol already.
        """

    def open(self, printed: Print, plan: ReadPlan, draw: Draw) -> Dialogue[O]:
        """Open the card with what it prints.

        Args:
            printed: what opens it.
            plan: how long the pieces are that files are read in.
            draw: gives our private keys and nonces, see `Draw`.

        Raises:
            KeyRefused: the print is not this card's.
            CardUnreadable: malformed or out of protocol.
        """

    def read(
        self, opened: O, plan: ReadPlan, trust: TrustStore, draw: Draw, progress: Progress
    ) -> Dialogue[C]:
        """Read what it holds and let the chip prove itself.

        Args:
            opened: what `open` gave.
            plan: how long the pieces are that files are read in.
            trust: its policy says what is taken; verifying may begin beside the link.
            draw: gives our private keys and nonces.
            progress: told as it goes on.

        Raises:
            ChipCloned: the chip does not hold its key.
            ReadRefused: another plan may do, in a new session.
            CardUnreadable: malformed or out of protocol.
        """

    def verify(self, contents: C, printed: Print, trust: TrustStore, now: datetime) -> CardRead:
        """Verify all of it.

        Args:
            contents: what `read` gave.
            printed: what the card prints; the chip must say the same.
            trust: the CSCA certificates we believe.
            now: aware time for validity.

        Raises:
            NotGenuine: something about it does not hold; which, says the class.
            CardUnreadable: malformed.
        """


def whole(
    profile: CardProfile[O, C],
    printed: Print,
    trust: TrustStore,
    *,
    now: datetime,
    draw: Draw,
    progress: Progress,
    plan: ReadPlan,
) -> Dialogue[CardRead]:
    """Open, read and verify a card in one dialogue; see the steps of `CardProfile`."""
    progress(Step.ACCESS, 0.0)
    opened = yield from profile.open(printed, plan, draw)
    contents = yield from profile.read(opened, plan, trust, draw, progress)
    progress(Step.AUTHENTICITY, LAST_SHARE)
    card = profile.verify(contents, printed, trust, now)
    progress(Step.AUTHENTICITY, 1.0)
    return card
