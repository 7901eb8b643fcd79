"""The catalogue: the paper's 51 services, found by theme, by age group and by word."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from kiosk.content import catalogue
from kiosk.content.bundle import Content, shipped
from kiosk.content.catalogue import START, Browsing
from kiosk.content.model import Information, Kind, information
from wire.screen import SCREENS_LONGEST_ARGUMENT, Language

CONTENT = shipped()
NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
NOTICE = """
[[notices]]
kind = "{kind}"
issued_at = {issued}
source = {{ en = "S", zh_HK = "S", zh_CN = "S" }}
title = {{ en = "{title}", zh_HK = "T", zh_CN = "T" }}
text = {{ en = "T", zh_HK = "T", zh_CN = "T" }}
"""


def telling(*notices: tuple[str, int, str]) -> Content:
    """Return content with notices of a kind, so many minutes old, with a title."""
    text = "schema = 1\n" + "".join(
        NOTICE.format(kind=k, issued=(NOW - timedelta(minutes=m)).isoformat(), title=t)
        for k, m, t in notices
    )
    return replace(CONTENT, information=information(text))


def test_the_annex_is_whole() -> None:
    services = CONTENT.services.services
    assert [service.number for service in services] == list(range(1, 52))
    assert services[46].department == "td"
    assert services[31].name.en == "URBTIX"


def test_every_service_is_found_by_theme_age_and_word() -> None:
    for service in CONTENT.services.services:
        assert service.themes, service.number
        assert service.ages, service.number
        assert service.words, service.number


@pytest.mark.parametrize("language", Language)
def test_every_group_and_every_word_shown_finds_something(language: Language) -> None:
    for group in (*CONTENT.services.themes, *CONTENT.services.ages):
        assert catalogue.found(CONTENT, START.grouped(group.id), language)
    for word in catalogue.words(CONTENT):
        assert catalogue.found(CONTENT, START.worded(word), language)


def test_an_id_fits_into_a_touch() -> None:
    groups = [group.id for group in (*CONTENT.services.themes, *CONTENT.services.ages)]
    for argument in (*groups, *CONTENT.services.words):
        assert len(argument) <= SCREENS_LONGEST_ARGUMENT


@pytest.mark.parametrize(
    ("typed", "numbers"), [("URB", [32]), ("INTERNATIONAL", []), ("VOTER", [43, 44]), ("XQ", [])]
)
def test_letters_find_the_words_that_begin_with_them(typed: str, numbers: list[int]) -> None:
    browsing = START
    for letter in typed:
        browsing = browsing.pressed(letter)
    found = catalogue.found(CONTENT, browsing, Language.EN)
    if len(typed) > catalogue.LONGEST_SEARCH:
        assert browsing.typed == typed[: catalogue.LONGEST_SEARCH]
    else:
        assert [service.number for service in found] == numbers


@pytest.mark.parametrize("key", ["a", "1", "AB", "", "é", "\n"])
def test_only_letters_are_typed(key: str) -> None:
    assert Browsing(typed="D").pressed(key) == Browsing(typed="D")


def test_a_letter_is_deleted() -> None:
    assert Browsing(typed="DR").pressed("delete") == Browsing(typed="D")
    assert START.pressed("delete") == START


def test_pages_end_where_the_services_end() -> None:
    home = START.grouped("home")
    pages = catalogue.pages(len(catalogue.found(CONTENT, home, Language.EN)), 4)
    assert pages == 3
    last = home.turned(1, pages).turned(1, pages).turned(1, pages)
    assert last.page == 2
    assert home.turned(-1, pages).page == 0
    seen = [
        number
        for page in range(pages)
        for number in catalogue.listed(CONTENT, replace(home, page=page), Language.EN)["numbers"]  # type: ignore[union-attr]
    ]
    assert seen == [str(number) for number in range(33, 43)]


def test_a_service_without_an_address_leads_to_the_official_site() -> None:
    told = catalogue.one(CONTENT, Browsing(number=47), Language.EN)
    assert (told["link"], told["own_link"]) == ("https://www.iamsmart.gov.hk/", False)
    assert all(service.link is None for service in CONTENT.services.services)


def test_a_service_that_is_gone_shows_nothing_wrong() -> None:
    assert catalogue.one(CONTENT, Browsing(number=99), Language.EN)["name"] == ""


@pytest.mark.parametrize(
    ("kind", "minutes", "shown"),
    [
        ("warning", 59, True),
        ("warning", 60, False),
        ("weather", 179, True),
        ("weather", 180, False),
        ("traffic", 60, False),
        ("announcement", 60 * 24 * 13, True),
        ("announcement", 60 * 24 * 14, False),
        ("weather", -1, False),
    ],
)
def test_what_is_stale_or_from_the_future_is_hidden(
    kind: str, minutes: int, *, shown: bool
) -> None:
    content = telling((kind, minutes, "T"))
    assert bool(catalogue.fresh(content, NOW)) is shown
    assert bool(catalogue.hub(content, NOW)["notices"]) is shown


def test_a_notice_ends_when_it_says_so() -> None:
    (notice,) = telling(("weather", 10, "T")).information.notices
    ended = Information(1, (msgspec.structs.replace(notice, expires_at=NOW),))
    assert not catalogue.fresh(replace(CONTENT, information=ended), NOW)


def test_the_most_urgent_and_newest_stand_first_with_their_age() -> None:
    content = telling(("weather", 5, "later"), ("warning", 40, "older"), ("warning", 7, "newer"))
    first = catalogue.news(content, START, NOW, Language.EN)
    assert first["titles"] == ["newer", "older"]
    assert first["minutes"] == ["7", "40"]
    assert first["pages"] == 2
    assert catalogue.headline(content, NOW, Language.EN) == "newer"
    assert catalogue.headline(telling(("weather", 5, "T")), NOW, Language.EN) == ""


def test_every_kind_has_words_and_a_sign_on_the_screens() -> None:
    root = Path(__file__).parents[4] / "ui"
    texts = (root / "texts" / "en.ts").read_text()
    icons = (root / "qml" / "parts" / "Icon.qml").read_text()
    groups = [group.id for group in (*CONTENT.services.themes, *CONTENT.services.ages)]
    for kind in Kind:
        assert f'id="kind_{kind}"' in texts
    for name in (*Kind, *groups):
        assert re.search(rf'"{name}": "M', icons), name
