"""Who is plausible and new is accepted; nobody else."""

import string

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrolment.matching import PlausibilityMatching, canonical, has_right_check_digit
from tests.support.enrolment_records import record
from wire.record import Verdict
from wire.vision import Comparison

MATCHING = PlausibilityMatching()

# Published examples and computed ones, docs/hkid.md.
RIGHT = [
    "A123456(3)",
    "G123456(A)",
    "E364912(5)",
    "D288754(2)",
    "C123456(9)",
    "K000000(0)",
    "M925951(7)",
    "Y000006(8)",
    "A000007(0)",
    "A000002(A)",
    "Z000001(A)",
    "AB987654(3)",
    "AB123456(9)",
    "WX123456(9)",
    "XA000000(8)",
    "XE000005(A)",
]


@pytest.mark.parametrize("number", RIGHT)
def test_the_published_numbers_have_the_right_check_digit(number: str) -> None:
    assert has_right_check_digit(number)
    assert has_right_check_digit(canonical(number))


@pytest.mark.parametrize("number", RIGHT)
@pytest.mark.parametrize("check", "0123456789A")
def test_every_other_check_digit_is_wrong(number: str, check: str) -> None:
    changed = f"{number[:-3]}({check})"
    assert has_right_check_digit(changed) is (changed == number)


@given(st.text(alphabet=string.printable, max_size=12))
def test_any_text_has_an_answer(text: str) -> None:
    assert has_right_check_digit(text) in {True, False}


def test_who_is_plausible_and_new_is_accepted() -> None:
    assert MATCHING.verdict(record(), is_enrolled=False) is Verdict.ACCEPTED


def test_who_is_enrolled_already_is_a_duplicate() -> None:
    assert MATCHING.verdict(record(), is_enrolled=True) is Verdict.DUPLICATE


@pytest.mark.parametrize("comparison", [Comparison.UNCLEAR, Comparison.NO_FACE_ON_CHIP])
def test_who_the_terminal_could_not_recognise_is_referred(comparison: Comparison) -> None:
    assert MATCHING.verdict(record(comparison=comparison), is_enrolled=False) is Verdict.REFER


def test_a_wrong_check_digit_is_referred() -> None:
    assert MATCHING.verdict(record(number="A123456(4)"), is_enrolled=False) is Verdict.REFER


@pytest.mark.parametrize("change", [{"name": " "}, {"portrait": b""}, {"photo": b""}])
def test_what_is_missing_is_referred(change: dict[str, object]) -> None:
    lacking = msgspec.structs.replace(record(), **change)
    assert MATCHING.verdict(lacking, is_enrolled=False) is Verdict.REFER
