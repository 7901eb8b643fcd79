"""What was said, done and noted is found, on both databases, and nothing that is not one's own."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from fleet.access.roles import Grant, Person, Role
from fleet.ingest.rows import Told, rows
from fleet.migrations import upgrade as migrations
from fleet.migrations.upgrade import upgrade
from fleet.search.finding import MOST, Finder, Found, Scope
from fleet.search.full_text import TooBroad
from fleet.search.words import BadQuery, parsed
from fleet.store.database import Database
from fleet.store.keeping import Keeping
from fleet.store.tables import entries
from fleet.store.text_tables import Kind, texts
from fleet.store.texts import text_row, write
from tests.support.console import NOW, Desk, people_of, somebody
from tests.support.readings import check_in, reading
from wire.audit_events import AuditEvent
from wire.checkin import Entry, Noticed, Source
from wire.commands import Order
from wire.log_words import ANYTHING, NUMBERS

USB = Noticed(Source.KERNEL, (NUMBERS["usb"], ANYTHING, NUMBERS["failed"]), 7)
EVERYTHING = Scope(terminals=None, districts=None, audit=True)


def failed(number: int, failure: str, at: int = NOW) -> Entry:
    fields: dict[str, Any] = {"failure": failure, "attempts": 2}
    return Entry(number, at * 1000, AuditEvent.CARD_FAILED, fields)


def note_down(database: Database, terminal: int, *told: Entry, at: int = NOW) -> None:
    sent = check_in(reading(1, at=at * 1000, logs=(USB,)), entries=told)
    Keeping(database).keep(rows([Told(terminal, sent, at)]))


def find(
    database: Database,
    text: str,
    scope: Scope = EVERYTHING,
    *,
    kinds: frozenset[Kind] = frozenset(Kind),
    since: int = 0,
    limit: int = 100,
    after: str = "",
    named: frozenset[int] = frozenset(),
    names: frozenset[str] = frozenset(),
) -> Found:
    return Finder(database).find(
        parsed(text, names),
        scope,
        named=named,
        kinds=kinds,
        since=since,
        limit=limit,
        after=after,
    )


@pytest.fixture
def desk(database: Database) -> Desk:
    """A desk at which something of every kind was said about a mute card."""
    made = Desk(database, people_of(database))
    for number in (1, 2):
        note_down(database, number, failed(0, "card.mute"), failed(1, "card.removed"))
    alert = made.alert(1, "islands")
    made.service.book.comment(alert, "讀卡器 card.mute again <b>", by="ada", now=NOW)
    ada = somebody(Role.OPERATOR, name="ada")
    made.service.commands.ask(
        [1], Order.SELF_TEST, None, by=ada, reason="card mute?", now=NOW, lasts_s=600
    )
    made.service.commands.ask(
        [2, 4], Order.SELF_TEST, None, by=ada, reason="mute as well", now=NOW, lasts_s=600
    )
    made.people.audit.add(ada, "POST /groups", "/groups", {"name": "mute ones"}, now=NOW)
    made.people.audit.add(ada, "GET /audit", "/audit", {"q": "mute"}, now=NOW)
    return made


def test_one_word_finds_what_was_said_done_and_noted(desk: Desk) -> None:
    found = find(desk.database, "mute")
    assert [hit.kind for hit in found.hits] == [
        Kind.NOTE,
        Kind.AUDIT,
        Kind.COMMAND,
        Kind.COMMAND,
        Kind.EVENT,
        Kind.EVENT,
    ]
    assert found.hits[0].text == "ada: 讀卡器 card.mute again <b>"
    assert found.hits[-1].text == "card.failed failure=card.mute attempts=2"
    assert found.counts == {Kind.NOTE: 1, Kind.AUDIT: 1, Kind.COMMAND: 2, Kind.EVENT: 2}
    assert found.next is None


def test_alerts_are_found_by_sentence_rule_failure_and_terminal(desk: Desk) -> None:
    for text in ("something about", "rule-1*", "terminal.offline", "terminal-1 something"):
        assert Kind.ALERT in {hit.kind for hit in find(desk.database, text).hits}, text
    (hit,) = find(desk.database, "something").hits
    assert (hit.text, hit.terminal) == ("something about 1", 1)


def test_an_alert_whose_sentence_changes_is_found_by_what_it_says_now(desk: Desk) -> None:
    with desk.database.writing() as connection:
        connection.execute(sa.text("UPDATE alerts SET sentence = 'reader: quite hot'"))
    desk.service.book.found((), (), now=NOW)
    assert find(desk.database, "something").hits == []
    assert [hit.kind for hit in find(desk.database, "quite hot").hits] == [Kind.ALERT]


def test_chinese_is_found_in_the_middle_of_what_was_written(desk: Desk) -> None:
    assert [hit.kind for hit in find(desk.database, "卡器").hits] == [Kind.NOTE]
    assert find(desk.database, "器卡").hits == []


def test_templates_of_foreign_logs_are_found_with_when_they_were_said_last(desk: Desk) -> None:
    (hit,) = find(desk.database, "kernel usb").hits
    assert (hit.kind, hit.text) == (Kind.TEMPLATE, "kernel: usb <*> failed")
    assert hit.at == NOW - NOW % 3600
    assert find(desk.database, "kernel usb", since=NOW + 1).hits == []


def test_a_terminal_that_is_named_narrows_what_terminals_noted(desk: Desk) -> None:
    found = find(
        desk.database,
        "mute terminal-2",
        kinds=frozenset({Kind.EVENT}),
        names=frozenset({"terminal-2"}),
        named=frozenset({2}),
    )
    assert [hit.terminal for hit in found.hits] == [2]


def test_without_a_word_the_newest_of_everything_is_shown(desk: Desk) -> None:
    note_down(desk.database, 3, failed(0, "card.mute", NOW + 60), at=NOW + 60)
    found = find(desk.database, "")
    assert found.hits[0].terminal == 3
    assert found.counts[Kind.EVENT] == 5
    assert [hit.at for hit in found.hits] == sorted((hit.at for hit in found.hits), reverse=True)


def test_a_list_goes_on_where_it_ended_although_more_came_meanwhile(desk: Desk) -> None:
    whole = [hit.place for hit in find(desk.database, "mute").hits]
    places, after = [], ""
    while True:
        part = find(desk.database, "mute", limit=2, after=after)
        places += [hit.place for hit in part.hits]
        note_down(desk.database, 4, failed(len(places), "card.mute", NOW + 60), at=NOW + 60)
        if part.next is None:
            break
        after = part.next
        assert len(places) < 20
    assert [place for place in places if place in whole] == whole
    assert len(places) == len(set(places))


@pytest.mark.parametrize("after", ["x", "e30", "W10", "\x00", "WzEsMl0"])
def test_a_place_that_is_none_is_refused(desk: Desk, after: str) -> None:
    with pytest.raises(BadQuery, match="no_place"):
        find(desk.database, "mute", after=after)


def test_who_looks_at_some_terminals_finds_and_counts_those_alone(desk: Desk) -> None:
    desk.alert(None, "islands")
    desk.alert(None, "sha_tin")
    here = Scope(terminals={2}, districts={"sha_tin"}, audit=False)
    found = find(desk.database, "mute", here)
    assert [(hit.kind, hit.terminal) for hit in found.hits] == [
        (Kind.COMMAND, None),
        (Kind.EVENT, 2),
    ]
    assert found.counts == {Kind.COMMAND: 1, Kind.EVENT: 1}
    assert [hit.text for hit in find(desk.database, "something", here).hits] == [
        "something about sha_tin"
    ]
    nowhere = Scope(terminals=frozenset(), districts=frozenset(), audit=False)
    for text in ("mute", "something", "usb", ""):
        assert find(desk.database, text, nowhere).hits == []


def test_what_terminals_say_alike_is_indexed_once(desk: Desk) -> None:
    for number in (1, 2, 3):
        note_down(desk.database, number, *(failed(n, "card.mute") for n in range(5, 25)))
    with desk.database.reading() as connection:
        count = sa.select(sa.func.count()).select_from(texts)
        assert connection.execute(count.where(texts.c.kind == "event")).scalar() == 2
    assert find(desk.database, "mute").counts[Kind.EVENT] == 62


def test_what_takes_too_long_is_ended(desk: Desk) -> None:
    many = [
        text_row(Kind.NOTE, number, f"mute {number} " + "dust " * 150, at=NOW)
        for number in range(100, 100 + MOST)
    ]
    with desk.database.writing() as connection:
        write(connection, desk.database, many)
    impatient = Finder(desk.database, patience_s=0.0)
    with pytest.raises(TooBroad):
        impatient.find(
            parsed("mute dust"), EVERYTHING, named=set(), kinds=set(Kind), since=0, limit=9
        )
    assert find(desk.database, "mute dust", limit=1).hits, "the connection works on"


def moved(database: Database, to: str, *, up: bool) -> None:
    config = Config()
    config.set_main_option("script_location", str(migrations.__file__.rpartition("/")[0]))
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        (command.upgrade if up else command.downgrade)(config, to)


def test_what_was_there_before_the_index_is_found_after_it_and_the_way_back_is_open(
    desk: Desk,
) -> None:
    database = desk.database
    before = [(hit.kind, hit.text, hit.terminal) for hit in find(database, "mute").hits]
    moved(database, "0010", up=False)
    with database.reading() as connection:
        there = sa.inspect(connection).get_table_names()
    assert not {name for name in there if name.startswith("texts") or name == "fittings"}
    moved(database, "head", up=True)
    assert [(hit.kind, hit.text, hit.terminal) for hit in find(database, "mute").hits] == before
    with database.reading() as connection:
        assert connection.execute(sa.select(entries.c.form)).scalars().first() is not None


@pytest.fixture
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('desk') / 'fleet.db'}")
    upgrade(database.engine)
    made = Desk(database, people_of(database))
    for number in (1, 2):
        note_down(database, number, failed(0, "card.mute"))
    alert = made.alert(1, "islands")
    made.service.book.comment(alert, "<script>mute</script> & more", by="ada", now=NOW)
    yield made
    database.close()


def test_the_page_marks_what_was_searched_for_and_runs_nothing_of_it(small: Desk) -> None:
    browser = small.browser(somebody(Role.VIEWER))
    page = browser.get("/search?q=mute&lang=en").text
    assert "&lt;script&gt;<mark>mute</mark>&lt;/script&gt; &amp; more" in page
    assert "<script>mute" not in page
    assert "failure=card.<mark>mute</mark>" in page
    page = browser.get("/search?q=%22%3Cscript%3E%20mute%22&lang=en").text
    assert "<mark>script&gt;mute</mark>" in page
    assert re.findall(r"<script[^>]*>", page) == ['<script src="/console.js" defer>']


def test_nothing_found_says_what_to_try(small: Desk) -> None:
    browser = small.browser(somebody(Role.VIEWER))
    page = browser.get("/search?q=absent&lang=en").text
    assert "Nothing was found." in page
    assert "Try fewer words" in page


@pytest.mark.parametrize(
    "query", ["%22open", "-mute", "%26%26", "x" * 201, "name:", "mute&after=x"]
)
def test_what_cannot_be_understood_is_said_on_the_page_and_by_code(small: Desk, query: str) -> None:
    browser = small.browser(somebody(Role.VIEWER))
    answer = browser.get(f"/search?q={query}&lang=en")
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert ">search_" not in answer.text, "a text without words"
    answer = browser.get(f"/api/v1/search?q={query}")
    assert (answer.status_code, answer.json()["code"]) == (422, "search.malformed")


@pytest.mark.parametrize("query", ["days=5", "in=rumour", "days=x"])
def test_a_sort_or_a_time_that_there_is_not_is_refused(small: Desk, query: str) -> None:
    browser = small.browser(somebody(Role.VIEWER))
    for path in ("/search", "/api/v1/search"):
        answer = browser.get(f"{path}?q=mute&{query}")
        assert (answer.status_code, answer.json()["code"]) == (422, "search.malformed")


def test_a_program_finds_the_same_in_parts_with_what_is_to_be_marked(small: Desk) -> None:
    browser = small.browser(somebody(Role.VIEWER))
    first = browser.get("/api/v1/search?q=mute&limit=1").json()
    (note,) = first["items"]
    assert (note["kind"], note["terminal"], note["page"]) == ("note", "terminal-1", "/alerts/1")
    assert [note["text"][begin:end] for begin, end in note["marks"]] == ["mute"]
    assert first["counts"] == {"note": 1, "event": 2}
    rest = browser.get(f"/api/v1/search?q=mute&after={first['next']}").json()
    assert [one["kind"] for one in rest["items"]] == ["event", "event"]
    assert rest["next"] is None
    events = browser.get("/api/v1/search?q=mute&in=event").json()["items"]
    assert [one["terminal"] for one in events] == ["terminal-1", "terminal-2"]


def test_labels_and_names_narrow_the_search(small: Desk) -> None:
    browser = small.browser(somebody(Role.VIEWER))

    def found(query: str) -> list[tuple[str, str | None]]:
        items = browser.get(f"/api/v1/search?q={query}").json()["items"]
        return [(one["kind"], one["terminal"]) for one in items]

    assert found("mute district:sha_tin") == [("event", "terminal-2")]
    assert found("mute Terminal-1") == [("note", "terminal-1"), ("event", "terminal-1")]
    assert found("mute -name:terminal-1") == [("event", "terminal-2")]


def test_somebody_of_one_place_finds_no_sign_of_another(small: Desk) -> None:
    browser = small.browser(somebody(Role.OPERATOR, "district:sha_tin"))
    for path in ("/search?q=mute", "/search?q=terminal-1", "/search", "/search.csv?q=mute"):
        answer = browser.get(path)
        assert answer.status_code == 200
        assert "terminal-1" not in answer.text.replace("q=terminal-1", "").replace(
            'value="terminal-1"', ""
        ), path
        assert "script&gt;" not in answer.text
    assert browser.get("/api/v1/search?q=mute").json()["counts"] == {"event": 1}


ROLES = {
    Role.VIEWER: False,
    Role.OPERATOR: False,
    Role.RELEASE_SIGNER: False,
    Role.RELEASE_APPROVER: False,
    Role.SECURITY: True,
    Role.AUDITOR: True,
}


@pytest.mark.parametrize("role", Role)
def test_the_audit_is_found_by_whoever_may_read_it_and_their_look_is_in_it(
    small: Desk, role: Role
) -> None:
    ada = somebody(Role.OPERATOR, name="ada")
    small.people.audit.add(ada, "POST /groups", "/groups", {"name": "mute"}, now=NOW)
    browser = small.browser(somebody(role))
    kinds = {one["kind"] for one in browser.get("/api/v1/search?q=mute").json()["items"]}
    assert ("audit" in kinds) is ROLES[role]
    acts = [one.act for one in small.people.audit.entries()]
    assert acts == ["POST /groups"] + ["GET /api/v1/search"] * ROLES[role]
    again = browser.get("/api/v1/search?q=mute&in=audit").json()["items"]
    assert len(again) == ROLES[role], "looks are not found again"


def test_an_auditor_of_one_place_reads_no_audit(small: Desk) -> None:
    small.people.audit.add(somebody(Role.OPERATOR), "POST /x", "/x", {"a": "mute"}, now=NOW)
    who = Person("oidc:x", "x", (Grant(Role.AUDITOR, "district:sha_tin"),))
    found = small.browser(who).get("/api/v1/search?q=mute").json()
    assert found["counts"] == {"event": 1}


def test_only_who_may_export_takes_it_away(small: Desk) -> None:
    assert small.browser(somebody(Role.VIEWER)).get("/search.csv?q=mute").status_code == 403
    text = small.browser(somebody(Role.OPERATOR)).get("/search.csv?q=mute").text
    assert text.splitlines()[0] == "kind,at,terminal,text"
    assert len(text.splitlines()) == 4
