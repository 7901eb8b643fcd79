"""Which cards are served, as data."""

from datetime import date, timedelta

import pytest

from kiosk.document.policy import BadPolicy, age, parse
from kiosk.engine.opening import SHIPPED_POLICY

POLICY = parse(SHIPPED_POLICY.read_text())
TODAY = date(2026, 11, 23)
FIRST_END, SECOND_END = date(2025, 5, 12), date(2025, 10, 12)


@pytest.mark.parametrize(
    ("birth", "end"),
    [("19700101", FIRST_END), ("20131201", FIRST_END), ("19691231", SECOND_END), ("", SECOND_END)],
)
def test_the_older_form_ends_by_year_of_birth(birth: str, end: date) -> None:
    """Source of the days: docs/hkid.md, "Two generations"."""
    assert POLICY.old_form_valid(birth, end - timedelta(days=1))
    assert not POLICY.old_form_valid(birth, end)


def test_without_a_table_no_older_card_is_valid() -> None:
    assert not parse("").old_form_valid("19700101", date(2004, 1, 1))


@pytest.mark.parametrize(
    ("birth", "consular", "code"),
    [
        ("20081123", False, ""),
        ("20081124", False, ""),
        ("20151123", False, ""),
        ("20151124", False, "card.child"),
        ("19500101", True, "card.consular"),
        ("20200101", True, "card.consular"),
    ],
)
def test_who_is_sent_to_a_counter(birth: str, code: str, consular: bool) -> None:  # noqa: FBT001
    assert POLICY.referred(birth=birth, consular=consular, today=TODAY) == code


@pytest.mark.parametrize(
    ("birth", "needs"),
    [("20081123", False), ("20081124", True), ("20151123", True), ("19500101", False)],
)
def test_who_needs_a_guardian(birth: str, *, needs: bool) -> None:
    assert POLICY.needs_guardian(birth=birth, today=TODAY) is needs
    assert not parse("").needs_guardian(birth=birth, today=TODAY)


def test_a_site_may_send_minors_to_a_counter_as_before() -> None:
    policy = parse('[[refer]]\nyounger_than = 18\ncode = "card.minor"')
    assert policy.referred(birth="20131201", consular=False, today=TODAY) == "card.minor"


def test_a_birthday_makes_older_on_the_day() -> None:
    assert [age("20081124", TODAY + timedelta(days=n)) for n in (0, 1)] == [17, 18]


@pytest.mark.parametrize(
    "text",
    [
        "[[refer]]\nyounger_than = 18",
        "[[refer]]\ncode = 'x'\nolder = 3",
        "[[old_form]]\nborn_from = 'x'\ninvalid_from = 2025-05-12",
        "not toml",
        "#" * 100_001,
    ],
)
def test_another_form_than_agreed_is_refused(text: str) -> None:
    with pytest.raises(BadPolicy):
        parse(text)
