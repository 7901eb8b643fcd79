"""People make and withdraw claim codes where it is theirs to, and see each once."""

import json
import re

import pytest

from fleet import sandbox
from fleet.access.roles import Grant, Person, Role
from fleet.identity.admission import LASTS, Admission, Printed
from fleet.identity.authority import Authority
from fleet.identity.claims import ClaimRefused, Claims
from fleet.store.database import Database
from fleet.store.known import Inventory
from fleet.store.tables import claims, sites, terminals
from tests.support.console import NOW, Desk, people_of, somebody
from tests.unit.fleet.test_claims import new_key
from wire.claim import ClaimCode

OPERATOR = somebody(Role.OPERATOR, name="ada")
LOCAL = somebody(Role.OPERATOR, "district:sha_tin", name="ben")
CODE = re.compile(r"KIOSK1/[A-Z0-9.:/-]+")


@pytest.fixture
def desk(database: Database) -> Desk:
    desk = Desk(database, people_of(database))
    desk.service.admission = Admission(database, server="fleet.example:8444", authority=bytes(16))
    return desk


def form(**more: str) -> dict[str, str]:
    return {"terminal": "terminal-2", "minutes": "15"} | more


def test_a_code_is_shown_once_as_picture_and_text_and_kept_by_nobody(desk: Desk) -> None:
    browser = desk.browser(OPERATOR)
    page = browser.post("/claims", data=form()).text
    (text,) = set(CODE.findall(page))
    code = ClaimCode.parse(text)
    assert code.server == "fleet.example:8444"
    assert "<svg" in page
    again = browser.get("/claims").text
    assert "terminal-2" in again
    assert not CODE.findall(again)
    with desk.database.reading() as connection:
        kept = str(connection.execute(claims.select()).fetchall())
    told = kept + "".join(f"{one}" for one in desk.people.audit.entries())
    assert text not in told
    assert code.token.hex() not in told


def test_who_made_and_who_withdrew_a_code_is_in_the_audit(desk: Desk) -> None:
    browser = desk.browser(OPERATOR)
    browser.post("/claims", data=form())
    assert browser.post("/claims/terminal-2/withdraw").status_code == 303
    made, ended = list(desk.people.audit.entries())
    assert (made.name, made.act) == ("ada", "POST /claims")
    assert json.loads(made.detail) == form()
    assert (ended.act, ended.subject) == (
        "POST /claims/{name}/withdraw",
        "/claims/terminal-2/withdraw",
    )


def test_a_withdrawn_code_makes_nobody_a_terminal(desk: Desk) -> None:
    issuer = sandbox.authority("Sandbox terminal CA")
    browser = desk.browser(OPERATOR)
    (text,) = set(CODE.findall(browser.post("/claims", data=form()).text))
    browser.post("/claims/terminal-2/withdraw")
    assert browser.post("/claims/terminal-2/withdraw").status_code == 404
    book = Claims(desk.database, random_bytes=bytes)
    with pytest.raises(ClaimRefused):
        book.take(
            ClaimCode.parse(text).token,
            new_key().public_key(),
            Authority(issuer.certificate, issuer.key),
            model="",
            key_kept="tpm",
            now=NOW + 1,
        )


def test_a_second_code_ends_the_first(desk: Desk) -> None:
    browser = desk.browser(OPERATOR)
    for _ in range(2):
        browser.post("/claims", data=form())
        desk.now += 1
    assert desk.service.admission is not None
    open_ = [one.is_open(desk.now) for one in desk.service.admission.slips(OPERATOR, now=NOW + 2)]
    assert open_ == [True, False]


def test_a_code_lasts_as_long_as_was_said_and_is_then_over(desk: Desk) -> None:
    browser = desk.browser(OPERATOR)
    browser.post("/claims", data=form(minutes="30"))
    desk.now += 30 * 60 - 1
    assert "/claims/terminal-2/withdraw" in browser.get("/claims").text
    desk.now += 1
    assert "/claims/terminal-2/withdraw" not in browser.get("/claims").text


@pytest.mark.parametrize(
    "wrong",
    [
        {"minutes": "1440"},
        {"minutes": "0"},
        {"minutes": "x"},
        {"terminal": ""},
        {"terminal": "a b"},
        {"terminal": "terminal-99"},
        {"terminal": "terminal-99", "site": "nowhere"},
        {"site": "site-islands"},
    ],
    ids=str,
)
def test_what_cannot_be_meant_makes_no_code(desk: Desk, wrong: dict[str, str]) -> None:
    answer = desk.browser(OPERATOR).post("/claims", data=form(**wrong))
    assert answer.status_code == 422
    with desk.database.reading() as connection:
        assert connection.execute(claims.select()).fetchall() == []
        assert len(connection.execute(terminals.select()).fetchall()) == 4


def test_a_retired_terminal_gets_no_code(desk: Desk) -> None:
    Inventory(desk.database).retire(2)
    assert desk.browser(OPERATOR).post("/claims", data=form()).status_code == 422


def test_a_new_terminal_stands_where_its_code_says(desk: Desk) -> None:
    new = form(terminal="terminal-17", site="site-sha_tin")
    assert "KIOSK1/" in desk.browser(OPERATOR).post("/claims", data=new).text
    with desk.database.reading() as connection:
        row = connection.execute(terminals.select().where(terminals.c.name == "terminal-17")).one()
    assert row.site == "site-sha_tin"


def test_a_slip_names_its_site_in_words_beside_the_id_that_is_typed(desk: Desk) -> None:
    with desk.database.writing() as connection:
        named = {"name_en": "Sha Tin <Library>", "name_zh": "沙田圖書館"}
        connection.execute(sites.update().where(sites.c.id == "site-sha_tin").values(**named))
    browser = desk.browser(OPERATOR)
    made = browser.post("/claims?lang=en", data=form()).text
    # Once on the slip, once in the list below it, once in the form.
    assert made.count("Sha Tin &lt;Library&gt;") == 3
    assert made.count('<span class="soft">site-sha_tin</span>') == 2
    listed = browser.get("/claims?lang=zh_HK").text
    assert '沙田圖書館 <span class="soft">site-sha_tin</span>' in listed


def test_somebody_of_one_district_admits_there_and_sees_no_sign_of_another(desk: Desk) -> None:
    everywhere, local = desk.browser(OPERATOR), desk.browser(LOCAL)
    everywhere.post("/claims", data=form(terminal="terminal-1"))
    page = local.get("/claims").text
    assert "terminal-1" not in page
    assert "site-islands" not in page
    assert local.post("/claims", data=form(terminal="terminal-1")).status_code == 403
    assert local.post("/claims/terminal-1/withdraw").status_code == 404
    new = form(terminal="terminal-17", site="site-islands")
    assert local.post("/claims", data=new).status_code == 403
    assert local.post("/claims", data=form()).status_code == 200


def test_a_name_of_ones_own_choice_opens_no_place(desk: Desk) -> None:
    by_name = Person("oidc:eve", "eve", (Grant(Role.OPERATOR, "name:terminal-2"),))
    new = form(terminal="terminal-2b", site="site-islands")
    assert desk.browser(by_name).post("/claims", data=new).status_code == 403


def test_a_server_without_a_door_says_so_and_makes_no_code(desk: Desk) -> None:
    desk.service.admission = None
    browser = desk.browser(OPERATOR)
    assert 'role="alert"' in browser.get("/claims").text
    answer = browser.post("/claims", data=form())
    assert (answer.status_code, answer.json()["code"]) == (501, "claim.no_authority")


def test_the_api_makes_lists_and_withdraws_as_the_console_does(desk: Desk) -> None:
    program = desk.people.tokens.make(
        "robot", Grant(Role.OPERATOR), by=OPERATOR, now=NOW, lasts_s=86_400
    )
    tab, bearer = desk.anonymous(), {"Authorization": f"Bearer {program}"}
    made = tab.post("/api/v1/claims", json=form(minutes="60"), headers=bearer)
    assert made.status_code == 201
    slip = made.json()
    assert ClaimCode.parse(slip["code"]).server == "fleet.example:8444"
    assert slip["ends_at"] == NOW + LASTS[-1]
    (listed,) = tab.get("/api/v1/claims", headers=bearer).json()["items"]
    assert (listed["terminal"], listed["made_by"], listed["open"]) == (
        "terminal-2",
        "ada (robot)",
        True,
    )
    assert "code" not in listed
    path = "/api/v1/claims/terminal-2/withdraw"
    assert tab.post(path, headers=bearer).status_code == 204
    assert tab.post(path, headers=bearer).status_code == 404


def test_a_slip_shows_no_code_by_accident() -> None:
    assert "KIOSK1" not in repr(Printed("terminal-2", "site", "KIOSK1/X", 1))
