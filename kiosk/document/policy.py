"""Which cards are served: dated tables as data, so that a change of law is no release."""

import tomllib
from datetime import date
from typing import Final

import msgspec

_LONGEST: Final = 100_000


class BadPolicy(ValueError):
    """The policy's text is of another form than agreed."""

    code = "config.bad_value"


class OldForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Until when the 2003 form of one band of birth years is valid."""

    born_from: int
    """First birth year of the band; the band with the largest that fits counts."""
    invalid_from: date


class Refer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whom a terminal does not serve."""

    code: str
    """The failure code that the citizen is told by."""
    consular: bool = False
    younger_than: int = 0
    """In years; 0 for no such limit."""


class CardPolicy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of it."""

    old_form: tuple[OldForm, ...] = ()
    refer: tuple[Refer, ...] = ()
    guardian_below: int = 0
    """In years: whoever is younger needs a guardian's consent; 0 for nobody."""

    def old_form_valid(self, birth: str, today: date) -> bool:
        """Say whether a card of the 2003 form is still valid; unknown births count as oldest.

        Args:
            birth: ``YYYYMMDD``, or empty.
            today: the day.
        """
        year = int(birth[:4] or 0)
        bands = [band for band in self.old_form if band.born_from <= year]
        band = max(bands, key=lambda band: band.born_from, default=None)
        return band is not None and today < band.invalid_from

    def referred(self, *, birth: str, consular: bool, today: date) -> str:
        """Return the code by which a holder is sent to a counter; empty if served.

        Args:
            birth: ``YYYYMMDD``.
            consular: the card is a Consular Corps identity card.
            today: the day.
        """
        years = age(birth, today)
        for rule in self.refer:
            if (rule.consular and consular) or years < rule.younger_than:
                return rule.code
        return ""

    def needs_guardian(self, *, birth: str, today: date) -> bool:
        """Say whether a guardian has to consent; `birth` is ``YYYYMMDD``."""
        return age(birth, today) < self.guardian_below


def age(birth: str, today: date) -> int:
    """Return the full years since `birth`, ``YYYYMMDD``."""
    return (int(f"{today:%Y%m%d}") - int(birth)) // 10_000


def parse(text: str) -> CardPolicy:
    """Read a policy.

    Raises:
        BadPolicy: another form than agreed; the message names the field.
    """
    if len(text) > _LONGEST:
        raise BadPolicy("longer than any policy")
    try:
        return msgspec.convert(tomllib.loads(text), CardPolicy)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise BadPolicy(str(error)) from None
