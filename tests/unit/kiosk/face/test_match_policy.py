"""A policy is read strictly: a limit whose errors nobody measured is no limit."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.face.match_policy import BadMatchPolicy, Measured, parse

BAND = """
[{name}]
distance_up_to = {distance}
ratio_up_to = {ratio}
[{name}.measured]
false_match_rate = 0.0
false_match_upper_95 = 0.0012
false_non_match_rate = 0.02
impostor_pairs = 2550
genuine_pairs = 51
persons = 51
data = "portraits"
"""
TEXT = (
    f"""version = 1
encoder_sha256 = "{"0" * 64}"
cohort_sha256 = "{"a" * 64}"
neighbours = 5
"""
    + BAND.format(name="match", distance=0.40, ratio=0.65)
    + BAND.format(name="likely", distance=0.50, ratio=0.75)
    + """
[likelihood]
intercept = 29.8
slope = 48.8
log10_least = -2
log10_most = 3
data = "portraits and photographs"
"""
)


def test_a_whole_policy_is_read() -> None:
    policy = parse(TEXT)
    assert (policy.match.distance_up_to, policy.match.ratio_up_to) == (0.40, 0.65)
    assert (policy.likely.distance_up_to, policy.likely.ratio_up_to) == (0.50, 0.75)
    assert policy.match.measured == Measured(0.0, 0.0012, 0.02, 2550, 51, 51, "portraits")
    assert (policy.neighbours, policy.likelihood.log10_least) == (5, -2.0)


@pytest.mark.parametrize("line", [line for line in TEXT.splitlines() if "=" in line])
def test_nothing_may_be_left_out(line: str) -> None:
    with pytest.raises(BadMatchPolicy) as caught:
        parse(TEXT.replace(line + "\n", "", 1))
    assert caught.value.code == "config.bad_value"


@pytest.mark.parametrize(
    "place", ["neighbours = 5", "ratio_up_to = 0.65", "persons = 51", "slope = 48.8"]
)
def test_a_key_that_does_not_exist_is_told(place: str) -> None:
    with pytest.raises(BadMatchPolicy, match="does not exist") as caught:
        parse(TEXT.replace(place, f"{place}\nsurprise = 1", 1))
    assert caught.value.code == "config.unknown_key"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("version = 1", "version = 2"),
        ("version = 1", "version = true"),
        ("neighbours = 5", "neighbours = 0"),
        ("neighbours = 5", "neighbours = 51"),
        ("neighbours = 5", "neighbours = 5.0"),
        ("neighbours = 5", "neighbours = true"),
        ("distance_up_to = 0.4\n", "distance_up_to = nan\n"),
        ("distance_up_to = 0.4\n", "distance_up_to = -0.1\n"),
        ("distance_up_to = 0.4\n", "distance_up_to = 2.1\n"),
        ("distance_up_to = 0.4\n", 'distance_up_to = "0.4"\n'),
        ("distance_up_to = 0.4\n", "distance_up_to = true\n"),
        ("distance_up_to = 0.4\n", "distance_up_to = 0.51\n"),
        ("ratio_up_to = 0.65", "ratio_up_to = 0.76"),
        ("false_match_rate = 0.0\n", "false_match_rate = 1.1\n"),
        ("genuine_pairs = 51", "genuine_pairs = 0"),
        ('data = "portraits"', 'data = " "'),
        ('data = "portraits"', "data = 5"),
        ("slope = 48.8", "slope = inf"),
        ("log10_most = 3", "log10_most = 7"),
        ("log10_least = -2", "log10_least = 1"),
        ("0" * 64, "0" * 63),
        ("0" * 64, "G" * 64),
        ("a" * 64, "A" * 64),
        (f'"{"0" * 64}"', "0"),
        ("[likelihood]", "[[likelihood]]"),
        ("version = 1", "version = "),
    ],
)
def test_a_value_that_cannot_be_is_refused(old: str, new: str) -> None:
    assert old in TEXT
    with pytest.raises(BadMatchPolicy) as caught:
        parse(TEXT.replace(old, new, 1))
    assert caught.value.code == "config.bad_value"


def test_a_table_that_is_none_is_refused() -> None:
    cut = re.sub(r"\[likelihood\].*", "", TEXT, flags=re.DOTALL)
    with pytest.raises(BadMatchPolicy, match="table"):
        parse(f"likelihood = 3\n{cut}")


@given(st.text(max_size=60))
def test_any_text_is_a_policy_or_refused(text: str) -> None:
    with pytest.raises(BadMatchPolicy):
        parse(text)
