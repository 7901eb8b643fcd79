"""A console over a small fleet, and people of each role, without a socket."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from fastapi import FastAPI

from fleet.access.break_glass import BreakGlass
from fleet.access.people import People
from fleet.access.provider import Provider
from fleet.access.roles import Grant, Person, Role
from fleet.access.sessions import Sessions
from fleet.access.tokens import Tokens
from fleet.alerts.finding import Finding
from fleet.app import Service
from fleet.audit.book import Audit
from fleet.console.guard import COOKIE
from fleet.console.pages import create_console
from fleet.health.rules import Severity
from fleet.store.database import Database
from fleet.store.tables import sites, terminals
from wire.failures import Failure

NOW = 1_795_600_000
HERE = {"Sec-Fetch-Site": "same-origin"}
DISTRICTS = ("sha_tin", "islands")


def people_of(
    database: Database,
    *,
    provider: Provider | None = None,
    break_glass: BreakGlass | None = None,
) -> People:
    """Return people who are known by the given ways."""
    return People(
        sessions=Sessions(database),
        tokens=Tokens(database),
        audit=Audit(database, Ed25519PrivateKey.generate()),
        provider=provider,
        break_glass=break_glass,
    )


def somebody(role: Role, where: str = "", name: str = "") -> Person:
    """Return a person of one role."""
    shown = name or f"{role.value}-{where or 'everywhere'}"
    return Person(f"oidc:{shown}", shown, (Grant(role, where),))


class Tab:
    """A browser as far as requests and cookies go."""

    def __init__(self, app: FastAPI) -> None:
        self._app = app
        self.cookies = httpx.Cookies()

    def request(self, method: str, path: str, **what: Any) -> httpx.Response:
        """Send one request and return its answer."""
        return asyncio.run(self._request(method, path, what))

    def get(self, path: str, **what: Any) -> httpx.Response:
        """Look at `path`."""
        return self.request("GET", path, **what)

    def post(self, path: str, **what: Any) -> httpx.Response:
        """Change something at `path`."""
        return self.request("POST", path, **what)

    async def _request(self, method: str, path: str, what: dict[str, Any]) -> httpx.Response:
        headers = HERE | what.pop("headers", {})
        transport = httpx.ASGITransport(app=self._app)
        async with httpx.AsyncClient(
            transport=transport, base_url="http://127.0.0.1", cookies=self.cookies
        ) as client:
            answer = await client.request(method, path, headers=headers, **what)
            self.cookies = client.cookies
        return answer


@dataclass
class Desk:
    """A console over four terminals in two districts; time stands still unless moved."""

    database: Database
    people: People
    now: float = NOW
    service: Service = field(init=False)
    app: FastAPI = field(init=False)

    def __post_init__(self) -> None:
        self.service = Service(self.database, clock=lambda: self.now, channels={})
        self.app = create_console(self.service, self.people)
        with self.database.writing() as connection:
            connection.execute(sites.insert(), [_site(name) for name in DISTRICTS])
            connection.execute(
                terminals.insert(),
                [
                    {"name": f"terminal-{number}", "site": f"site-{DISTRICTS[number % 2]}"}
                    | {"model": "T1", "tags": "pilot" if number == 1 else ""}
                    for number in range(1, 5)
                ],
            )
        self.service.watch.look(self.now)

    def anonymous(self) -> Tab:
        """Return the browser of nobody yet."""
        return Tab(self.app)

    def browser(self, who: Person) -> Tab:
        """Return the browser of somebody who has signed in."""
        cookie, _ = self.people.sessions.begin(who, now=int(self.now))
        client = self.anonymous()
        client.cookies.set(COOKIE, cookie, domain="127.0.0.1")
        return client

    def alert(self, terminal: int | None, district: str, *, security: bool = False) -> int:
        """Open an alert and return its number."""
        finding = Finding(
            rule=f"rule-{terminal}-{security}",
            terminal=terminal,
            district=district,
            severity=Severity.WARN,
            failure=Failure.TERMINAL_OFFLINE,
            sentence=f"something about {terminal or district}",
            security=security,
        )
        self.service.book.found([finding], (), now=int(self.now))
        rows = self.service.book.open(now=int(self.now))
        return next(int(row["id"]) for row in rows if row["fingerprint"] == finding.fingerprint)


def _site(district: str) -> dict[str, object]:
    return {
        "id": f"site-{district}",
        "name_en": district,
        "name_zh": district,
        "district": district,
        "x": 1.0,
        "y": 1.0,
        "opens": 0,
        "closes": 1440,
        "days": 127,
    }
