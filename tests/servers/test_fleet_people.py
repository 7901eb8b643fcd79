"""Signing in at a provider of identities, and everything that may not let anybody in."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from joserfc.jwk import ECKey, OctKey

from fleet.access.break_glass import BreakGlass
from fleet.access.provider import Client, Provider
from fleet.access.roles import Role, Rule
from fleet.console.guard import COOKIE
from fleet.migrations.upgrade import upgrade
from fleet.simulated.provider import CLIENT, SECRET, LocalProvider, running_provider
from fleet.store.database import Database
from tests.support.console import NOW, Desk, Tab, people_of

pytestmark = pytest.mark.server
TOKEN = "a-token-of-at-least-24-letters"
WHO = {"ada": ("operators",), "bob": ("strangers",)}
BACK = "http://127.0.0.1/sign-in/back"


@pytest.fixture
def provider() -> Iterator[LocalProvider]:
    with running_provider(WHO, lambda: NOW) as running:
        yield running


@pytest.fixture
def desk(tmp_path_factory: pytest.TempPathFactory, provider: LocalProvider) -> Iterator[Desk]:
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('desk') / 'fleet.db'}")
    upgrade(database.engine)
    client = Client(issuer=provider.issuer, client_id=CLIENT, secret=SECRET, redirect=BACK)
    rules = (Rule("operators", Role.OPERATOR, "district:sha_tin"),)
    people = people_of(database, provider=Provider(client, rules), break_glass=BreakGlass(TOKEN))
    yield Desk(database, people)
    database.close()


def left(browser: Tab) -> str:
    """Return where the browser is sent to."""
    answer = browser.get("/sign-in/provider")
    assert answer.status_code == 303
    return answer.headers["location"]


def chosen(url: str, name: str) -> str:
    """Say to the provider who one is; return where it sends the browser back to."""
    return httpx.get(url, params={"as": name} | dict(httpx.URL(url).params)).headers["location"]


def signed_in(browser: Tab, name: str = "ada") -> Any:
    back = urlsplit(chosen(left(browser), name))
    return browser.get(f"{back.path}?{back.query}")


def test_somebody_with_a_role_comes_in_and_has_it(desk: Desk) -> None:
    browser = desk.anonymous()
    answer = signed_in(browser)
    assert answer.status_code == 200
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    page = browser.get("/terminals").text
    assert "terminal-2" in page
    assert "terminal-1" not in page
    assert "ada" in page
    assert next(iter(desk.people.audit.entries())).act == "sign-in"


def test_somebody_without_a_role_stays_outside_and_is_noted(desk: Desk) -> None:
    browser = desk.anonymous()
    assert signed_in(browser, "bob").status_code == 403
    assert COOKIE not in browser.cookies
    assert [one.act for one in desk.people.audit.entries()] == ["turned away"]


@pytest.mark.parametrize(
    "fault",
    [
        {"iss": "https://other.example"},
        {"aud": "another"},
        {"aud": ["another", CLIENT], "azp": "another"},
        {"nonce": "another"},
        {"nonce": None},
        {"exp": NOW - 61},
        {"exp": None},
        {"iat": NOW + 3600},
        {"sub": None},
        {"groups": "operators"},
        {"groups": [1]},
        {"key": ECKey.generate_key("P-256", {"kid": "1"})},
        {"alg": "HS256", "key": OctKey.import_key(SECRET * 3)},
        {"iss_answer": "https://other.example"},
    ],
    ids="-".join,
)
def test_nothing_that_is_signed_wrongly_lets_in(
    desk: Desk, provider: LocalProvider, fault: dict[str, Any]
) -> None:
    provider.faults = fault
    browser = desk.anonymous()
    assert signed_in(browser).status_code == 403
    assert COOKIE not in browser.cookies
    assert desk.people.sessions.open(now=NOW) == []


def test_an_answer_is_taken_once_and_only_from_the_browser_that_left(desk: Desk) -> None:
    browser, other = desk.anonymous(), desk.anonymous()
    back = urlsplit(chosen(left(browser), "ada"))
    path = f"{back.path}?{back.query}"
    assert other.get(path).status_code == 403, "another browser"
    assert browser.get(path).status_code == 200
    browser.cookies.set(
        "fleet-way", parse_qs(back.query)["state"][0], domain="127.0.0.1", path="/sign-in/back"
    )
    assert browser.get(path).status_code == 403, "again"


def test_an_answer_of_another_sign_in_is_not_taken(desk: Desk) -> None:
    attacker, citizen = desk.anonymous(), desk.anonymous()
    back = urlsplit(chosen(left(attacker), "ada"))
    left(citizen)
    assert citizen.get(f"{back.path}?{back.query}").status_code == 403


def test_a_code_without_its_verifier_buys_nothing(desk: Desk, provider: LocalProvider) -> None:
    code = parse_qs(urlsplit(chosen(left(desk.anonymous()), "ada")).query)["code"][0]
    ours = desk.people.provider
    assert ours is not None
    from fleet.access.provider import ProviderRefused

    with pytest.raises(ProviderRefused):
        ours.finish(code, "", nonce="x", verifier="of another", now=NOW)


def test_keys_that_changed_are_asked_for_again(desk: Desk, provider: LocalProvider) -> None:
    assert signed_in(desk.anonymous()).status_code == 200
    provider.key = ECKey.generate_key("P-256", {"kid": "1"})
    assert signed_in(desk.anonymous()).status_code == 200


@pytest.mark.parametrize("fault", [{"status": 500}, {"described_issuer": "https://other.example"}])
def test_a_provider_that_is_away_is_said_and_the_emergency_way_stays(
    desk: Desk, provider: LocalProvider, fault: dict[str, Any]
) -> None:
    provider.faults = fault
    browser = desk.anonymous()
    assert browser.get("/sign-in/provider").status_code == 503
    assert browser.get("/sign-in").status_code == 200
    form = {"token": TOKEN, "reason": "the provider is away"}
    assert browser.post("/sign-in", data=form).status_code == 200
    assert browser.get("/").status_code == 200


def test_an_emergency_is_told_to_everybody_until_it_is_over(desk: Desk) -> None:
    browser = desk.anonymous()
    assert browser.post("/sign-in", data={"token": TOKEN}).status_code == 422, "no reason"
    form = {"token": TOKEN, "reason": "fire"}
    assert browser.post("/sign-in", data=form).status_code == 200
    alert = desk.service.book.open(now=NOW)[0]
    assert (alert["rule"], alert["severity"], alert["security"]) == (
        "access.break_glass",
        "page",
        True,
    )
    desk.people.tidy(desk.service.book, NOW + 60)
    assert len(desk.service.book.open(now=NOW)) == 1
    desk.people.tidy(desk.service.book, NOW + 3600)
    assert desk.service.book.open(now=NOW) == []
    assert '"reason":"fire"' in next(iter(desk.people.audit.entries())).detail


def test_wrong_tokens_are_noted_and_few(desk: Desk) -> None:
    form = {"token": "wrong", "reason": "guessing"}
    browser = desk.anonymous()
    statuses = [browser.post("/sign-in", data=form).status_code for _ in range(7)]
    assert statuses == [403] * 5 + [429] * 2
    assert len(list(desk.people.audit.entries())) == 5


def test_neither_secret_nor_verifier_is_shown(desk: Desk) -> None:
    ours = desk.people.provider
    assert ours is not None
    begun = ours.begin()
    assert SECRET not in repr(ours.client)
    assert begun.verifier not in repr(begun)
    assert begun.verifier not in begun.url


@pytest.mark.parametrize("url", ["http://login.example", "ftp://127.0.0.1", "login.example"])
def test_a_provider_is_reached_by_https_only(url: str) -> None:
    with pytest.raises(ValueError, match="https"):
        Provider(Client(issuer=url, client_id="a", secret="b", redirect=BACK), ())
