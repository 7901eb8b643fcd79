"""The machine-readable zone of a card, TD1: three lines of thirty.

Document numbers longer than nine characters, which go on in the optional data, are
not taken: an HKID number has eight or nine.
Source: ICAO Doc 9303-3, 4.9 (check digit), 9303-5, 4.2 (TD1).
"""

import re
from dataclasses import dataclass

from drivers.card.protocol.errors import CardUnreadable
from drivers.errors import LocalProtocolError

_LINE = 30
_CHARACTERS = re.compile(r"[A-Z0-9<]{90}")
_DAY = re.compile(r"[0-9]{6}")
_WEIGHTS = (7, 3, 1)
NO_EXPIRY = "<<<<<<"


def check_digit(text: str) -> str:
    """Return the check digit: weights 7, 3, 1; digits count themselves, A is 10, < is 0."""
    values = (0 if c == "<" else int(c, 36) for c in text)
    return str(sum(v * _WEIGHTS[i % 3] for i, v in enumerate(values)) % 10)


def with_check(text: str) -> str:
    """Return `text` with its check digit."""
    return text + check_digit(text)


def document_number(number: str) -> str:
    """Return a number as its nine-character field.

    Raises:
        LocalProtocolError: longer than nine characters.
    """
    if len(number) > 9:
        raise LocalProtocolError("longer than a document number field")
    return number.ljust(9, "<")


@dataclass(frozen=True, slots=True, repr=False)
class Mrz:
    """What the three lines say."""

    issuer: str
    number: str
    birth: str
    """YYMMDD."""
    sex: str
    """F, M or X."""
    surname: str
    given: str

    @property
    def name(self) -> str:
        """As a card prints it: surname, comma, given names."""
        return f"{self.surname}, {self.given}" if self.given else self.surname


def build_td1(mrz: Mrz) -> str:
    """Return the 90 characters; the expiry field is empty, HKIDs have none."""
    number = with_check(document_number(mrz.number))
    birth, expiry = with_check(mrz.birth), with_check(NO_EXPIRY)
    first = f"I<{mrz.issuer}{number}".ljust(_LINE, "<")
    second = f"{birth}{'<' if mrz.sex == 'X' else mrz.sex}{expiry}{mrz.issuer}".ljust(29, "<")
    composite = check_digit(first[5:30] + second[0:7] + second[8:15] + second[18:29])
    name = f"{mrz.surname}<<{mrz.given}".replace(" ", "<").replace("-", "<")
    return f"{first}{second}{composite}{name[:_LINE].ljust(_LINE, '<')}"


def parse_td1(text: str) -> Mrz:
    """Read 90 characters.

    Raises:
        CardUnreadable: another form, or a wrong check digit; what it says is not repeated.
    """
    if not _CHARACTERS.fullmatch(text) or text[0] != "I":
        raise CardUnreadable("no MRZ of the TD1 form")
    first, second, third = text[:30], text[30:60], text[60:]
    composite = first[5:30] + second[0:7] + second[8:15] + second[18:29]
    checked = (
        (first[5:14], first[14]),
        (second[0:6], second[6]),
        (second[8:14], second[14]),
        (composite, second[29]),
    )
    if any(check_digit(field) != digit for field, digit in checked):
        raise CardUnreadable("a wrong check digit in the MRZ")
    if not _DAY.fullmatch(second[0:6]) or second[7] not in "FM<":
        raise CardUnreadable("no date of birth or sex in the MRZ")
    surname, _, given = third.rstrip("<").partition("<<")
    if not surname:
        raise CardUnreadable("no name in the MRZ")
    return Mrz(
        issuer=first[2:5].rstrip("<"),
        number=first[5:14].rstrip("<"),
        birth=second[0:6],
        sex="X" if second[7] == "<" else second[7],
        surname=surname.replace("<", " "),
        given=given.replace("<", " "),
    )
