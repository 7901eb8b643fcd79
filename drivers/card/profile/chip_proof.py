"""How a chip showed that it is no copy: what it answered, held against a signed key.

Source: ICAO Doc 9303-11, 6.1 (active authentication), 6.2 (chip authentication), 4.4.3.5
(PACE with chip authentication mapping).
"""

from dataclasses import dataclass
from datetime import datetime

from drivers.card.profile.provenance import ChipProof
from drivers.card.protocol import active_auth, card_security, security_info
from drivers.card.protocol.access import Opened
from drivers.card.protocol.errors import ChipCloned
from drivers.card.protocol.lds import ACTIVE_AUTHENTICATION_KEY, SECURITY_OPTIONS
from drivers.card.protocol.security_info import ChipKey, Offers, PaceInfo
from drivers.card.protocol.trust import TrustStore


@dataclass(frozen=True, slots=True, repr=False)
class ChipAnswer:
    """What the chip did; exactly one of the two."""

    key: ChipKey | None = None
    """It went on talking after chip authentication with this key of DG14."""
    signed: tuple[bytes, bytes] | None = None
    """Our challenge and its signature, to be held against the key of DG15."""


def by_answer(
    opened: Opened, answer: ChipAnswer, groups: dict[int, bytes], offers: Offers | None
) -> ChipProof:
    """Return the proof by chip authentication or active authentication.

    Args:
        opened: the session of all of it.
        answer: what the chip did.
        groups: files by number.
        offers: what DG14 says; None without one.

    Raises:
        ChipCloned: the signature does not hold.
        CardUnreadable: a key that we do not take.
    """
    if answer.key is not None:
        return ChipProof(opened, answer.key.name, SECURITY_OPTIONS)
    assert answer.signed is not None
    key = active_auth.parse_dg15(groups[ACTIVE_AUTHENTICATION_KEY])
    method = active_auth.check(key, offers.signature if offers else None, *answer.signed)
    return ChipProof(opened, method, ACTIVE_AUTHENTICATION_KEY)


def by_mapping(
    opened: Opened, file: bytes, trust: TrustStore, *, now: datetime
) -> tuple[ChipProof, tuple[PaceInfo, ...]]:
    """Return the proof by PACE itself, and the ways in that were signed beside the key.

    Args:
        opened: after PACE with chip authentication mapping.
        file: EF.CardSecurity.
        trust: whom its signer has to be issued by.
        now: aware time for validity.

    Raises:
        ChipCloned: the chip does not hold the key.
        NotGenuine: the file's own signature or signer does not hold.
        CardUnreadable: malformed, or no key for this mapping.
    """
    assert opened.used is not None
    assert opened.chip_data is not None
    infos, signer = card_security.parse(file, trust.policy)
    trust.check(signer, now=now)
    offers = security_info.parse(infos)
    curve, public = offers.mapping_key(opened.used.parameter_id)
    if not opened.chip_data.proves(curve, public):
        raise ChipCloned("the chip does not hold the key of its mapping")
    return ChipProof(opened, opened.used.name, None), offers.pace
