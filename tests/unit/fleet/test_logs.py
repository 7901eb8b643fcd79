"""What kernels say that is new or too much is found; merges and releases are not."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fleet.alerts.book import Book
from fleet.anomaly.episode import Episode, Kind
from fleet.anomaly.log_findings import detect, everywhere, many_of
from fleet.anomaly.logs import Form, Logs
from fleet.console.sentences import in_language
from fleet.ingest.rows import Told, rows, template_id
from fleet.store import log_tables
from fleet.store.database import Database
from fleet.store.keeping import Keeping
from fleet.store.known import Inventory
from fleet.store.logs import logs, of_terminal, templates
from fleet.store.past import HOUR_S
from fleet.store.reading_back import places
from fleet.store.rolling import LOGS_DAYS, Rolling
from fleet.unusual import unusual
from tests.support.readings import check_in, reading
from wire.checkin import Noticed, Source
from wire.log_words import NUMBERS
from wire.screen import Language

TERMINALS, LEARNED, HOURS = 40, 240, 400
NAMES = tuple(f"terminal-{n + 1}" for n in range(TERMINALS))
USUAL = "usb <*> reset full-speed usb device number <*>"
GRAVE = "ext4-fs error device <*> inode <*>"
HARMLESS = "uvcvideo <*> camera found <*>"


def numbers(text: str) -> tuple[int, ...]:
    return tuple(NUMBERS[word] for word in text.split())


def form(text: str) -> Form:
    return Form(Source.KERNEL, numbers(text))


class Story:
    """Logs that are written line by line; each terminal says the usual twice a day."""

    def __init__(self) -> None:
        self.lines = [
            (USUAL, row, hour, 1) for row in range(TERMINALS) for hour in range(row % 12, HOURS, 12)
        ]

    def says(self, text: str, row: int, hours: Any, times: int = 1) -> "Story":
        self.lines += [(text, row, int(hour), times) for hour in hours]
        return self

    @property
    def logs(self) -> Logs:
        texts = sorted({line[0] for line in self.lines})
        return Logs(
            tuple(map(form, texts)),
            np.array([texts.index(line[0]) for line in self.lines]),
            np.array([line[1] for line in self.lines]),
            np.array([line[2] for line in self.lines]),
            np.array([float(line[3]) for line in self.lines]),
        )

    @property
    def found(self) -> list[Episode]:
        return list(detect(self.logs, NAMES, HOURS, learned=LEARNED))


def test_what_is_usual_is_no_matter() -> None:
    assert Story().found == []


def test_something_grave_that_nobody_said_before_is_a_matter_when_it_is_said_again() -> None:
    once = Story().says(GRAVE, 7, [300])
    assert once.found == []
    (one,) = once.says(GRAVE, 7, [302, 304]).found
    assert (one.kind, one.terminal, one.begin) == (Kind.LOG_NEW, 7, 304)
    said = "log_new: kernel: 3 times within 24 h what no terminal said in 10 days"
    assert one.sentence == f"terminal-8: {said}: {GRAVE}"


def test_something_harmless_that_is_new_is_a_matter_as_a_flood_alone() -> None:
    assert Story().says(HARMLESS, 7, range(300, 320)).found == []
    (one,) = Story().says(HARMLESS, 7, range(300, 304), times=6).found
    assert one.kind is Kind.LOG_NEW


def test_what_many_terminals_begin_to_say_is_one_matter_of_all() -> None:
    story = Story()
    for row in range(many_of(TERMINALS)):
        story.says(GRAVE, row, [390]).says(HARMLESS, row, [390])
    story.says(GRAVE, 0, [391, 392, 393])
    assert story.found == []
    told = everywhere(story.logs, NAMES, HOURS, learned=LEARNED)
    assert [(one.text, many) for one, many in told] == [(GRAVE, 3), (HARMLESS, 3)]
    assert everywhere(story.logs, NAMES, HOURS + 72, learned=LEARNED) == [], (
        "days later it is known"
    )


def test_a_template_that_widens_is_neither_new_nor_a_surge() -> None:
    wide = "usb <*> reset <*> usb device number <*>"
    assert form(wide).covers(form(USUAL))
    assert not form(USUAL).covers(form(wide))
    assert Story().says(wide, 3, range(300, 400, 12), times=2).found == []


def test_far_more_than_usual_is_a_surge_said_with_its_numbers() -> None:
    (one,) = Story().says(USUAL, 5, range(300, 320), times=2).found
    assert (one.kind, one.terminal) == (Kind.LOG_SURGE, 5)
    assert one.sentence.startswith("terminal-6: log_surge: kernel: ")
    assert " are usual, p=" in one.sentence
    assert one.sentence.endswith(USUAL)


def test_what_all_say_more_often_is_no_matter_of_each() -> None:
    story = Story()
    for row in range(TERMINALS):
        story.says(USUAL, row, range(300, 320), times=2)
    assert story.found == []


def test_before_logs_were_heard_for_a_week_nothing_is_new() -> None:
    late = Story()
    late.lines = [line for line in late.lines if line[2] >= LEARNED - 7 * 24 + 12]
    assert late.says(GRAVE, 7, range(300, 310)).found == []


def test_what_was_known_then_is_cut_at_the_hour() -> None:
    cut = Story().says(GRAVE, 7, range(300, 310)).logs.until(301)
    assert cut.hour.max() == 300
    assert len(cut.form) == len(cut.terminal) == len(cut.times)


@given(st.lists(st.integers(0, 3), min_size=1, max_size=5), st.lists(st.integers(0, 3), max_size=5))
def test_a_form_covers_itself_and_whatever_it_was_made_of(one: list[int], other: list[int]) -> None:
    first, second = Form(Source.KERNEL, tuple(one)), Form(Source.KERNEL, tuple(other))
    assert first.covers(first)
    if len(one) == len(other):
        both = tuple(a if a == b else 0 for a, b in zip(one, other, strict=True))
        widened = Form(Source.KERNEL, both)
        assert widened.covers(first)
        assert widened.covers(second)
    assert not replace(first, source=Source.PCSCD).covers(first)


BEGIN = 500_000
"""An hour since 1970."""


def sent(terminal: int, hour: int, *said: tuple[str, int]) -> Told:
    at = (BEGIN + hour) * HOUR_S + 60
    noticed = tuple(Noticed(Source.KERNEL, numbers(text), times) for text, times in said)
    return Told(terminal, check_in(reading(hour + 1, at=at * 1000, logs=noticed)), at)


def tell(database: Database, terminal: int, hour: int, *said: tuple[str, int]) -> None:
    Keeping(database).keep(rows([sent(terminal, hour, *said)]))


def test_counts_come_back_as_what_was_said_in_each_hour(database: Database) -> None:
    tell(database, 1, 0, (USUAL, 10), (GRAVE, 1))
    tell(database, 1, 3, (USUAL, 14))
    tell(database, 1, 3, (USUAL, 15))
    tell(database, 1, 5, (USUAL, 2))
    back = logs(database, {1: 0}, begin=BEGIN + 1, hours=6)
    assert [one.text for one in back.forms] == [USUAL]
    # The last began anew: a terminal that was set up again.
    assert list(zip(back.hour.tolist(), back.times.tolist(), strict=True)) == [(2, 5.0), (4, 2.0)]


def test_what_comes_twice_at_once_was_said_first_by_the_earlier(database: Database) -> None:
    both = [sent(1, 4, (USUAL, 1)), sent(1, 5, (USUAL, 2))]
    Keeping(database).keep(rows(both))
    (one,) = templates(database, "", of=None, since=0, at_most=9)
    assert one.first_at // HOUR_S == BEGIN + 4


def test_one_template_of_many_terminals_is_kept_once(database: Database) -> None:
    for terminal in (1, 2, 3):
        tell(database, terminal, 0, (USUAL, terminal))
    with database.reading() as connection:
        (row,) = connection.execute(log_tables.log_templates.select()).mappings()
    assert row["id"] == template_id(Noticed(Source.KERNEL, numbers(USUAL), 9))
    assert row["id"] != template_id(Noticed(Source.PCSCD, numbers(USUAL), 9))


def test_what_is_seldom_said_is_not_new_because_its_past_was_dropped(database: Database) -> None:
    for hour, times in ((0, 500), (1, 501), (2, 502)):
        tell(database, 1, hour, (USUAL, times))
    later = (LOGS_DAYS + 2) * 24
    rolling = Rolling(database)
    rolling.forget(now=(BEGIN + later) * HOUR_S)
    tell(database, 1, later, (USUAL, 503))
    back = logs(database, {1: 0}, begin=BEGIN + 24, hours=later)
    assert back.times.tolist() == [1.0]
    with database.reading() as connection:
        assert len(connection.execute(log_tables.log_hours.select()).fetchall()) == 2


def test_templates_that_nobody_says_any_more_go(database: Database) -> None:
    tell(database, 1, 0, (USUAL, 1))
    with database.writing() as connection:
        connection.execute(log_tables.log_hours.delete())
    Rolling(database).forget(now=(BEGIN + (LOGS_DAYS + 2) * 24) * HOUR_S)
    assert templates(database, "", of=None, since=0, at_most=9) == []


def test_templates_are_found_by_words_and_only_where_one_may_look(database: Database) -> None:
    tell(database, 1, 0, (USUAL, 4))
    tell(database, 2, 1, (GRAVE, 2), (USUAL, 3))
    since = BEGIN * HOUR_S

    def texts(words: str, of: list[int] | None) -> list[str]:
        return [one.text for one in templates(database, words, of=of, since=since, at_most=9)]

    assert texts("", None) == [GRAVE, USUAL]
    assert texts("KERNEL error", None) == [GRAVE]
    assert texts("error", [1]) == []
    assert texts("pcscd", None) == []
    said = of_terminal(database, 2, since=since)
    assert [(one.text, one.times) for one in said] == [(USUAL, 3), (GRAVE, 2)]


@pytest.fixture
def fleet(database: Database) -> Database:
    """A fleet of twelve that says the usual for ten days and is watched for four."""
    inventory = Inventory(database)
    for number in range(1, 13):
        inventory.add(f"terminal-{number}")
    Keeping(database).keep(
        rows(
            sent(number, hour, (USUAL, hour // 12 + 1))
            for number in range(1, 13)
            for hour in range(0, 14 * 24 + 72, 12)
        )
    )
    return database


def test_a_new_grave_template_is_an_alert_in_three_languages(fleet: Database) -> None:
    book, hour = Book(fleet), 14 * 24 + 70
    for times in (2, 4, 6):
        tell(fleet, 4, hour + times // 2, (GRAVE, times))
    now = (BEGIN + hour + 5) * HOUR_S
    came = unusual(fleet, places(fleet), now=now)
    book.found(came.ill, came.well, now=now)
    (alert,) = book.open(now=now)
    assert (alert["rule"], alert["terminal_name"]) == ("unusual.log_new", "terminal-4")
    for language, word in ((Language.ZH_HK, "新日誌"), (Language.ZH_CN, "新日志")):
        spoken = in_language(alert["sentence"], language)
        assert spoken.startswith(f"terminal-4\uff1a{word}\uff1akernel")
        assert spoken.endswith(f"\uff1a{GRAVE}")


def test_what_a_release_brings_is_one_alert_that_wakes_nobody(fleet: Database) -> None:
    book, hour = Book(fleet), 14 * 24 + 70
    for number in range(1, 9):
        tell(fleet, number, hour, (HARMLESS, number))
    now = (BEGIN + hour + 5) * HOUR_S
    came = unusual(fleet, places(fleet), now=now)
    book.found(came.ill, came.well, now=now)
    (alert,) = book.open(now=now)
    assert (alert["rule"], alert["severity"]) == ("unusual.log_everywhere", "info")
    assert alert["sentence"].startswith("8 of 12 terminals began to say within 48 h (1 new in all)")
    assert "8 部" in in_language(alert["sentence"], Language.ZH_HK)
    later = now + 3 * 86_400
    came = unusual(fleet, places(fleet), now=later)
    book.found(came.ill, came.well, now=later)
    assert book.open(now=later) == []
