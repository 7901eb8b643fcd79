"""What is said of the card that lies under the document camera.

What it prints crosses here on its way into the vault; `repr` names the type alone.
"""

from enum import StrEnum

import msgspec

from wire.message import Message


class Form(StrEnum):
    """Which generation a card is of."""

    FORM_2018 = "2018"
    FORM_2003 = "2003"


class PrintedField(StrEnum):
    """What a card's front says; its symbols are left out (docs/privacy.md)."""

    TITLE = "title"
    CHINESE = "chinese"
    NAME = "name"
    CODES = "codes"
    BIRTH = "birth"
    SEX = "sex"
    FIRST = "first"
    ISSUED = "issued"
    NUMBER = "number"


class CardHint(StrEnum):
    """The one thing that stands between the card and its being read."""

    NOTHING = "nothing"
    """No card lies there."""
    CUT_OFF = "cut_off"
    COVERED = "covered"
    """A hand or something else lies over it."""
    NOT_A_CARD = "not_a_card"
    WRONG_SIDE = "wrong_side"
    GLARE = "glare"
    TOO_DARK = "too_dark"
    TOO_BRIGHT = "too_bright"
    BLURRED = "blurred"
    READING = "reading"
    """Nothing: it is being read."""


class CopyCheck(StrEnum):
    """What a burst under switched lights and the look for a copy said."""

    NOT_MADE = "not_made"
    """No lights are set up, or they failed."""
    NO_SIGN = "no_sign"
    SUSPECTED = "suspected"


class PrintOutcome(StrEnum):
    """What the comparison of chip and print says."""

    AGREES = "agrees"
    """Every field was read and says what the chip says."""
    UNSURE = "unsure"
    """Nothing speaks against it, and something could not be read for sure."""
    DIFFERS = "differs"


class PrintRead(Message, frozen=True, kw_only=True):
    """What the front of a card says; an empty field could not be read."""

    form: Form
    consular: bool = False
    """The title is that of a Consular Corps identity card."""
    number: str = ""
    """Compact, with its check character."""
    name: str = ""
    """``SURNAME, Given Names``."""
    chinese: str = ""
    """Empty, too, where the holder has none."""
    codes: tuple[str, ...] = ()
    """Chinese commercial codes of the name."""
    birth: str = ""
    """``YYYYMMDD``."""
    sex: str = ""
    """``F`` or ``M``."""
    first: str = ""
    """Month of first registration, ``YYYYMM``."""
    issued: str = ""
    """``YYYYMMDD``."""
    copy_check: CopyCheck = CopyCheck.NOT_MADE
    unread: frozenset[PrintedField] = frozenset()
    unsure: dict[PrintedField, int] = msgspec.field(default_factory=dict)
    """How many characters of a field might be others."""

    @property
    def opens_chip(self) -> bool:
        """Whether the three fields that make the chip's key were read."""
        return bool(self.number and self.birth and self.issued)


class PrintUnreadable(Message, frozen=True):
    """A card lay there for one try's time and could not be read."""
