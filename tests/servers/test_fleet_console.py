"""The console in a real browser and without one: nobody sees it unasked, and it is whole."""

import asyncio
import re
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from fleet.access.break_glass import BreakGlass
from fleet.access.people import People
from fleet.access.roles import Grant, Person, Role
from fleet.app import Service
from fleet.console.guard import OPEN_PATHS
from fleet.console.pages import create_console
from fleet.door.serve import Door, Server
from fleet.identity.admission import Admission
from fleet.live import Live
from fleet.migrations.upgrade import upgrade
from fleet.release.sandbox import Sandbox
from fleet.rollout.decide import Progress
from fleet.rollout.plan import Plan
from fleet.simulated import demo
from fleet.store.database import Database
from fleet.store.keeping import Keeping
from fleet.store.rollout_tables import rollout_members
from fleet.waves.book import Wanted
from fleet.waves.publishing import Publishing
from tests.support.chromium import PROGRAM, Browser, browser
from tests.support.console import people_of
from tests.support.rollouts import APPROVER, SIGNER
from tests.support.signed import signed_release

pytestmark = [pytest.mark.server, pytest.mark.slow]
TOKEN = "a-token-of-at-least-24-letters"
HERE = {"Sec-Fetch-Site": "same-origin"}


@dataclass
class Site:
    """A console over a simulated fleet that has lived some hours."""

    service: Service
    people: People
    story: demo.Story
    keeping: Keeping
    url: str
    paths: dict[str, Any]
    tell: Callable[[], None]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('console') / 'fleet.db'}")
    upgrade(database.engine)
    story = demo.begin(seed=1)
    demo.settle(database, story)
    service = Service(database, clock=story.clock, channels={})
    keeping = Keeping(database)
    while story.hour < 11 * 24 + 14:
        demo.live_an_hour(service, keeping, story)
    service.admission = Admission(database, server="fleet.example:8444", authority=bytes(16))
    roll_out(service, tmp_path_factory.mktemp("releases"))
    people = people_of(database, break_glass=BreakGlass(TOKEN))
    app = create_console(service, people)
    ready, loop = threading.Event(), asyncio.new_event_loop()
    listener = socket.create_server(("127.0.0.1", 0))
    stop = threading.Event()

    async def run() -> None:
        server = Server(Door(app, listener))
        task = asyncio.create_task(server.serve(sockets=[listener]))
        await server.answers.wait()
        ready.set()
        await asyncio.to_thread(stop.wait)
        server.should_exit = True
        await task

    thread = threading.Thread(target=loop.run_until_complete, args=(run(),))
    thread.start()
    assert ready.wait(20)
    yield Site(
        service,
        people,
        story,
        keeping,
        f"http://127.0.0.1:{listener.getsockname()[1]}",
        app.openapi()["paths"],
        lambda: _said(loop, service.live),
    )
    stop.set()
    thread.join()
    loop.close()
    database.close()


def roll_out(service: Service, folder: Path) -> None:
    """Let a rollout be in its first wave, with a terminal of each mark."""
    now = service.clock()
    sandbox = Sandbox(folder / "repository", lambda: datetime.fromtimestamp(now, UTC))
    artifact = signed_release(sandbox, folder, "1.1.0")
    service.publishing = Publishing(
        sandbox.folder, sandbox.repository, lambda: datetime.fromtimestamp(now, UTC)
    )
    wanted = Wanted(artifact=artifact, plan=Plan(), reason="a slow reader")
    number = service.rollouts.ask(wanted, by=SIGNER, now=int(now))
    service.rollouts.approve(number, by=APPROVER, now=int(now))
    service.watch.look(now)
    service.leading.look(service.watch.places, service.watch.present, now)
    first = [row["terminal"] for row in service.rollouts.members(number)]
    with service.database.writing() as connection:
        for terminal, progress in zip(first, Progress, strict=False):
            this = rollout_members.c.terminal == terminal
            change = rollout_members.update().where(this)
            connection.execute(change.values(progress=progress.value))


def _said(loop: asyncio.AbstractEventLoop, live: Live) -> None:
    loop.call_soon_threadsafe(live.looked)


@pytest.fixture
def known(site: Site) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=site.url, headers=HERE) as client:
        form = {"token": TOKEN, "reason": "a test"}
        assert client.post("/sign-in", data=form).status_code == 200
        yield client


def test_nobody_sees_or_changes_anything_before_signing_in(site: Site) -> None:
    paths = {
        (method.upper(), re.sub(r"{\w+}", "1", path))
        for path, methods in site.paths.items()
        for method in methods
        if path not in OPEN_PATHS
    }
    assert len(paths) >= 6
    with httpx.Client(base_url=site.url, headers=HERE) as client:
        for method, path in sorted(paths):
            answer = client.request(method, path)
            assert (answer.status_code, answer.headers.get("location")) in {
                (303, "/sign-in"),
                (401, None),
            }, path
        assert client.get("/anything/else").headers["location"] == "/sign-in"


def test_a_wrong_token_is_refused_and_told_so(site: Site) -> None:
    with httpx.Client(base_url=site.url, headers=HERE) as client:
        answer = client.post("/sign-in", data={"token": "wrong", "reason": "a test"})
        assert answer.status_code == 403
        assert 'role="alert"' in answer.text
        assert "fleet" not in client.cookies


def test_a_page_of_elsewhere_changes_nothing(site: Site, known: httpx.Client) -> None:
    number = site.service.book.open(now=int(site.story.clock()))[0]["id"]
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}):
        answer = known.post(f"/alerts/{number}/acknowledge", headers=headers)
        assert answer.status_code == 403
    assert site.service.book.notes(number) == []


def test_every_page_is_strict_and_holds_no_script_or_style(known: httpx.Client) -> None:
    for path in ("/", "/terminals", "/terminals/terminal-1", "/terminals/none", "/alerts/9999"):
        answer = known.get(path)
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["cache-control"] == "no-store"
        assert "style=" not in answer.text
        assert re.findall(r"<script[^>]*>", answer.text) == ['<script src="/console.js" defer>']
        assert not re.findall(r'(?:src|href)="(?:https?:)?//', answer.text)


def test_what_a_person_does_is_kept(site: Site, known: httpx.Client) -> None:
    now = int(site.story.clock())
    number = site.service.book.open(now=now)[-1]["id"]
    assert known.post(f"/alerts/{number}/acknowledge").status_code == 303
    assert known.post(f"/alerts/{number}/assign", data={"to": "bob"}).status_code == 303
    assert known.post(f"/alerts/{number}/comment", data={"text": "<b>dust</b>"}).status_code == 303
    hours = {"hours": "4", "reason": "cleaning"}
    assert known.post(f"/alerts/{number}/silence", data=hours).status_code == 303
    page = known.get(f"/alerts/{number}").text
    assert "&lt;b&gt;dust&lt;/b&gt;" in page
    alert = next(one for one in site.service.book.open(now=now) if one["id"] == number)
    assert (alert["assigned_to"], alert["silenced"]) == ("bob", True)


@pytest.mark.parametrize(
    ("act", "data", "status"),
    [
        ("silence", {"hours": "9999", "reason": "x"}, 422),
        ("silence", {"hours": "inf", "reason": "x"}, 422),
        ("silence", {"hours": "4"}, 422),
        ("assign", {}, 422),
        ("explode", {}, 404),
    ],
)
def test_what_cannot_be_done_is_refused(
    site: Site, known: httpx.Client, act: str, data: dict[str, str], status: int
) -> None:
    number = site.service.book.open(now=int(site.story.clock()))[0]["id"]
    assert known.post(f"/alerts/{number}/{act}", data=data).status_code == status
    assert known.post("/alerts/99999/acknowledge").status_code == 404


def test_a_selection_shows_what_it_means_and_says_what_it_does_not(known: httpx.Client) -> None:
    def names(wanted: str) -> list[str]:
        page = known.get("/terminals", params={"q": wanted}).text
        return re.findall(r'href="/terminals/(terminal-\d+)"', page)

    assert len(names("")) == 100
    assert 5 <= len(names("district:islands")) <= 6
    assert names("terminal-100") == ["terminal-100"]
    assert names("colour:red") == []
    assert 'role="alert"' in known.get("/terminals", params={"q": "colour:red"}).text


@pytest.fixture(scope="module")
def page(site: Site) -> Iterator[Browser]:
    if not PROGRAM:
        pytest.skip("no Chromium here")
    with browser() as opened:
        opened.screen(1440, 900)
        # Half a day, where an emergency would be over within the story's next hour.
        cookie, _ = site.people.sessions.begin(WHO, now=int(site.story.clock()))
        opened.open(f"{site.url}/sign-in")
        opened.run(f"document.cookie = 'fleet={cookie}; path=/'")
        yield opened


WHO = Person("ada", "ada", (Grant(Role.OPERATOR), Grant(Role.SECURITY), Grant(Role.RELEASE_SIGNER)))
SIZES = {"desktop": (1440, 900), "phone": (390, 844)}


PAGES = [
    "/",
    "/terminals",
    "/terminals/terminal-1",
    "/alerts/1",
    "/groups",
    "/sites",
    "/sites/eastern-post_o-6",
    "/statistics",
    "/search",
    "/commands",
    "/releases",
    "/rollouts/1",
    "/claims",
    "/tokens",
    "/audit",
    "/sign-in",
]


@pytest.mark.parametrize(
    "shown",
    [("desktop", "zh_HK", True), ("phone", "en", False), ("phone", "zh_CN", True)],
    ids=str,
)
@pytest.mark.parametrize("path", PAGES)
def test_each_page_fits_and_the_browser_objects_to_nothing(
    site: Site, page: Browser, path: str, shown: tuple[str, str, bool]
) -> None:
    size, language, dark = shown
    width, height = SIZES[size]
    page.screen(width, height, phone=size == "phone", dark=dark)
    page.complaints.clear()
    page.open(f"{site.url}{path}?lang={language}")
    assert page.run("document.documentElement.scrollWidth") <= width
    assert page.run("document.documentElement.lang") in {"en", "zh-Hant-HK", "zh-Hans"}
    small = page.run(
        "[...document.querySelectorAll('button, input:not([type=hidden]), select, nav a')]"
        ".filter(e => e.getBoundingClientRect().height < 40).map(e => e.outerHTML)"
    )
    assert small == []
    squeezed = page.run(
        "[...document.querySelectorAll('button, nav a')]"
        ".filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.textContent)"
    )
    assert squeezed == []
    assert page.unnamed() == []
    assert page.pale() == []
    assert page.run("new Set([...document.querySelectorAll('[id]')].map(e => e.id)).size") == (
        page.run("document.querySelectorAll('[id]').length")
    ), "two things have one id"
    assert page.run("document.querySelectorAll('h1').length") == 1
    assert page.complaints == []


@pytest.mark.parametrize("shown", [("phone", "zh_HK"), ("desktop", "en")], ids=str)
def test_a_claim_code_is_made_in_the_browser_and_shown_as_a_picture_to_lay_down(
    site: Site, page: Browser, shown: tuple[str, str]
) -> None:
    size, language = shown
    width, height = SIZES[size]
    page.screen(width, height, phone=size == "phone", dark=size == "phone")
    page.complaints.clear()
    page.open(f"{site.url}/claims?lang={language}")
    page.run("document.querySelector('#terminal').value = 'terminal-3'")
    page.run("document.querySelector('form[action=\"/claims\"] button').click()")
    page.until("document.querySelector('.slip svg') && document.readyState === 'complete'")
    assert page.run("document.querySelector('.secret').textContent").startswith("KIOSK1/")
    # White around the code and black in it, in the dark too, or no camera reads it.
    assert page.run("document.querySelector('.slip path').getAttribute('fill')") == "#fff"
    assert page.run("document.querySelector('.slip svg').getBoundingClientRect().width") >= 240
    assert page.run("document.documentElement.scrollWidth") <= width
    assert page.objections_of_axe() == []
    assert page.complaints == []


FEW = "?q=district:islands"
"""Tables of five rows instead of a hundred: axe looks at every cell."""
AXED = [f"{path}{FEW}" if path in {"/terminals", "/statistics"} else path for path in PAGES]
AXED += ["/terminals?q=colour:red", "/terminals/none", "/search?q=usb", "/alerts/99999"]


@pytest.mark.parametrize("path", AXED)
def test_axe_finds_nothing_at_any_size_in_light_and_dark(
    site: Site, page: Browser, path: str
) -> None:
    page.open(f"{site.url}{path}")
    for size, (width, height) in SIZES.items():
        for dark in (False, True):
            page.screen(width, height, phone=size == "phone", dark=dark)
            assert page.objections_of_axe() == [], (size, dark)


def test_axe_is_heard(site: Site, page: Browser) -> None:
    page.open(f"{site.url}/")
    page.run("document.querySelector('main').append(document.createElement('img'))")
    assert any(one.startswith("image-alt: ") for one in page.objections_of_axe())


def test_what_happens_is_seen_without_loading_the_page_anew(site: Site, page: Browser) -> None:
    page.screen(1440, 900)
    page.open(f"{site.url}/?lang=en")
    page.run("document.body.dataset.same = 'yes'")
    before = page.run("document.querySelector('.visits b').textContent")
    for _ in range(2):
        demo.live_an_hour(site.service, site.keeping, site.story)
    site.tell()
    # The first word of the stream is the present; the second is news.
    page.until(
        f"document.querySelector('.visits b').textContent !== '{before}'"
        " && document.body.dataset.same === 'yes'"
    )


def test_keys_lead_to_pages_and_to_the_search_but_not_while_somebody_writes(
    site: Site, page: Browser
) -> None:
    page.screen(1440, 900)
    page.open(f"{site.url}/audit?lang=en")
    page.run("document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'g', bubbles: true}))")
    page.run("document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 't', bubbles: true}))")
    page.until("location.pathname === '/terminals' && document.readyState === 'complete'")
    page.run("document.body.dispatchEvent(new KeyboardEvent('keydown', {key: '/', bubbles: true}))")
    assert page.run("document.activeElement.id") == "q"
    for key in "go":
        page.run(
            f"document.activeElement.dispatchEvent(new KeyboardEvent('keydown',"
            f" {{key: '{key}', bubbles: true}}))"
        )
    assert page.run("location.pathname") == "/terminals"


def test_a_slow_page_costs_nothing_and_gets_the_newest() -> None:
    async def scene() -> list[bytes]:
        live = Live()
        stream = live.stream(beat_s=60)
        first = await anext(stream)
        for _ in range(1000):
            live.looked()
        waiting = asyncio.ensure_future(anext(stream))
        await asyncio.sleep(0)
        live.looked()
        return [first, await waiting]

    assert asyncio.run(scene()) == [b"id: 0\ndata: 0\n\n", b"id: 1001\ndata: 1001\n\n"]
