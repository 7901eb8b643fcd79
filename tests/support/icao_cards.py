"""A good card of the open profile, and readings of it and of cards like it."""

import hashlib
from collections.abc import Callable
from dataclasses import replace

from drivers.card.personalise import pki
from drivers.card.personalise.card import VirtualCard, personalise
from drivers.card.personalise.person import SPECIMEN
from drivers.card.profile.icao import IcaoProfile
from drivers.card.profile.plan import SHORT, ReadPlan
from drivers.card.profile.reading import CardRead, Print, Step, whole
from drivers.card.protocol.dialogue import Dialogue, converse
from drivers.card.protocol.files import File
from drivers.card.protocol.lds import GROUPS, SOD
from drivers.card.protocol.trust import TrustStore
from tests.support.cards import ChipChannel, portrait
from tests.support.certificates import NOW

CSCA = pki.make_csca()
TRUST = TrustStore((CSCA.certificate,))
PHOTO = portrait()
PRINT = Print(SPECIMEN.number, SPECIMEN.birth, SPECIMEN.issued)
PROFILE = IcaoProfile()
DG1, DG2, DG14 = (GROUPS[number] for number in (1, 2, 14))
GOOD = personalise(SPECIMEN, PHOTO, CSCA)


class Drawn:
    """Draws the same numbers each time, so that a reading can be repeated byte for byte."""

    def __init__(self) -> None:
        self._count = 0

    def __call__(self, most: int) -> int:
        self._count += 1
        digest = hashlib.sha256(bytes((self._count,))).digest()
        return int.from_bytes(digest, "big") % most


def read(
    card: VirtualCard | ChipChannel,
    printed: Print = PRINT,
    *,
    profile: IcaoProfile = PROFILE,
    plan: ReadPlan = SHORT,
    progress: Callable[[Step, float], None] = lambda _step, _share: None,
) -> CardRead:
    channel = ChipChannel(card) if isinstance(card, VirtualCard) else card
    return converse(reading(printed, profile=profile, plan=plan, progress=progress), channel)


def reading(
    printed: Print = PRINT,
    *,
    profile: IcaoProfile = PROFILE,
    plan: ReadPlan = SHORT,
    progress: Callable[[Step, float], None] = lambda _step, _share: None,
) -> Dialogue[CardRead]:
    return whole(profile, printed, TRUST, now=NOW, draw=Drawn(), progress=progress, plan=plan)


def reissued(files: dict[File, bytes], card: VirtualCard = GOOD) -> VirtualCard:
    """Return a card with other files, signed anew by a good issuer."""
    changed = {**card.files, **files}
    groups = {number: changed[file] for number, file in GROUPS.items() if file in changed}
    return replace(card, files={**changed, SOD: pki.sign(groups, pki.make_signer(CSCA))})
