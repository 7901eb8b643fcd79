"""What the console is made of: selections, charts, outlines, words, the way in."""

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fleet.console.charts import HEIGHT, WIDTH, bars, line
from fleet.console.districts import districts
from fleet.console.painting import since, words
from fleet.console.views import Look
from fleet.selection import BadSelection, selects
from wire.screen import Language

TERMINAL = {
    "name": "terminal-17",
    "site": "st-library",
    "district": "sha_tin",
    "state": "offline",
    "tag": "pilot tall",
    "model": "T1",
}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("", True),
        ("district:sha_tin", True),
        ("District:SHA_TIN state:offline", True),
        ("district:north", False),
        ("-state:well", True),
        ("-state:offline", False),
        ("tag:tall", True),
        ("tag:tal", False),
        ("library", True),
        ("-library", False),
        ("17", True),
        ("18", False),
        ("library state:well", False),
    ],
)
def test_a_selection_means_what_it_says(text: str, meant: bool) -> None:  # noqa: FBT001
    assert selects(text, TERMINAL) is meant


@pytest.mark.parametrize("text", ["colour:red", "district:", "a " * 13, "a" * 201])
def test_a_selection_that_means_nothing_is_an_error_and_not_everything(text: str) -> None:
    with pytest.raises(BadSelection):
        selects(text, TERMINAL)


@given(st.text(max_size=250))
def test_any_text_selects_or_is_refused(text: str) -> None:
    try:
        selects(text, TERMINAL)
    except BadSelection as refusal:
        assert str(refusal)  # noqa: PT017  (either way is right; it must say why)


def test_a_line_is_broken_where_there_is_no_data() -> None:
    chart = line([1.0, 2.0, math.nan, 4.0])
    assert len(chart.paths) == 2
    assert (chart.low, chart.high) == (1.0, 4.0)


@given(st.lists(st.floats(-1e6, 1e6) | st.just(math.nan), max_size=60))
def test_a_chart_stays_within_its_frame(values: list[float]) -> None:
    for chart in (line(values), bars([abs(value) for value in values])):
        for x, y in re.findall(r"([\d.]+),([\d.-]+)", " ".join(chart.paths)):
            assert 0 <= float(x) <= WIDTH
            assert 0 <= float(y) <= HEIGHT
        for x, y, width, height in chart.bars:
            assert 0 <= x <= x + width <= WIDTH + 1
            assert 0 <= y <= HEIGHT
            assert height <= HEIGHT


def test_nothing_to_draw_is_said_and_not_drawn() -> None:
    assert line([math.nan]).is_empty
    assert bars([0.0, math.nan]).is_empty
    assert line([]).is_empty


def test_there_are_eighteen_districts_with_outlines_and_names() -> None:
    assert len(districts()) == 18
    for district in districts().values():
        assert re.fullmatch(r"(M(\d+,\d+ ?)+Z)+", district.outline)
        assert district.zh_HK.endswith("區")
        assert district.zh_CN.endswith("区")


@pytest.mark.parametrize("language", Language)
def test_each_language_has_each_word_with_the_same_places(language: Language) -> None:
    def places(text: str) -> set[str]:
        return set(re.findall(r"{\w+}", text))

    english, other = words()[Language.EN], words()[language]
    assert english.keys() == other.keys()
    assert all(places(english[key]) == places(other[key]) for key in english)
    assert {f"look_{look.value}" for look in Look} <= other.keys()


def test_a_length_of_time_is_said_in_its_largest_unit() -> None:
    assert [since(s) for s in (-5, 59, 61, 7200, 200_000)] == [
        "0 s",
        "59 s",
        "1 min",
        "2 h",
        "2 d",
    ]
