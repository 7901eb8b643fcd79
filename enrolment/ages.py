"""Who may register alone, who needs a guardian, who not at all.

NO I/O.

Source: docs/hkid.md, "Who is served": from 11 on, and up to 17 with a guardian's consent.
"""

import re
from datetime import datetime, timedelta, timezone
from enum import Enum, auto

YOUNGEST = 11
ADULT = 18
_HONG_KONG = timezone(timedelta(hours=8))


class Age(Enum):
    """What a birth means for a registration."""

    UNKNOWN = auto()
    CHILD = auto()
    """Younger than anybody who can register."""
    MINOR = auto()
    """A guardian has to consent."""
    ADULT = auto()


def age(birth: str, at: datetime) -> Age:
    """Return what `birth` (``YYYYMMDD``) means in Hong Kong at a time.

    A card that knows the year alone writes zeros for the rest, and its holder counts as
    born before it began.
    """
    if re.fullmatch(r"[0-9]{8}", birth) is None:
        return Age.UNKNOWN
    years = (int(f"{at.astimezone(_HONG_KONG):%Y%m%d}") - int(birth)) // 10_000
    if years < YOUNGEST:
        return Age.CHILD
    return Age.MINOR if years < ADULT else Age.ADULT
