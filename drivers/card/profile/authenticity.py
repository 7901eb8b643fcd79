"""From files that a card gave to a reading that is believed.

Rule: a `CardRead` is built here and nowhere else, from groups that passed passive
authentication, and only when the chip says what the card prints.
Source: ICAO Doc 9303-11, 5.1.1 (inspection process).
"""

from datetime import datetime

from drivers.card.profile.provenance import Authentic, ChipProof, Opening, conclude
from drivers.card.profile.reading import CardRead, Print
from drivers.card.protocol.data_groups import parse_dg1, parse_dg2
from drivers.card.protocol.errors import DiffersFromPrint
from drivers.card.protocol.lds import PORTRAIT
from drivers.card.protocol.security_object import SecurityObject
from drivers.card.protocol.trust import TrustStore


def authenticated(
    opened: Opening,
    signed: SecurityObject,
    groups: dict[int, bytes],
    trust: TrustStore,
    *,
    now: datetime,
) -> Authentic:
    """Authenticate passively: every group's hash, then who signed.

    Args:
        opened: the session that the groups are of.
        signed: the security object, its own signature verified.
        groups: raw files by number; DG1 is among them.
        trust: whom the signer has to be issued by.
        now: aware time for validity.

    Raises:
        DataChanged: a group has another hash.
        NotGenuine: the signer is not believed.
        CardUnreadable: DG1 is malformed.
    """
    for number, file in groups.items():
        signed.check(number, file)
    mrz = parse_dg1(groups[1])
    chain = trust.check(signed.signer, now=now, issuing_state=mrz.issuer, document_code=mrz.code)
    return Authentic(opened, signed, chain, groups)


def card_read(authentic: Authentic, chip: ChipProof | None, printed: Print) -> CardRead:
    """Return the reading.

    Args:
        authentic: the groups and what they were verified by.
        chip: None only where a profile does not ask for a proof.
        printed: what the card prints.

    Raises:
        DiffersFromPrint: the chip says something else.
        CardUnreadable: DG2 is malformed.
        LocalProtocolError: the proofs are of different sessions.
    """
    mrz = parse_dg1(authentic.groups[1])
    if (mrz.number, mrz.birth) != (printed.number, printed.birth[2:]):
        raise DiffersFromPrint("the chip says something else than the print")
    return CardRead(
        number=mrz.number,
        name=mrz.name,
        birth=printed.birth,
        sex=mrz.sex,
        portrait=parse_dg2(authentic.groups[PORTRAIT]).image,
        groups=authentic.groups,
        provenance=conclude(authentic, chip),
    )
