"""The register's own decision about a person, against the record of the population.

The population record belongs to another authority: here it is a port. Without one
(`PlausibilityMatching`) only what the record says of itself is judged.

Rule 1: the verdict is all that terminal and citizen learn; the reason stays here, for the
officer who looks at a referral.
Rule 2: what is uncertain is referred, never rejected. Rejected is a card that the record
itself says is no longer the person's.

Source of the check digit: docs/hkid.md; weights 9 to 2, a missing first letter is 36.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from wire.record import Record, Verdict
from wire.vision import Comparison

_NUMBER = re.compile(r"([A-Z]{1,2})(\d{6})\(?([0-9A])\)?", re.ASCII)
_SPACE_VALUE = 36
_LETTERS = re.compile(r"\w+")


class Reason(StrEnum):
    """Why a record was not accepted: a class, nothing of the content."""

    INCOMPLETE = "incomplete"
    """A number without its check digit, or no name, portrait or photograph."""
    FACE_UNCLEAR = "face_unclear"
    """The terminal's pre-check does not support that the face is the portrait's."""
    ENROLLED = "enrolled"
    """The number is accepted under another record."""
    NOT_ON_RECORD = "not_on_record"
    DETAILS_DIFFER = "details_differ"
    """Name, birth or sex on the card are not those on the record."""
    CARD_REPLACED = "card_replaced"
    """The record knows a card of a later date of issue."""
    CARD_UNKNOWN = "card_unknown"
    """The card is of a later date of issue than the record knows, or says none."""
    CARD_CANCELLED = "card_cancelled"
    """Reported lost or stolen, or its holder has died."""
    TOO_YOUNG = "too_young"
    """Younger than anybody who can register."""
    NO_GUARDIAN = "no_guardian"
    """A minor without a guardian's consent for this very record, or it was withdrawn."""
    FACE_DIFFERS = "face_differs"
    """The register's own comparison does not support the record's portrait."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What the register decided, and why if it did not accept."""

    verdict: Verdict
    reason: Reason | None = None


ACCEPTED = Decision(Verdict.ACCEPTED)
DUPLICATE = Decision(Verdict.DUPLICATE, Reason.ENROLLED)


@dataclass(frozen=True, slots=True, repr=False)
class Person:
    """What the population record knows of somebody."""

    name: str
    birth: str
    """As the card writes it, ``YYYYMMDD``."""
    sex: str
    issued: str
    """Date of issue of the present card, ``YYYYMMDD``."""
    is_cancelled: bool = False
    portrait: bytes = b""
    """Empty if the authority gives none."""


class Population(Protocol):
    """The record of the population."""

    def person(self, number: str) -> Person | None:
        """Return whose number this is (without brackets); None if nobody's."""
        ...


class Faces(Protocol):
    """Compares the register's own portrait with the photograph from the terminal."""

    def agree(self, portrait: bytes, photo: bytes) -> bool:
        """Say whether the comparison supports that both show one person."""
        ...


class Matching(Protocol):
    """Decides about a person."""

    def decide(self, record: Record, *, is_enrolled: bool) -> Decision:
        """Decide about `record`, given whether its number is enrolled under another."""
        ...


class PlausibilityMatching:
    """Accepts whoever is plausible and new: for a sandbox without a population."""

    def decide(self, record: Record, *, is_enrolled: bool) -> Decision:
        """Decide about `record`, given whether its number is enrolled under another."""
        doubt = _doubt(record)
        if doubt is not None:
            return Decision(Verdict.REFER, doubt)
        return DUPLICATE if is_enrolled else ACCEPTED


class PopulationMatching:
    """Accepts whoever is new, plausible, and on record with this very card."""

    def __init__(self, population: Population, faces: Faces) -> None:
        self._population = population
        self._faces = faces

    def decide(self, record: Record, *, is_enrolled: bool) -> Decision:
        """Decide about `record`, given whether its number is enrolled under another."""
        doubt = _doubt(record)
        if doubt is not None:
            return Decision(Verdict.REFER, doubt)
        person = self._population.person(canonical(record.number))
        if person is None:
            return Decision(Verdict.REFER, Reason.NOT_ON_RECORD)
        if person.is_cancelled:
            return Decision(Verdict.REJECTED, Reason.CARD_CANCELLED)
        if record.issued and record.issued < person.issued:
            return Decision(Verdict.REJECTED, Reason.CARD_REPLACED)
        # Last of all: whether somebody is enrolled is told to the holder of the card alone.
        doubt = self._differs(record, person)
        if doubt is not None:
            return Decision(Verdict.REFER, doubt)
        return DUPLICATE if is_enrolled else ACCEPTED

    def _differs(self, record: Record, person: Person) -> Reason | None:
        if record.issued != person.issued:
            return Reason.CARD_UNKNOWN
        on_card = (_words(record.name), record.birth, record.sex)
        if on_card != (_words(person.name), person.birth, person.sex):
            return Reason.DETAILS_DIFFER
        if person.portrait and not self._faces.agree(person.portrait, record.photo):
            return Reason.FACE_DIFFERS
        return None


def _doubt(record: Record) -> Reason | None:
    """Say what speaks against a record by itself."""
    is_whole = record.name.strip() and record.portrait and record.photo
    if not (is_whole and has_right_check_digit(record.number)):
        return Reason.INCOMPLETE
    if record.evidence.comparison != Comparison.SUPPORTS:
        return Reason.FACE_UNCLEAR
    return None


def _words(name: str) -> list[str]:
    """Return a name as it is compared: a chip writes it without commas, in capitals."""
    return _LETTERS.findall(name.upper())


def has_right_check_digit(number: str) -> bool:
    """Say whether `number` has the form of an identity card number and its check digit."""
    match = _NUMBER.fullmatch(number)
    if match is None:
        return False
    prefix, digits, check = match.groups()
    total = sum(
        value * weight
        for value, weight in zip(
            map(_value, f"{prefix:>2}{digits}{check}"), range(9, 0, -1), strict=True
        )
    )
    return total % 11 == 0


def canonical(number: str) -> str:
    """Return `number` as it is compared: without brackets."""
    return number.replace("(", "").replace(")", "")


def _value(character: str) -> int:
    return _SPACE_VALUE if character == " " else int(character, 36)
