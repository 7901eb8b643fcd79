"""The API: the console's rights and acts for programs, in parts, tagged, with figures."""

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fleet.access.break_glass import WHO
from fleet.access.roles import Grant, Role
from fleet.access.tokens import LONGEST_S, BadToken, Tokens
from fleet.alerts.dead_man import is_alive
from fleet.api.answers import cursor
from fleet.api.described import described
from fleet.api.metrics import exposed
from fleet.console.guard import NEEDED, PROGRAMS
from fleet.store.database import Database
from fleet.store.tables import tokens
from tests.support.console import NOW, Desk, Tab, people_of, somebody

ROOT = Path(__file__).resolve().parents[3]
ADA = somebody(Role.OPERATOR, name="ada")
DAY_S = 86_400


class Program:
    """Something that has a token and no cookie."""

    def __init__(self, desk: Desk, grant: Grant | None = None) -> None:
        grant = grant or ADA.grants[0]
        who = somebody(grant.role, grant.where, name="ada")
        text = desk.people.tokens.make("robot", grant, by=who, now=NOW, lasts_s=DAY_S)
        self.headers = {"Authorization": f"Bearer {text}", "Sec-Fetch-Site": ""}
        self.tab = Tab(desk.app)

    def get(self, path: str, **headers: str) -> Any:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.tab.get(path, headers=self.headers | named)

    def post(self, path: str, content: Any = None) -> Any:
        return self.tab.post(path, json=content or {}, headers=self.headers)


def test_a_token_is_kept_as_its_hash_and_ends(database: Database) -> None:
    kept = Tokens(database)
    text = kept.make("robot", Grant(Role.OPERATOR), by=ADA, now=NOW, lasts_s=DAY_S)
    with database.reading() as connection:
        assert text not in str(connection.execute(tokens.select()).one())
    who = kept.who(text, now=NOW + DAY_S - 1)
    assert who is not None
    assert (who.id, who.shown) == (ADA.id, "ada (robot)")
    assert kept.who(text, now=NOW + DAY_S) is None
    assert kept.who(text + "x", now=NOW) is None


@pytest.mark.parametrize(
    ("name", "grant", "lasts_s"),
    [
        ("", Grant(Role.OPERATOR), DAY_S),
        ("robot", Grant(Role.SECURITY), DAY_S),
        ("robot", Grant(Role.OPERATOR), 0),
        ("robot", Grant(Role.OPERATOR), LONGEST_S + 1),
    ],
)
def test_a_token_has_no_more_than_its_maker_and_an_end(
    desk: Desk, name: str, grant: Grant, lasts_s: int
) -> None:
    with pytest.raises(BadToken):
        desk.people.tokens.make(name, grant, by=ADA, now=NOW, lasts_s=lasts_s)


def test_a_token_may_reach_less_far_than_its_maker_and_never_farther(desk: Desk) -> None:
    here = Grant(Role.OPERATOR, "district:sha_tin")
    desk.people.tokens.make("robot", here, by=ADA, now=NOW, lasts_s=DAY_S)
    local = somebody(Role.OPERATOR, "district:sha_tin")
    for where in ("", "district:islands"):
        grant = Grant(Role.OPERATOR, where)
        with pytest.raises(BadToken):
            desk.people.tokens.make("robot", grant, by=local, now=NOW, lasts_s=DAY_S)


def test_a_token_makes_no_token_and_is_no_second_person(desk: Desk) -> None:
    program = Program(desk)
    who = desk.people.tokens.who(program.headers["Authorization"].removeprefix("Bearer "), now=NOW)
    assert who is not None
    with pytest.raises(BadToken):
        desk.people.tokens.make("more", who.grants[0], by=who, now=NOW, lasts_s=DAY_S)
    desk.browser(somebody(Role.OPERATOR, name="ben")).post(
        "/commands", data={"q": "name:terminal-1", "order": "reboot", "reason": "dust"}
    )
    assert program.get("/tokens").headers["location"] == "/sign-in", "pages are for people"
    assert program.post("/commands/1/approve").status_code == 401


def test_a_wrong_or_missing_token_opens_nothing(desk: Desk) -> None:
    for headers in ({}, {"Authorization": "Bearer x"}, {"Authorization": "Basic eDp5"}):
        for method, path in NEEDED:
            if path.startswith(PROGRAMS):
                asked = re.sub(r"{\w+}", "1", path)
                answer = Tab(desk.app).request(method, asked, headers=headers)
                assert answer.status_code == 401, path
                assert answer.headers["www-authenticate"] == "Bearer"


def test_terminals_come_in_parts_and_all_of_them(desk: Desk) -> None:
    program, path, names = Program(desk), "/api/v1/terminals?limit=3", []
    answer = program.get(path).json()
    names += [one["name"] for one in answer["items"]]
    answer = program.get(f"{path}&after={answer['next']}").json()
    names += [one["name"] for one in answer["items"]]
    assert names == [f"terminal-{number}" for number in range(1, 5)]
    assert answer["next"] is None


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=501",
        "limit=x",
        "after=x",
        f"after={cursor('terminal-99')}",
        "q=colour:red",
    ],
)
def test_what_cannot_be_meant_is_said(desk: Desk, query: str) -> None:
    answer = Program(desk).get(f"/api/v1/terminals?{query}")
    assert (answer.status_code, answer.json()["code"]) == (422, "form.malformed")


def test_nothing_is_sent_twice(desk: Desk) -> None:
    program = Program(desk)
    tag = program.get("/api/v1/terminals").headers["etag"]
    again = program.get("/api/v1/terminals", If_None_Match=f'"other", W/{tag}')
    assert (again.status_code, again.content) == (304, b"")
    desk.alert(1, "islands")
    assert program.get("/api/v1/terminals", If_None_Match=tag).status_code == 200


def test_a_program_of_one_district_sees_no_sign_of_another(desk: Desk) -> None:
    theirs = desk.alert(1, "islands")
    program = Program(desk, Grant(Role.OPERATOR, "district:sha_tin"))
    names = [one["name"] for one in program.get("/api/v1/terminals").json()["items"]]
    assert names == ["terminal-2", "terminal-4"]
    assert program.get("/api/v1/alerts").json()["items"] == []
    for path in (f"alerts/{theirs}", "terminals/terminal-1"):
        assert program.get(f"/api/v1/{path}").status_code == 404
    assert program.post(f"/api/v1/alerts/{theirs}/acknowledge").status_code == 404
    assert program.get("/metrics").status_code == 403


def test_a_program_does_what_its_maker_may_in_their_name(desk: Desk) -> None:
    number, program = desk.alert(1, "islands"), Program(desk)
    assert program.post(f"/api/v1/alerts/{number}/comment", {"text": "dust"}).status_code == 204
    assert program.get(f"/api/v1/alerts/{number}").json()["acknowledged_by"] is None
    assert program.post(f"/api/v1/alerts/{number}/acknowledge").status_code == 204
    alert = program.get(f"/api/v1/alerts/{number}").json()
    assert alert["acknowledged_by"] == "ada (robot)"
    assert [one.name for one in desk.people.audit.entries()] == ["ada (robot)"] * 2


def test_a_program_asks_terminals_and_sees_what_became_of_it(desk: Desk) -> None:
    program = Program(desk)
    asked = {"q": "model:T1", "order": "self_test", "reason": "nightly"}
    answer = program.post("/api/v1/commands", asked)
    assert (answer.status_code, answer.json()) == (202, {"asked": 4})
    row = program.get("/api/v1/commands").json()["items"][0]
    assert (row["state"], row["asked_name"]) == ("queued", "ada (robot)")
    assert program.post(f"/api/v1/commands/{row['id']}/withdraw").status_code == 204


def test_a_body_that_is_no_object_of_texts_does_nothing(desk: Desk) -> None:
    number, program = desk.alert(1, "islands"), Program(desk)
    for content in ([1], {"text": 5}, {"text": {"a": "b"}}):
        answer = program.post(f"/api/v1/alerts/{number}/comment", content)
        assert answer.status_code == 422
    assert desk.service.book.notes(number) == []


def test_the_audit_is_read_in_parts(desk: Desk) -> None:
    program = Program(desk, Grant(Role.AUDITOR))
    for _ in range(2):
        program.get("/api/v1/audit")
    answer = program.get("/api/v1/audit").json()
    assert [one["number"] for one in answer["items"]] == [1, 2, 3]
    assert program.get("/api/v1/audit?after=2").json()["items"][0]["number"] == 3


def test_a_token_is_shown_once_and_ended(desk: Desk) -> None:
    browser = desk.browser(ADA)
    form = {"name": "robot", "role": "operator", "days": "30"}
    page = browser.post("/tokens", data=form).text
    (text,) = re.findall(r"fleet_[\w-]{43}", page)
    assert text not in browser.get("/tokens").text
    number = desk.people.tokens.open(now=NOW)[0].id
    other = desk.browser(somebody(Role.OPERATOR, name="ben"))
    assert other.post(f"/tokens/{number}/end").status_code == 404
    assert browser.post(f"/tokens/{number}/end").status_code == 303
    assert desk.people.tokens.who(text, now=NOW) is None
    for wrong in ({"role": "root"}, {"days": "x"}, {"days": "366"}, {"where": "colour:red"}):
        assert browser.post("/tokens", data=form | wrong).status_code == 422


def test_an_emergency_leaves_no_token_behind(desk: Desk) -> None:
    with pytest.raises(BadToken):
        desk.people.tokens.make("x", WHO.grants[0], by=WHO, now=NOW, lasts_s=DAY_S)


def test_figures_name_no_terminal_and_count_them_all(desk: Desk) -> None:
    desk.alert(1, "islands")
    text = Program(desk).get("/metrics").text
    assert 'fleet_terminals{state="unseen"} 4.0' in text
    assert 'fleet_alerts_open{severity="warn"} 1.0' in text
    assert "terminal-1" not in text


def test_dashboard_and_rules_ask_for_figures_that_there_are(desk: Desk) -> None:
    text = exposed(desk.service).decode()
    told = set(re.findall(r"^(fleet_\w+)", text, re.MULTILINE))
    folder = ROOT / "packaging" / "fleet"
    rules: Any = yaml.safe_load((folder / "prometheus_rules.yml").read_text())
    asked = " ".join(rule["expr"] for group in rules["groups"] for rule in group["rules"])
    dashboard = json.loads((folder / "grafana_dashboard.json").read_text())
    asked += " ".join(one["expr"] for panel in dashboard["panels"] for one in panel["targets"])
    names = set(re.findall(r"fleet_\w+", asked))
    assert names <= told
    assert len(names) >= 7


def test_the_contract_is_the_guards_and_of_openapi_3_1() -> None:
    document = described()
    assert document["openapi"].startswith("3.1")
    promised = {
        (method.upper(), path) for path, what in document["paths"].items() for method in what
    }
    assert promised == {key for key in NEEDED if key[1].startswith(PROGRAMS)}
    text = json.dumps(document)
    for name in re.findall(r"#/components/schemas/(\w+)", text):
        assert name in document["components"]["schemas"]


@pytest.mark.parametrize(
    ("looked_at", "store_down", "alive"),
    [(NOW - 60, False, True), (NOW - 61, False, False), (NOW, True, False)],
)
def test_a_server_that_does_not_work_falls_silent(
    looked_at: float,
    store_down: bool,  # noqa: FBT001
    alive: bool,  # noqa: FBT001
) -> None:
    assert is_alive(looked_at=looked_at, now=NOW, store_down=store_down) is alive


_names = st.sampled_from(["q", "limit", "after", "days", "x"])
_READ = (
    "terminals",
    "alerts",
    "commands",
    "statistics",
    "groups",
    "claims",
    "audit",
    "terminals/x",
)


def test_whatever_is_asked_is_answered_or_refused(database: Database) -> None:
    desk = Desk(database, people_of(database))
    program, auditor = Program(desk), Program(desk, Grant(Role.AUDITOR))

    @settings(max_examples=40, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(_READ), st.dictionaries(_names, st.text(max_size=40), max_size=3))
    def asked(path: str, query: dict[str, str]) -> None:
        who = auditor if path == "audit" else program
        answer = who.get(f"/api/v1/{path}?{urlencode(query)}")
        assert answer.status_code in {200, 404, 422}, (path, query)

    @settings(max_examples=30, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(["assign", "comment", "silence"]), st.text(max_size=30))
    def done(act: str, text: str) -> None:
        number = desk.alert(1, "islands")
        form = dict.fromkeys(("to", "text", "reason", "hours"), text)
        answer = program.post(f"/api/v1/alerts/{number}/{act}", form)
        assert answer.status_code in {204, 422}, (act, text)

    asked()
    done()


@pytest.mark.parametrize("path", ["/search?q=%00", "/terminals/%00", "/groups?x=a%00b"])
def test_a_sign_that_no_database_takes_is_refused_at_the_door(desk: Desk, path: str) -> None:
    assert desk.browser(ADA).get(path).status_code == 422
    number = desk.alert(1, "islands")
    answer = desk.browser(ADA).post(f"/alerts/{number}/comment", data={"text": "a\0b"})
    assert answer.status_code == 422
