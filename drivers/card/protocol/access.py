"""The way into a card: PACE where it is offered, BAC where it is not, and which it was.

Rule: BAC is never a second try. A card that offers PACE is opened with PACE or not at
all; and what EF.CardAccess, which nobody signed, did not offer is held against the
signed DG14 later, so that hiding PACE does not pass (`profile.icao`).
Source: ICAO Doc 9303-11, 4.2 (chip access procedure).
"""

from dataclasses import dataclass

from drivers.card.protocol import bac, pace
from drivers.card.protocol.access_key import AccessKey
from drivers.card.protocol.apdu import CommandApdu
from drivers.card.protocol.curves import Draw
from drivers.card.protocol.dialogue import Dialogue
from drivers.card.protocol.errors import FileNotOnCard, KeyRefused
from drivers.card.protocol.files import read_file, select_application
from drivers.card.protocol.lds import CARD_ACCESS
from drivers.card.protocol.pace import ChipData
from drivers.card.protocol.secure_messaging import SecureMessaging, protected
from drivers.card.protocol.security_info import PaceInfo, parse, preferred

APPLICATION = bytes.fromhex("A0000002471001")
_MASTER_FILE = CommandApdu(0x00, 0xA4, 0x00, 0x0C, b"\x3f\x00")


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Opened:
    """A card that was opened; every object of one opening is of one unbroken session."""

    session: SecureMessaging
    offered: tuple[PaceInfo, ...]
    used: PaceInfo | None
    """None after BAC."""
    chip_data: ChipData | None

    @property
    def name(self) -> str:
        """For the evidence record: protocol and suite."""
        return self.used.name if self.used else "BAC-3DES-CBC-CBC"

    @property
    def gap(self) -> str:
        """What this way in leaves open."""
        return "" if self.used else "access: BAC, the card offers no PACE that we know"


def offers(*, chunk: int) -> Dialogue[tuple[PaceInfo, ...]]:
    """Return the ways in that EF.CardAccess offers; none if there is no such file.

    Raises:
        ReadRefused: the card does not take chunks of this length.
        CardUnreadable: the file is malformed.
    """
    try:
        file = yield from read_file(CARD_ACCESS, chunk=chunk)
    except FileNotOnCard:
        # After a reset most cards are at the master file; the others are told to go there.
        yield _MASTER_FILE
        try:
            file = yield from read_file(CARD_ACCESS, chunk=chunk)
        except FileNotOnCard:
            return ()
    return parse(file).pace


def open_card(key: AccessKey, draw: Draw, *, chunk: int) -> Dialogue[Opened]:
    """Open the card; after PACE the master file is current, after BAC the application.

    Raises:
        KeyRefused: the key is not the card's.
        CardUnreadable: no way in that we know, or the card broke the protocol.
    """
    offered = yield from offers(chunk=chunk)
    if offered:
        info = preferred(offered)
        established = yield from pace.establish(key, info, draw)
        return Opened(established.session, offered, info, established.chip_data)
    if key.seed is None:
        raise KeyRefused("the card offers no PACE, and BAC knows no access number")
    yield from select_application(APPLICATION)
    session = yield from bac.establish(key.seed, draw)
    return Opened(session, offered, None, None)


def enter_application(opened: Opened) -> Dialogue[None]:
    """Select the application under the session, where that is still to be done.

    Raises:
        FileNotOnCard: the card has no such application.
    """
    if opened.used is not None:
        yield from protected(select_application(APPLICATION), opened.session)
