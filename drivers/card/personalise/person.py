"""A synthetic person to put on a card; never anybody real."""

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from drivers.card.personalise.spec import Spec
from drivers.card.profile.hkid_details import CardType, HkidDetails


@dataclass(frozen=True, slots=True)
class Person:
    """What a specimen card says."""

    number: str
    """Without brackets."""
    surname: str
    given: str
    chinese: str
    birth: str
    """``YYYYMMDD``."""
    sex: str
    issued: str
    """``YYYYMMDD``."""
    commercial_codes: tuple[str, ...] = ()
    first_registered: str = "200806"
    """``YYYYMM``."""
    card_type: CardType = CardType.ADULT
    symbols: str = "***AZ"

    @property
    def details(self) -> HkidDetails:
        """What DG13 says."""
        return HkidDetails(
            chinese=self.chinese,
            commercial_codes=self.commercial_codes,
            issued=self.issued,
            first_registered=self.first_registered,
            card_type=self.card_type,
            symbols=self.symbols,
        )


SPECIMEN = Person(
    "A1234563", "LAM", "Siu Mui", "林小梅", "19680412", "F", "20190315", ("2651", "1420", "2734")
)
"""The citizen of the demo; the number is the textbook example."""


class BadPerson(ValueError):
    """A person's TOML is of another form than agreed."""


T = TypeVar("T", Person, Spec)


def converted(content: dict[str, Any], kind: type[T]) -> T:
    """Return `content` as a `kind`.

    Raises:
        msgspec.ValidationError: a field is missing, unknown, or of another kind.
    """
    unknown = content.keys() - {field.name for field in fields(kind)}
    if unknown:
        raise msgspec.ValidationError(f"unknown: {', '.join(sorted(unknown))}")
    return msgspec.convert(content, kind)


def load(path: Path) -> tuple[Person, Spec]:
    """Read a person, and under ``[card]`` how the card is made.

    Raises:
        BadPerson: a field is missing, unknown, or of another kind.
    """
    try:
        content = tomllib.loads(path.read_text())
        spec = converted(content.pop("card", {}), Spec)
        return converted(content, Person), spec
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise BadPerson(f"{path.name}: {error}") from None
