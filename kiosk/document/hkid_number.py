"""The identity card number: one or two letters, six digits, a check character.

Rule: no error message and no `repr` shows the number.
Source of the check character: docs/hkid.md, "Number and check character".
"""

import re
from dataclasses import dataclass

_FORM = re.compile(r"([A-Z]{1,2})([0-9]{6})\(?([0-9A])\)?")
_WEIGHTS = range(9, 1, -1)
_SPACE_VALUE = 36


class NotAnHkidNumber(ValueError):
    """The text is no identity card number; the message says why, never what."""


def check_character(prefix: str, digits: str) -> str:
    """Return the check character of one or two letters and six digits.

    A space counts 36, A to Z count 10 to 35; the sum over weights 9 to 2 plus the
    check value is divisible by 11; a value of 10 is written A.
    """
    eight = f"{prefix}{digits}".rjust(8)
    values = (_SPACE_VALUE if c == " " else int(c, 36) for c in eight)
    remainder = -sum(v * w for v, w in zip(values, _WEIGHTS, strict=True)) % 11
    return "A" if remainder == 10 else str(remainder)


@dataclass(frozen=True, slots=True, repr=False)
class HkidNumber:
    """A number whose check character holds."""

    prefix: str
    digits: str

    @classmethod
    def parse(cls, text: str) -> "HkidNumber":
        """Read ``A123456(3)`` or ``A1234563``.

        Raises:
            NotAnHkidNumber: another form, or a wrong check character.
        """
        match = _FORM.fullmatch(text)
        if match is None:
            raise NotAnHkidNumber("another form than letters, six digits, check character")
        prefix, digits, check = match.groups()
        if check_character(prefix, digits) != check:
            raise NotAnHkidNumber("wrong check character")
        return cls(prefix, digits)

    @property
    def compact(self) -> str:
        """The number without brackets, as on the chip: ``A1234563``."""
        return f"{self.prefix}{self.digits}{check_character(self.prefix, self.digits)}"
