"""The open profile: ICAO Doc 9303 with a key from what an HKID prints.

The interface of the real HKID chip is not public. This profile reads cards that we
personalise ourselves: PACE, secure messaging, passive and chip authentication as
the standard says. One thing is our own: an HKID prints no expiry date, so the date
of issue takes its place in the MRZ-type password (docs/hkid.md).

Rule: a `CardRead` is built at the very end, from one unbroken session, after
everything in it was verified.
"""

from datetime import datetime

from drivers.card.profile.reading import CardRead, Print, Progress, Step
from drivers.card.protocol import chip_auth, pace, security_object
from drivers.card.protocol.certificate import fingerprint
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
from drivers.card.protocol.trust import TrustStore

APPLICATION = bytes.fromhex("A0000002471001")
CARD_ACCESS, SOD, DG1, DG2, DG14 = 0x011C, 0x011D, 0x0101, 0x0102, 0x010E

_OPENED_SHARE, _SMALL_FILES_SHARE, _PORTRAIT_SHARE = 0.1, 0.2, 0.75


def secret(printed: Print) -> bytes:
    """Return the secret behind the password of a card that prints this."""
    number = with_check(document_number(printed.number))
    return pace.mrz_secret(number, with_check(printed.birth[2:]), with_check(printed.issued[2:]))


def read(
    printed: Print, trust: TrustStore, *, now: datetime, draw: Draw, progress: Progress
) -> Dialogue[CardRead]:
    """Open, read and verify a card; the contract is `CardProfile`'s."""
    progress(Step.ACCESS, 0.0)
    offered = pace_infos((yield from read_file(CARD_ACCESS)))
    if not offered:
        raise CardUnreadable("no way in that we know")
    session = yield from pace.establish(secret(printed), offered[0], draw)
    progress(Step.ACCESS, _OPENED_SHARE)
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
    signed = _authentic(sod, {1: dg1, 2: dg2, 14: dg14}, trust, now=now)
    if set(offered) != set(pace_infos(security_infos_of_dg14(dg14))):
        raise DataChanged("EF.CardAccess offers something else than the signed DG14 does")
    mrz, portrait = parse_dg1(dg1), parse_dg2(dg2)
    if (mrz.number, mrz.birth) != (printed.number, printed.birth[2:]):
        raise DiffersFromPrint("the chip says something else than the print")
    progress(Step.AUTHENTICITY, 1.0)
    return CardRead(
        number=mrz.number,
        name=mrz.name,
        birth=printed.birth,
        sex=mrz.sex,
        portrait=portrait.image,
        sod_digest=signed.file_digest,
        document_signer=fingerprint(signed.signer),
        access=offered[0].name,
    )


def _prove_chip(draw: Draw) -> Dialogue[tuple[bytes, bytes, SecureMessaging]]:
    """Read what chip authentication needs and run it; later checks decide on belief."""
    yield from select_application(APPLICATION)
    sod = yield from read_file(SOD)
    dg14 = yield from read_file(DG14)
    session = yield from chip_auth.authenticate(chip_key(security_infos_of_dg14(dg14)), draw)
    return sod, dg14, session


def _authentic(
    sod: bytes, groups: dict[int, bytes], trust: TrustStore, *, now: datetime
) -> SecurityObject:
    """Authenticate passively: signature, signer, and every data group's hash."""
    signed = security_object.parse(sod)
    trust.check(signed.signer, now=now)
    for number, file in groups.items():
        signed.check(number, file)
    return signed
