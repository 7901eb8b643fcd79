"""Deny by default: every path of the console is tried by nobody and by each role."""

import re

import pytest
from fastapi import FastAPI, Request
from fastapi.routing import APIRoute

from fleet.access.roles import RIGHTS, Right, Role
from fleet.console.guard import COOKIE, NEEDED, OPEN_PATHS, PROGRAMS
from tests.support.console import Desk, somebody


def routes(app: FastAPI) -> set[tuple[str, str]]:
    """Return method and path of everything that the application answers to."""
    described = app.openapi()["paths"]
    return {(method.upper(), path) for path, methods in described.items() for method in methods}


def asked(path: str) -> str:
    return re.sub(r"{name}", "terminal-1", re.sub(r"{number}", "1", path))


def test_every_path_states_the_right_it_needs(desk: Desk) -> None:
    guarded = {(method, path) for method, path in routes(desk.app) if path not in OPEN_PATHS}
    assert guarded == set(NEEDED)


def test_nobody_gets_anywhere(desk: Desk) -> None:
    for method, path in NEEDED:
        answer = desk.anonymous().request(method, asked(path))
        page = method == "GET" and not path.startswith(PROGRAMS)
        expected = (303, "/sign-in") if page else (401, None)
        assert (answer.status_code, answer.headers.get("location")) == expected, path


@pytest.mark.parametrize("role", Role)
def test_each_role_gets_where_its_rights_lead_and_nowhere_else(desk: Desk, role: Role) -> None:
    browser = desk.browser(somebody(role))
    for (method, path), right in NEEDED.items():
        if path in {"/events", "/sign-out"}:
            continue
        status = browser.request(method, asked(path)).status_code
        assert (status == 403) is (right not in RIGHTS[role]), (role, path)


def test_a_path_that_states_no_right_is_refused_to_everybody(desk: Desk) -> None:
    @desk.app.get("/forgotten")
    async def forgotten() -> str:
        return "open"

    for role in Role:
        assert desk.browser(somebody(role)).get("/forgotten").status_code == 403


def test_every_route_stands_behind_the_guard(desk: Desk) -> None:
    # A route that is none of FastAPI's would not have the application's dependency.
    flat = [route for route in desk.app.routes if hasattr(route, "path")]
    assert all(isinstance(route, APIRoute) for route in flat)


def test_a_page_of_elsewhere_changes_nothing_for_whoever_is_signed_in(desk: Desk) -> None:
    number = desk.alert(1, "islands")
    browser = desk.browser(somebody(Role.OPERATOR))
    for site in ("cross-site", "same-site", "none"):
        answer = browser.post(f"/alerts/{number}/acknowledge", headers={"Sec-Fetch-Site": site})
        assert answer.status_code == 403
    assert desk.service.book.notes(number) == []


def test_somebody_of_one_district_sees_no_sign_of_another(desk: Desk) -> None:
    theirs, others = desk.alert(2, "sha_tin"), desk.alert(1, "islands")
    districts = desk.alert(None, "islands")
    browser = desk.browser(somebody(Role.OPERATOR, "district:sha_tin"))
    for path in ("/", "/terminals", "/terminals?q=district:islands"):
        page = browser.get(path).text
        assert "terminal-1" not in page
        assert "something about 1" not in page
        assert "something about islands" not in page
    assert "terminal-2" in browser.get("/terminals").text
    for path in ("/terminals/terminal-1", f"/alerts/{others}", f"/alerts/{districts}"):
        assert browser.get(path).status_code == 404
    assert browser.get(f"/alerts/{theirs}").status_code == 200
    assert browser.post(f"/alerts/{others}/acknowledge").status_code == 404
    assert desk.service.book.notes(others) == []


def test_a_viewer_of_one_place_and_operator_of_another_works_in_one(desk: Desk) -> None:
    from fleet.access.roles import Grant, Person

    who = Person(
        "x", "x", (Grant(Role.OPERATOR, "district:sha_tin"), Grant(Role.VIEWER, "district:islands"))
    )
    browser, seen = desk.browser(who), desk.alert(1, "islands")
    page = browser.get(f"/alerts/{seen}")
    assert (page.status_code, "acknowledge" in page.text) == (200, False)
    assert browser.post(f"/alerts/{seen}/acknowledge").status_code == 403
    assert browser.post(f"/alerts/{desk.alert(2, 'sha_tin')}/acknowledge").status_code == 303


def test_only_security_silences_what_may_be_an_attack(desk: Desk) -> None:
    number = desk.alert(1, "islands", security=True)
    form = {"hours": "4", "reason": "known"}
    path = f"/alerts/{number}/silence"
    assert desk.browser(somebody(Role.OPERATOR)).post(path, data=form).status_code == 403
    assert desk.browser(somebody(Role.SECURITY)).post(path, data=form).status_code == 303


def test_what_people_do_and_what_they_are_refused_is_in_the_audit(desk: Desk) -> None:
    number = desk.alert(1, "islands")
    operator, viewer = (desk.browser(somebody(role)) for role in (Role.OPERATOR, Role.VIEWER))
    operator.post(f"/alerts/{number}/comment", data={"text": "dust"})
    viewer.post(f"/alerts/{number}/comment", data={"text": "no"})
    done, refused = list(desk.people.audit.entries())
    assert (done.name, done.act) == ("operator-everywhere", "POST /alerts/{number}/comment")
    assert (done.subject, done.detail) == (f"/alerts/{number}/comment", '{"text":"dust"}')
    assert (refused.name, refused.act) == ("viewer-everywhere", "refused")


def test_reading_the_audit_is_in_the_audit(desk: Desk) -> None:
    auditor = desk.browser(somebody(Role.AUDITOR))
    assert auditor.get("/audit/export").status_code == 200
    page = auditor.get("/audit")
    assert "GET /audit/export" in page.text
    assert len(list(desk.people.audit.entries())) == 2


def test_nothing_is_done_that_the_audit_does_not_take(desk: Desk) -> None:
    number = desk.alert(1, "islands")
    browser = desk.browser(somebody(Role.OPERATOR))
    with desk.database.writing() as connection:
        connection.exec_driver_sql("DROP TABLE audit")
    from sqlalchemy.exc import DBAPIError

    with pytest.raises(DBAPIError):
        browser.post(f"/alerts/{number}/acknowledge")
    assert desk.service.book.notes(number) == []


def test_security_ends_sessions(desk: Desk) -> None:
    viewer = desk.browser(somebody(Role.VIEWER))
    security = desk.browser(somebody(Role.SECURITY))
    number = next(
        one.id
        for one in desk.people.sessions.open(now=int(desk.now))
        if one.person == somebody(Role.VIEWER)
    )
    assert security.post(f"/sessions/{number}/end").status_code == 303
    assert security.post(f"/sessions/{number}/end").status_code == 404
    assert viewer.get("/").headers["location"] == "/sign-in"


def test_signing_out_ends_the_session_at_the_server_too(desk: Desk) -> None:
    browser = desk.browser(somebody(Role.VIEWER))
    cookie = browser.cookies[COOKIE]
    assert browser.post("/sign-out").status_code == 303
    assert desk.people.sessions.who(cookie, now=int(desk.now)) is None


def test_a_number_that_is_none_of_ours_is_refused(desk: Desk) -> None:
    browser = desk.browser(somebody(Role.VIEWER))
    for number in ("0", "-1", "9" * 30, "x"):
        assert browser.get(f"/alerts/{number}").status_code in {404, 422}


def test_the_request_has_nobody_until_somebody_is_known() -> None:
    from fleet.console.guard import person
    from fleet.door.problems import Refused

    with pytest.raises(Refused):
        person(Request({"type": "http", "state": {}}))


def test_rights_are_all_used_somewhere() -> None:
    assert set(Right) - set(NEEDED.values()) <= {Right.SILENCE_SECURITY, Right.EXPORT}
