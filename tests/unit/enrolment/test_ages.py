"""From 11 on one may register, from 18 on alone, by the day in Hong Kong."""

from datetime import UTC, datetime

import pytest

from enrolment.ages import Age, age

NOON = datetime(2026, 11, 25, 4, tzinfo=UTC)
BEFORE_MIDNIGHT = datetime(2026, 11, 25, 15, 59, tzinfo=UTC)
MIDNIGHT = datetime(2026, 11, 25, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("birth", "meant"),
    [
        ("20151126", Age.CHILD),
        ("20151125", Age.MINOR),
        ("20081126", Age.MINOR),
        ("20081125", Age.ADULT),
        ("19000101", Age.ADULT),
        ("20270101", Age.CHILD),
        ("20080000", Age.ADULT),
    ],
)
def test_an_age_changes_on_the_birthday(birth: str, meant: Age) -> None:
    assert age(birth, NOON) is meant


def test_a_birthday_begins_at_midnight_in_hong_kong() -> None:
    assert age("20081126", BEFORE_MIDNIGHT) is Age.MINOR
    assert age("20081126", MIDNIGHT) is Age.ADULT


@pytest.mark.parametrize("birth", ["", "2008", "2008-11-25", "200811255", "٢٠٠٨١١٢٥", "x" * 8])
def test_what_is_no_birth_is_no_adults(birth: str) -> None:
    assert age(birth, NOON) is Age.UNKNOWN
