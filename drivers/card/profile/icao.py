"""The open profile: ICAO Doc 9303 with a key from what an HKID prints.

The interface of the real HKID chip is not public. This profile reads cards that we
personalise ourselves: PACE, secure messaging, passive and chip authentication as
the standard says. One thing is our own: an HKID prints no expiry date, so the date
of issue takes its place in the MRZ-type password (docs/hkid.md).

Rule: a `CardRead` is built at the very end, from one unbroken session, after
everything in it was verified.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from drivers.card.protocol import chip_auth, pace, security_object
from drivers.card.protocol.curves import Draw
from drivers.card.protocol.data_groups import parse_dg1, parse_dg2
from drivers.card.protocol.dialogue import Dialogue
from drivers.card.protocol.errors import (
    CardUnreadable,
    ChipCloned,
    DataChanged,
    DiffersFromPrint,
    SessionBroken,
)
from drivers.card.protocol.files import read_file, read_selected, select_application, select_file
from drivers.card.protocol.mrz import document_number, with_check
from drivers.card.protocol.secure_messaging import SecureMessaging, protected
from drivers.card.protocol.security_info import chip_key, pace_infos, security_infos_of_dg14
from drivers.card.protocol.security_object import SecurityObject
from drivers.card.protocol.trust import TrustStore, fingerprint

APPLICATION = bytes.fromhex("A0000002471001")
CARD_ACCESS, SOD, DG1, DG2, DG14 = 0x011C, 0x011D, 0x0101, 0x0102, 0x010E


class Step(StrEnum):
    """How far a reading has come."""

    ACCESS = "access"
    PERSONAL_DATA = "personal_data"
    PORTRAIT = "portrait"
    AUTHENTICITY = "authenticity"


Progress = Callable[[Step, float], None]
"""Called with the step and the share of the whole reading, 0 to 1."""
_SMALL_FILES_SHARE = 0.2
_PORTRAIT_SHARE = 0.75


@dataclass(frozen=True, slots=True, repr=False)
class Print:
    """What the card prints, and what opens it."""

    number: str
    """Without brackets: ``A1234563``."""
    birth: str
    """``YYYYMMDD``."""
    issued: str
    """``YYYYMMDD``."""

    @property
    def secret(self) -> bytes:
        """The secret behind the password."""
        number = with_check(document_number(self.number))
        return pace.mrz_secret(number, with_check(self.birth[2:]), with_check(self.issued[2:]))


@dataclass(frozen=True, slots=True, repr=False, kw_only=True)
class CardRead:
    """What one unbroken session gave, all of it verified."""

    number: str
    name: str
    birth: str
    """``YYYYMMDD``; the century is the print's, the MRZ has none."""
    sex: str
    portrait: bytes
    sod_digest: bytes
    document_signer: bytes
    access: str


def read(
    printed: Print, trust: TrustStore, *, now: datetime, draw: Draw, progress: Progress
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
    progress(Step.ACCESS, 0.0)
    offered = pace_infos((yield from read_file(CARD_ACCESS)))
    if not offered:
        raise CardUnreadable("no way in that we know")
    session = yield from pace.establish(printed.secret, offered[0], draw)
    progress(Step.ACCESS, 0.1)
    sod, dg14, session = yield from protected(_prove_chip(draw), session)
    try:
        # The first answer after chip authentication proves the key, or its lack.
        yield from protected(select_file(DG1), session)
    except SessionBroken as error:
        raise ChipCloned("the chip cannot go on after chip authentication") from error
    dg1 = yield from protected(read_selected(), session)
    progress(Step.PERSONAL_DATA, _SMALL_FILES_SHARE)

    def portrait_progress(done: int, total: int) -> None:
        progress(Step.PORTRAIT, _SMALL_FILES_SHARE + _PORTRAIT_SHARE * done / total)

    dg2 = yield from protected(read_file(DG2, progress=portrait_progress), session)
    progress(Step.AUTHENTICITY, _SMALL_FILES_SHARE + _PORTRAIT_SHARE)
    signed = security_object.parse(sod)
    trust.check(signed.signer, now=now)
    card = _believed(printed, signed, {1: dg1, 2: dg2, 14: dg14}, access=offered[0].name)
    if set(offered) != set(pace_infos(security_infos_of_dg14(dg14))):
        raise DataChanged("EF.CardAccess offers something else than the signed DG14 does")
    progress(Step.AUTHENTICITY, 1.0)
    return card


def _prove_chip(draw: Draw) -> Dialogue[tuple[bytes, bytes, SecureMessaging]]:
    """Read what chip authentication needs and run it; later checks decide on belief."""
    yield from select_application(APPLICATION)
    sod = yield from read_file(SOD)
    dg14 = yield from read_file(DG14)
    session = yield from chip_auth.authenticate(chip_key(security_infos_of_dg14(dg14)), draw)
    return sod, dg14, session


def _believed(
    printed: Print, signed: SecurityObject, groups: dict[int, bytes], *, access: str
) -> CardRead:
    """Hold every data group against its hash, and the chip against the print."""
    for number, file in groups.items():
        signed.check(number, file)
    mrz, portrait = parse_dg1(groups[1]), parse_dg2(groups[2])
    if (mrz.number, mrz.birth) != (printed.number, printed.birth[2:]):
        raise DiffersFromPrint("the chip says something else than the print")
    return CardRead(
        number=mrz.number,
        name=mrz.name,
        birth=printed.birth,
        sex=mrz.sex,
        portrait=portrait.image,
        sod_digest=signed.file_digest,
        document_signer=fingerprint(signed.signer),
        access=access,
    )
