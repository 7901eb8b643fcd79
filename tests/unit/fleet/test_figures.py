"""Statistics, tables to take away, and sentences in three languages."""

import csv
import io
import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fleet.access.roles import Role
from fleet.anomaly.detectors import detect
from fleet.console.csv_out import table
from fleet.console.sentences import in_language
from fleet.health.measures import SAID, said
from fleet.ingest.rows import DAY_S, Told, rows
from fleet.migrations.upgrade import upgrade
from fleet.simulated.demo import begin
from fleet.statistics import FUNNEL, HOUR_S, Statistics
from fleet.store import tables
from fleet.store.database import Database
from fleet.store.keeping import Keeping
from tests.support.console import NOW, Desk, people_of, somebody
from tests.support.readings import check_in, reading
from wire.checkin import Noticed, Source, Step
from wire.log_words import ANYTHING, NUMBERS
from wire.screen import Language, Screen

NOON = NOW - NOW % DAY_S + 12 * HOUR_S


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database, people_of(database), now=NOON)


def past(desk: Desk) -> None:
    """Let each terminal begin as many visits an hour as its number, and complete half of them."""
    made = [
        {
            "terminal": number,
            "at": NOON - hour * HOUR_S,
            "readings": 120,
            "worst_parts": 0,
            "started": (48 - hour) * number * 2,
            "completed": (48 - hour) * number,
        }
        | dict.fromkeys(("left", "referred", "broken"), 0)
        for number in range(1, 5)
        for hour in range(1, 48)
    ]
    with desk.database.writing() as connection:
        connection.execute(tables.hours.insert(), made)


def test_visits_are_counted_by_site(desk: Desk) -> None:
    past(desk)
    counts = Statistics(desk.database)
    found = counts.by_site(None, days=1, now=NOON)
    assert [(one.site, one.started, one.completed) for one in found] == [
        ("site-sha_tin", 2 * 24 * 6, 24 * 6),
        ("site-islands", 2 * 24 * 4, 24 * 4),
    ]
    assert [one.started for one in counts.by_site([1], days=1, now=NOON)] == [48]
    assert counts.by_site([], days=1, now=NOON) == []


def test_visits_are_counted_by_the_hour_of_hong_kongs_day(desk: Desk) -> None:
    past(desk)
    found = Statistics(desk.database).by_hour([1], days=1, now=NOON)
    assert [one.hour for one in found] == list(range(24))
    assert sum(one.started for one in found) == 48
    assert {one.started for one in found} == {2}


def test_the_funnel_counts_stays_within_the_days_alone(desk: Desk) -> None:
    keeping = Keeping(desk.database)
    for day, times in ((9, 100), (0, 130)):
        steps = {Screen.LANGUAGE: Step(times, times * 2000), Screen.RECEIPT: Step(times // 2, 500)}
        one = reading(10 - day, at=(NOON - day * DAY_S) * 1000, steps=steps)
        keeping.keep(rows([Told(1, check_in(one), NOON - day * DAY_S)]))
    found = {one.screen: one for one in Statistics(desk.database).funnel(None, days=7, now=NOON)}
    assert list(found) == [screen.value for screen in FUNNEL]
    assert (found["LANGUAGE"].times, found["LANGUAGE"].mean_s) == (30, 2.0)
    assert (found["RECEIPT"].times, found["RECEIPT"].share) == (15, 0.5)
    assert (found["SENDING"].times, found["SENDING"].mean_s) == (0, None)


def test_a_table_is_read_back_as_it_was() -> None:
    text = table(["a", "b"], [["x,y", 'say "yes"'], [None, 3]])
    assert list(csv.reader(io.StringIO(text))) == [["a", "b"], ["x,y", 'say "yes"'], ["", "3"]]


@given(st.text(max_size=30))
def test_no_cell_is_a_formula(cell: str) -> None:
    read = next(iter(csv.reader(io.StringIO(table([], [[cell, "end"]]).partition("\n")[2]))), [""])
    assert not read[0].startswith(("=", "+", "-", "@"))


@pytest.fixture
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('desk') / 'fleet.db'}")
    upgrade(database.engine)
    yield Desk(database, people_of(database), now=NOON)
    database.close()


def test_tables_are_taken_away_within_ones_place(small: Desk) -> None:
    past(small)
    browser = small.browser(somebody(Role.OPERATOR, "district:sha_tin"))
    text = browser.get("/terminals.csv").text
    assert "terminal-2" in text
    assert "terminal-1" not in text
    text = browser.get("/statistics.csv?by=site&days=1").text
    assert "site-sha_tin" in text
    assert "islands" not in text
    assert browser.get("/statistics.csv?by=person").status_code == 422
    assert browser.get("/statistics?days=5").status_code == 422
    assert browser.get("/search.csv?q=x").status_code == 200
    assert "site-islands" not in browser.get("/statistics").text


def test_groups_and_tags_are_used_wherever_terminals_are_meant(small: Desk) -> None:
    browser = small.browser(somebody(Role.OPERATOR))
    assert (
        browser.post("/terminals/terminal-4/tags", data={"tags": "Pilot tall"}).status_code == 303
    )
    assert browser.post("/terminals/terminal-4/tags", data={"tags": "a:b"}).status_code == 422
    assert browser.post("/terminals/none/tags", data={"tags": "a"}).status_code == 404
    small.service.watch.look(NOON)
    form = {"name": "pilots", "q": "tag:pilot"}
    assert browser.post("/groups", data=form).status_code == 303
    assert browser.post("/groups", data=form | {"q": "colour:red"}).status_code == 422
    page = browser.get("/terminals?q=group:pilots").text
    assert re.findall(r'href="/terminals/(terminal-\d)"', page) == ["terminal-1", "terminal-4"]
    order = {"q": "group:pilots", "order": "self_test", "reason": "x"}
    assert browser.post("/commands", data=order).status_code == 303
    assert len(small.service.commands.latest(9)) == 2
    local = small.browser(somebody(Role.VIEWER, "group:pilots"))
    assert "terminal-2" not in local.get("/terminals").text
    assert browser.post("/groups/pilots/drop").status_code == 303
    assert local.get("/terminals").status_code == 403, "without its group a place is nowhere"


def test_what_people_write_about_a_terminal_is_shown_where_they_look(small: Desk) -> None:
    browser = small.browser(somebody(Role.OPERATOR))
    note = "key at the counter <b>"
    assert browser.post("/terminals/terminal-1/notes", data={"notes": note}).status_code == 303
    assert browser.post("/terminals/none/notes", data={"notes": note}).status_code == 404
    long = {"notes": "x" * 1001}
    assert browser.post("/terminals/terminal-1/notes", data=long).status_code == 422
    small.service.watch.look(NOON)
    page = browser.get("/terminals/terminal-1").text
    assert "key at the counter &lt;b&gt;" in page
    viewer = small.browser(somebody(Role.VIEWER))
    assert viewer.post("/terminals/terminal-1/notes", data={"notes": ""}).status_code == 403


def test_templates_are_found_on_the_page_of_search_and_by_the_api(small: Desk) -> None:
    noticed = Noticed(Source.KERNEL, (NUMBERS["usb"], ANYTHING, NUMBERS["failed"]), 7)
    told = check_in(reading(1, at=int(NOON) * 1000, logs=(noticed,)))
    Keeping(small.service.database).keep(rows([Told(1, told, int(NOON))]))
    browser = small.browser(somebody(Role.VIEWER))
    assert "&lt;*&gt; failed" in browser.get("/search?q=usb").text
    assert "&lt;*&gt; failed" not in browser.get("/search?q=pcscd").text
    assert "usb &lt;*&gt; failed" in browser.get("/terminals/terminal-1").text
    (item,) = browser.get("/api/v1/log-templates?q=failed").json()["items"]
    assert (item["source"], item["template"]) == ("kernel", "usb <*> failed")
    elsewhere = small.browser(somebody(Role.VIEWER, "name:terminal-2"))
    assert elsewhere.get("/api/v1/log-templates").json()["items"] == []


@pytest.mark.parametrize("language", [Language.ZH_HK, Language.ZH_CN])
def test_every_sentence_of_a_health_rule_is_said_in_chinese(language: Language) -> None:
    for measure in SAID:
        for value in (0.0, 1.0, 2.0, 3.0, 4.0, 12.5):
            sentence = f"terminal-1: {said(measure, value)}"
            spoken = in_language(sentence, language)
            assert spoken.startswith("terminal-1\uff1a"), sentence
            assert not re.search(r"[a-z]{3,}", spoken.removeprefix("terminal-1")), spoken


def test_every_sentence_of_a_detector_is_said_in_chinese() -> None:
    found = detect(begin(1).figures)
    assert len({one.kind for one in found}) >= 9
    for one in found:
        spoken = in_language(one.sentence, Language.ZH_HK)
        assert re.match("terminal-\\d+\uff1a", spoken), one.sentence
        numbers = re.findall(r"\d[\d.e+-]*", one.sentence)
        assert sorted(re.findall(r"\d[\d.e+-]*", spoken)) == sorted(numbers), spoken


def test_english_and_what_is_none_of_ours_stay_as_they_are() -> None:
    assert in_language("anything", Language.ZH_HK) == "anything"
    sentence = "terminal-1: its clock is off by 9 s"
    assert in_language(sentence, Language.EN) == sentence
    assert in_language(sentence, Language.ZH_HK) == "terminal-1\uff1a時鐘相差 9 秒"
