"""Service cards: what staff lay on the reader. Ours, not the department's.

A card of ICAO's files that names nobody: DG1 with a card number, no portrait. It says
what it is before access, by an application of our own; its PIN opens it by PACE, so the
card checks the PIN and the terminal keeps nothing to check it with; it is believed by
passive and chip authentication under a folder of trust of its own.

Rule: citizens' issuers sign no service cards and the other way round; the folders differ.
Source: ICAO Doc 9303-10 and -11; BSI TR-03110-3 (PACE with a PIN); ISO/IEC 7816-4, 12.2.3
(an AID that begins with F is registered by nobody).
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from drivers.card.profile.icao import IcaoProfile
from drivers.card.profile.plan import ReadPlan
from drivers.card.profile.provenance import Provenance, conclude
from drivers.card.protocol.access import open_card
from drivers.card.protocol.access_key import from_pin
from drivers.card.protocol.curves import Draw
from drivers.card.protocol.data_groups import parse_dg1
from drivers.card.protocol.dialogue import Dialogue
from drivers.card.protocol.errors import CardUnreadable, FileNotOnCard
from drivers.card.protocol.files import select_application
from drivers.card.protocol.trust import TrustStore

APPLICATION: Final = b"\xf0KIOSK SERVICE"
CODE: Final = "IS"
"""Kind of document in DG1: the first letter is ICAO's, the second ours."""
PIN_DIGITS: Final = 6
_NUMBER: Final = re.compile(r"S([0-9]{8})")
_ICAO: Final = IcaoProfile(has_portrait=False)


@dataclass(frozen=True, slots=True)
class ServiceCard:
    """A service card that was opened with its PIN and verified."""

    number: int
    """Which card, of 0 to 99,999,999; whose it is, only its issuer knows."""
    provenance: Provenance


def probe() -> Dialogue[bool]:
    """Say whether the card that lies there calls itself a service card; nothing is opened."""
    try:
        yield from select_application(APPLICATION)
    except FileNotOnCard:
        return False
    return True


def whole(
    pin: str, trust: TrustStore, *, now: datetime, draw: Draw, plan: ReadPlan
) -> Dialogue[ServiceCard]:
    """Open, read and verify a service card.

    Args:
        pin: as typed.
        trust: the authorities that issue service cards.
        now: aware time for validity.
        draw: gives our private keys and nonces.
        plan: how long the pieces are that files are read in.

    Raises:
        KeyRefused: another PIN.
        NotGenuine: a copy, a forgery, or issued by somebody else.
        CardUnreadable: malformed, or no service card.
    """
    opened = yield from open_card(from_pin(pin), draw, chunk=plan.chunk)
    contents = yield from _ICAO.read(opened, plan, trust, draw, lambda _step, _share: None)
    authentic, chip = _ICAO.proved(contents, trust, now)
    mrz = parse_dg1(authentic.groups[1])
    number = _NUMBER.fullmatch(mrz.number)
    if mrz.code != CODE or number is None:
        raise CardUnreadable("no service card")
    return ServiceCard(int(number[1]), conclude(authentic, chip))
