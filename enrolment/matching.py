"""The register's own decision about a person.

This is the place where the real register would look the person up and compare the
photograph with its own. The reference server has no population: it checks that the
record is plausible and that the number is not enrolled yet, and says REFER otherwise.

Source of the check digit: docs/hkid.md; weights 9 to 2, a missing first letter is 36.
"""

import re
from typing import Protocol

from wire.record import Record, Verdict
from wire.vision import Comparison

_NUMBER = re.compile(r"([A-Z]{1,2})(\d{6})\(?([0-9A])\)?", re.ASCII)
_SPACE_VALUE = 36


class Matching(Protocol):
    """Decides about a person."""

    def verdict(self, record: Record, *, is_enrolled: bool) -> Verdict:
        """Decide about `record`, given whether its number is enrolled under another."""
        ...


class PlausibilityMatching:
    """Accepts whoever is plausible and new."""

    def verdict(self, record: Record, *, is_enrolled: bool) -> Verdict:
        """Decide about `record`, given whether its number is enrolled under another."""
        if not is_plausible(record):
            return Verdict.REFER
        return Verdict.DUPLICATE if is_enrolled else Verdict.ACCEPTED


def is_plausible(record: Record) -> bool:
    """Say whether number, name, pictures and the local pre-check hold together."""
    return (
        has_right_check_digit(record.number)
        and bool(record.name.strip())
        and bool(record.portrait)
        and bool(record.photo)
        and record.evidence.comparison == Comparison.SUPPORTS
    )


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
