"""The machine-readable zone: TD1 (three lines of 30), TD2 (two of 36), TD3 (two of 44).

Source: ICAO Doc 9303-3, 4.8 (unknown dates), 4.9 (check digits); 9303-4, 4.2 (TD3);
9303-5, 4.2 (TD1, long numbers); 9303-6, 4.2 (TD2).
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from drivers.card.protocol.errors import CardUnreadable
from drivers.card.protocol.mrz_layout import LAYOUTS, Layout
from drivers.errors import LocalProtocolError

_CHARACTERS = re.compile(r"[A-Z0-9<]*")
_BIRTH = re.compile(r"(?:[0-9]{2}|<<){3}")
_EXPIRY = re.compile(r"[0-9]{6}|<{6}")
_WEIGHTS = (7, 3, 1)
_NUMBER_LENGTH = 9
_CODE = slice(0, 2)
NO_EXPIRY = "<<<<<<"


class Form(StrEnum):
    """Size of the document."""

    TD1 = "TD1"
    TD2 = "TD2"
    TD3 = "TD3"


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
    if len(number) > _NUMBER_LENGTH:
        raise LocalProtocolError("longer than a document number field")
    return number.ljust(_NUMBER_LENGTH, "<")


@dataclass(frozen=True, slots=True, repr=False)
class Mrz:
    """What the lines say."""

    issuer: str
    number: str
    """Whole, also where it is longer than its field."""
    birth: str
    """YYMMDD; what is unknown is ``<<``."""
    sex: str
    """F, M or X."""
    surname: str
    given: str
    form: Form = Form.TD1
    code: str = "I"
    """Kind of document: I, A or C for cards, P for passports."""
    nationality: str = ""
    """Empty where it is the issuer's."""
    expiry: str = ""
    """YYMMDD; HKIDs have none."""

    @property
    def name(self) -> str:
        """As a card prints it: surname, comma, given names."""
        return f"{self.surname}, {self.given}" if self.given else self.surname


def build(mrz: Mrz) -> str:
    """Return the characters of all lines, without line ends.

    Raises:
        LocalProtocolError: a number that this form has no room for.
    """
    layout = LAYOUTS[mrz.form]
    text = ["<"] * layout.characters
    number, rest = mrz.number[:_NUMBER_LENGTH], mrz.number[_NUMBER_LENGTH:]
    if rest:
        if len(rest) + 2 > layout.optional.stop - layout.optional.start or layout.own_check:
            raise LocalProtocolError("a document number that is too long for its form")
        _put(text, layout.optional, rest + check_digit(mrz.number))
    name = f"{mrz.surname}<<{mrz.given}".replace(" ", "<").replace("-", "<")
    _put(text, _CODE, mrz.code)
    _put(text, layout.issuer, mrz.issuer)
    _put(text, layout.number, number)
    _put(text, layout.number_check, "<" if rest else check_digit(document_number(number)))
    _put(text, layout.birth, with_check(mrz.birth))
    _put(text, layout.sex, "<" if mrz.sex == "X" else mrz.sex)
    _put(text, layout.expiry, with_check(mrz.expiry or NO_EXPIRY))
    _put(text, layout.nationality, mrz.nationality or mrz.issuer)
    _put(text, layout.name, name[: layout.name.stop - layout.name.start])
    if layout.own_check:
        _put(text, layout.own_check, "0")
    _put(text, layout.composite, check_digit(_composite("".join(text), layout)))
    return "".join(text)


def _put(text: list[str], place: slice, value: str) -> None:
    text[place.start : place.start + len(value)] = value


def _composite(text: str, layout: Layout) -> str:
    return "".join(text[place] for place in layout.covered)


def parse(text: str) -> Mrz:
    """Read a zone; its length says which form it is.

    Raises:
        CardUnreadable: no such form, or a wrong check digit; what it says is not repeated.
    """
    found = next((f for f in Form if LAYOUTS[f].characters == len(text)), None)
    if found is None or not _CHARACTERS.fullmatch(text) or text[0] not in LAYOUTS[found].kinds:
        raise CardUnreadable("no MRZ of a form that we know")
    layout = LAYOUTS[found]
    number = _number(text, layout)
    checked = [
        (text[layout.birth][:6], text[layout.birth][6]),
        (text[layout.expiry][:6], text[layout.expiry][6]),
        (_composite(text, layout), text[layout.composite]),
    ]
    if layout.own_check:
        checked.append((text[layout.optional], text[layout.own_check].replace("<", "0")))
    if any(check_digit(field) != digit for field, digit in checked):
        raise CardUnreadable("a wrong check digit in the MRZ")
    birth, expiry, sex = text[layout.birth][:6], text[layout.expiry][:6], text[layout.sex]
    if not _BIRTH.fullmatch(birth) or not _EXPIRY.fullmatch(expiry) or sex not in "FM<":
        raise CardUnreadable("no dates or no sex in the MRZ")
    surname, _, given = text[layout.name].rstrip("<").partition("<<")
    if not surname:
        raise CardUnreadable("no name in the MRZ")
    issuer, nationality = (text[p].rstrip("<") for p in (layout.issuer, layout.nationality))
    return Mrz(
        issuer=issuer,
        number=number,
        birth=birth,
        sex="X" if sex == "<" else sex,
        surname=surname.replace("<", " "),
        given=given.replace("<", " "),
        form=found,
        code=text[_CODE].rstrip("<"),
        nationality="" if nationality == issuer else nationality,
        expiry="" if expiry == NO_EXPIRY else expiry,
    )


def _number(text: str, layout: Layout) -> str:
    """Return the document number, its check digit verified."""
    field, digit = text[layout.number], text[layout.number_check]
    if digit == "<" and not layout.own_check:
        # A long number goes on in the optional data, its check digit behind it.
        rest = text[layout.optional].partition("<")[0]
        field, digit = field + rest[:-1], rest[-1:]
    if not field.rstrip("<") or check_digit(field) != digit:
        raise CardUnreadable("a wrong check digit in the MRZ")
    return field.rstrip("<")
