"""The open profile: ICAO Doc 9303, from the way in to the chip's proof.

Rule: nothing is believed before `verify`; it asks of everything that it is of one
unbroken session, and `Provenance` says by what it was verified.
Source: ICAO Doc 9303-10 (files), 9303-11 (protocols).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from drivers.card.profile.authenticity import authenticated, card_read
from drivers.card.profile.chip_proof import ChipAnswer, by_answer, by_mapping
from drivers.card.profile.plan import SHORT, ReadPlan
from drivers.card.profile.provenance import Authentic, ChipProof
from drivers.card.profile.reading import LAST_SHARE, CardRead, Print, Progress, Step
from drivers.card.protocol import active_auth, chip_auth, security_object
from drivers.card.protocol.access import Opened, enter_application, offers, open_card
from drivers.card.protocol.access_key import AccessKey, from_mrz
from drivers.card.protocol.curves import Draw
from drivers.card.protocol.dialogue import Dialogue
from drivers.card.protocol.errors import (
    CardUnreadable,
    ChipCloned,
    DataChanged,
    FileNotOnCard,
    SessionBroken,
)
from drivers.card.protocol.files import File, read_file
from drivers.card.protocol.lds import (
    ACTIVE_AUTHENTICATION_KEY,
    CARD_SECURITY,
    GROUPS,
    PORTRAIT,
    SECURITY_OPTIONS,
    SOD,
)
from drivers.card.protocol.secure_messaging import SecureMessaging, protected
from drivers.card.protocol.security_info import ChipKey, Offers, PaceInfo, parse_dg14
from drivers.card.protocol.security_object import SecurityObject
from drivers.card.protocol.trust import TrustStore

_OPENED_SHARE, _SMALL_FILES_SHARE = 0.1, 0.2


@dataclass(frozen=True, slots=True, repr=False)
class Contents:
    """What a card gave, nothing of it believed yet."""

    opened: Opened
    sod: Callable[[], SecurityObject]
    """Parsed beside the link; raises what parsing raises."""
    groups: dict[int, bytes]
    offers: Offers | None
    """What DG14 says."""
    card_security: bytes | None
    chip: ChipAnswer | None


@dataclass(frozen=True, slots=True)
class IcaoProfile:
    """Cards after ICAO Doc 9303."""

    name: str = "icao"
    further_groups: tuple[int, ...] = ()
    """Data groups read where a card has them, beside DG1, DG2, DG14 and DG15."""
    ask_chip: bool = True
    """Whether a card is refused whose chip proves nothing: it may be a copy."""
    has_portrait: bool = True
    """Whether DG2 is read; a card of nobody has none."""

    def probe(self) -> Dialogue[bool]:
        """Say whether the card offers PACE; cards with BAC alone are told when opened."""
        return bool((yield from offers(chunk=SHORT.chunk)))

    def key(self, printed: Print) -> AccessKey:
        """Return the key that a print stands for.

        An HKID prints no expiry date; the date of issue takes its place (docs/hkid.md).
        """
        return from_mrz(printed.number, printed.birth[2:], printed.issued[2:])

    def open(self, printed: Print, plan: ReadPlan, draw: Draw) -> Dialogue[Opened]:
        """Open the card; the contract is `CardProfile`'s."""
        # Nothing is read before access that would not fit a short answer.
        chunk = min(plan.chunk, SHORT.chunk)
        return (yield from open_card(self.key(printed), draw, chunk=chunk))

    def read(
        self, opened: Opened, plan: ReadPlan, trust: TrustStore, draw: Draw, progress: Progress
    ) -> Dialogue[Contents]:
        """Read what it holds; the contract is `CardProfile`'s."""
        progress(Step.ACCESS, _OPENED_SHARE)
        session, card_security = opened.session, None
        if opened.chip_data is not None:
            card_security = yield from _file(CARD_SECURITY, session, plan)
        yield from enter_application(opened)
        raw = yield from _file(SOD, session, plan)
        signed = plan.aside(lambda: security_object.parse(raw, trust.policy))
        groups = yield from _present((SECURITY_OPTIONS,), session, plan)
        dg14 = groups.get(SECURITY_OPTIONS)
        offers = parse_dg14(dg14) if dg14 else None
        key = offers.chip if offers and opened.chip_data is None else None
        if key is not None:
            session = yield from protected(chip_auth.authenticate(key, draw), session)
        groups[1] = yield from _first_after(key, _file(GROUPS[1], session, plan))
        chip = ChipAnswer(key=key) if key else None
        if opened.chip_data is None and key is None:
            groups |= yield from _present((ACTIVE_AUTHENTICATION_KEY,), session, plan)
            if ACTIVE_AUTHENTICATION_KEY in groups:
                asking = active_auth.challenge(draw, longest=plan.longest_answer)
                chip = ChipAnswer(signed=(yield from protected(asking, session)))
        progress(Step.PERSONAL_DATA, _SMALL_FILES_SHARE)

        def portrait_progress(done: int, total: int) -> None:
            share = _SMALL_FILES_SHARE + (LAST_SHARE - _SMALL_FILES_SHARE) * done / total
            progress(Step.PORTRAIT, share)

        if self.has_portrait:
            groups[PORTRAIT] = yield from protected(
                read_file(GROUPS[PORTRAIT], chunk=plan.chunk, progress=portrait_progress), session
            )
        groups |= yield from _present(self.further_groups, session, plan)
        return Contents(opened, signed, groups, offers, card_security, chip)

    def verify(
        self, contents: Contents, printed: Print, trust: TrustStore, now: datetime
    ) -> CardRead:
        """Verify all of it; the contract is `CardProfile`'s."""
        return card_read(*self.proved(contents, trust, now), printed)

    def proved(
        self, contents: Contents, trust: TrustStore, now: datetime
    ) -> tuple[Authentic, ChipProof | None]:
        """Return what is authentic of `contents`, and the chip's proof.

        Raises:
            NotGenuine: something about it does not hold; which, says the class.
            CardUnreadable: malformed.
        """
        opened = contents.opened
        authentic = authenticated(opened, contents.sod(), contents.groups, trust, now=now)
        chip, signed_offers = self._chip_and_offers(contents, trust, now)
        if set(signed_offers) != set(opened.offered):
            raise DataChanged("EF.CardAccess offers something else than was signed")
        return authentic, chip

    def _chip_and_offers(
        self, contents: Contents, trust: TrustStore, now: datetime
    ) -> tuple[ChipProof | None, tuple[PaceInfo, ...]]:
        """Return the chip's proof, and the ways in that were signed."""
        if contents.card_security is not None:
            return by_mapping(contents.opened, contents.card_security, trust, now=now)
        offers = contents.offers
        if contents.chip is None and self.ask_chip:
            raise CardUnreadable("the chip offers no proof that we know")
        proof = None
        if contents.chip is not None:
            proof = by_answer(contents.opened, contents.chip, contents.groups, offers)
        return proof, offers.pace if offers else ()


def _present(
    numbers: tuple[int, ...], session: SecureMessaging, plan: ReadPlan
) -> Dialogue[dict[int, bytes]]:
    """Read those data groups that the card has."""
    found = {}
    for number in numbers:
        try:
            found[number] = yield from _file(GROUPS[number], session, plan)
        except FileNotOnCard:
            continue
    return found


def _file(file: File, session: SecureMessaging, plan: ReadPlan) -> Dialogue[bytes]:
    return (yield from protected(read_file(file, chunk=plan.chunk), session))


def _first_after(key: ChipKey | None, reading: Dialogue[bytes]) -> Dialogue[bytes]:
    """Read on: the first answer after chip authentication proves the key, or its lack."""
    try:
        return (yield from reading)
    except SessionBroken as error:
        if key is None:
            raise
        raise ChipCloned("the chip cannot go on after chip authentication") from error
