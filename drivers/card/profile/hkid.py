"""HKID-shaped specimens: the open profile, with what an HKID says beside it.

Not the real card's profile, which is not public (docs/hkid.md). The department's own
would be a class beside this one with the same five members (`reading.CardProfile`); a
service that reads cards for others would be one like `mediated`.
"""

from dataclasses import dataclass
from datetime import datetime

from drivers.card.profile import hkid_details
from drivers.card.profile.hkid_details import HkidDetails
from drivers.card.profile.icao import Contents, IcaoProfile
from drivers.card.profile.plan import ReadPlan
from drivers.card.profile.reading import CardRead, Print, Progress
from drivers.card.protocol.access import Opened
from drivers.card.protocol.curves import Draw
from drivers.card.protocol.dialogue import Dialogue
from drivers.card.protocol.errors import DiffersFromPrint, FileNotOnCard
from drivers.card.protocol.lds import OPTIONAL_DETAILS
from drivers.card.protocol.trust import TrustStore

_ICAO = IcaoProfile(further_groups=(OPTIONAL_DETAILS,))


def details(card: CardRead) -> HkidDetails:
    """Return what a verified card says in DG13.

    Raises:
        CardUnreadable: malformed.
    """
    return hkid_details.parse(card.groups[OPTIONAL_DETAILS])


@dataclass(frozen=True, slots=True)
class HkidProfile:
    """Our HKID-shaped cards; each step is the open profile's unless it says more."""

    name: str = "hkid"

    def probe(self) -> Dialogue[bool]:
        """Say whether the card offers PACE."""
        return (yield from _ICAO.probe())

    def open(self, printed: Print, plan: ReadPlan, draw: Draw) -> Dialogue[Opened]:
        """Open the card with number, birth and date of issue."""
        return (yield from _ICAO.open(printed, plan, draw))

    def read(
        self, opened: Opened, plan: ReadPlan, trust: TrustStore, draw: Draw, progress: Progress
    ) -> Dialogue[Contents]:
        """Read it, DG13 too."""
        return (yield from _ICAO.read(opened, plan, trust, draw, progress))

    def verify(
        self, contents: Contents, printed: Print, trust: TrustStore, now: datetime
    ) -> CardRead:
        """Verify all of it, and hold the date of issue against the print.

        Raises:
            FileNotOnCard: a good card of another kind, without DG13.
            DiffersFromPrint: it was issued another day than is printed.
            CardUnreadable: DG13 is malformed.
            NotGenuine: see `IcaoProfile.verify`.
        """
        card = _ICAO.verify(contents, printed, trust, now)
        if OPTIONAL_DETAILS not in card.groups:
            raise FileNotOnCard("the card has no EF.DG13")
        if details(card).issued != printed.issued:
            raise DiffersFromPrint("the chip was issued another day than is printed")
        return card
