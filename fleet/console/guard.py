"""Who may go where: every path states the right it needs, and one without is refused.

Rule 1: nobody sees anything before signing in.
Rule 2: a path that is not in NEEDED is refused, whoever asks.
Rule 3: what changes something comes from a page of ours, and is in the audit first.
"""

from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Annotated, Final
from urllib.parse import parse_qs

import msgspec
from fastapi import FastAPI, Path, Request, Response
from fastapi.concurrency import run_in_threadpool

from fleet.access.people import People
from fleet.access.roles import Person, Right
from fleet.console.painting import HEADERS
from fleet.door import bodies
from fleet.door.problems import Refused, problem
from fleet.store.groups import Groups
from wire.failures import Failure

Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
"""A number of ours in a path."""
COOKIE: Final = "fleet"
OPEN_PATHS: Final = frozenset(
    {"/sign-in", "/sign-in/provider", "/sign-in/back", "/console.css", "/console.js"}
)
NEEDED: Final[Mapping[tuple[str, str], Right]] = MappingProxyType(
    {
        ("GET", "/"): Right.LOOK,
        ("GET", "/terminals"): Right.LOOK,
        ("GET", "/terminals/{name}"): Right.LOOK,
        ("GET", "/alerts/{number}"): Right.LOOK,
        ("GET", "/events"): Right.LOOK,
        ("POST", "/alerts/{number}/acknowledge"): Right.WORK,
        ("POST", "/alerts/{number}/assign"): Right.WORK,
        ("POST", "/alerts/{number}/comment"): Right.WORK,
        ("POST", "/alerts/{number}/not-useful"): Right.WORK,
        ("POST", "/alerts/{number}/silence"): Right.SILENCE,
        ("GET", "/commands"): Right.LOOK,
        ("POST", "/commands"): Right.COMMAND,
        ("POST", "/commands/{number}/approve"): Right.APPROVE_COMMAND,
        ("POST", "/commands/{number}/withdraw"): Right.COMMAND,
        ("GET", "/commands/{number}/bundle"): Right.EXPORT,
        ("GET", "/releases"): Right.LOOK,
        ("POST", "/rollouts"): Right.ROLL_OUT,
        ("GET", "/rollouts/{number}"): Right.LOOK,
        ("POST", "/rollouts/{number}/approve"): Right.APPROVE_ROLLOUT,
        ("POST", "/rollouts/{number}/withdraw"): Right.ROLL_OUT,
        ("POST", "/rollouts/{number}/pause"): Right.HALT_ROLLOUT,
        ("POST", "/rollouts/{number}/resume"): Right.ROLL_OUT,
        ("POST", "/rollouts/{number}/abort"): Right.HALT_ROLLOUT,
        ("POST", "/rollouts/{number}/exclude"): Right.ROLL_OUT,
        ("POST", "/rollouts/{number}/admit"): Right.ROLL_OUT,
        ("POST", "/rollouts/{number}/back"): Right.ROLL_OUT,
        ("POST", "/sign-out"): Right.LOOK,
        ("GET", "/claims"): Right.ADMIT,
        ("POST", "/claims"): Right.ADMIT,
        ("POST", "/claims/{name}/withdraw"): Right.ADMIT,
        ("GET", "/api/v1/claims"): Right.ADMIT,
        ("POST", "/api/v1/claims"): Right.ADMIT,
        ("POST", "/api/v1/claims/{name}/withdraw"): Right.ADMIT,
        ("GET", "/terminals.csv"): Right.EXPORT,
        ("POST", "/terminals/{name}/tags"): Right.GROUPS,
        ("POST", "/terminals/{name}/notes"): Right.GROUPS,
        ("GET", "/sites"): Right.LOOK,
        ("GET", "/sites/{site}"): Right.LOOK,
        ("POST", "/sites/{site}"): Right.GROUPS,
        ("GET", "/groups"): Right.LOOK,
        ("POST", "/groups"): Right.GROUPS,
        ("POST", "/groups/{name}/drop"): Right.GROUPS,
        ("GET", "/statistics"): Right.LOOK,
        ("GET", "/statistics.csv"): Right.EXPORT,
        ("GET", "/search"): Right.LOOK,
        ("GET", "/search.csv"): Right.EXPORT,
        ("GET", "/api/v1/search"): Right.LOOK,
        ("GET", "/api/v1/statistics"): Right.LOOK,
        ("GET", "/api/v1/log-templates"): Right.LOOK,
        ("GET", "/api/v1/groups"): Right.LOOK,
        ("GET", "/tokens"): Right.LOOK,
        ("POST", "/tokens"): Right.LOOK,
        ("POST", "/tokens/{number}/end"): Right.LOOK,
        ("GET", "/api/v1/terminals"): Right.LOOK,
        ("GET", "/api/v1/terminals/{name}"): Right.LOOK,
        ("GET", "/api/v1/alerts"): Right.LOOK,
        ("GET", "/api/v1/alerts/{number}"): Right.LOOK,
        ("POST", "/api/v1/alerts/{number}/acknowledge"): Right.WORK,
        ("POST", "/api/v1/alerts/{number}/assign"): Right.WORK,
        ("POST", "/api/v1/alerts/{number}/comment"): Right.WORK,
        ("POST", "/api/v1/alerts/{number}/not-useful"): Right.WORK,
        ("POST", "/api/v1/alerts/{number}/silence"): Right.SILENCE,
        ("GET", "/api/v1/commands"): Right.LOOK,
        ("POST", "/api/v1/commands"): Right.COMMAND,
        ("POST", "/api/v1/commands/{number}/withdraw"): Right.COMMAND,
        ("GET", "/api/v1/releases"): Right.LOOK,
        ("GET", "/api/v1/rollouts"): Right.LOOK,
        ("POST", "/api/v1/rollouts"): Right.ROLL_OUT,
        ("GET", "/api/v1/rollouts/{number}"): Right.LOOK,
        ("POST", "/api/v1/rollouts/{number}/withdraw"): Right.ROLL_OUT,
        ("POST", "/api/v1/rollouts/{number}/pause"): Right.HALT_ROLLOUT,
        ("POST", "/api/v1/rollouts/{number}/resume"): Right.ROLL_OUT,
        ("POST", "/api/v1/rollouts/{number}/abort"): Right.HALT_ROLLOUT,
        ("POST", "/api/v1/rollouts/{number}/exclude"): Right.ROLL_OUT,
        ("POST", "/api/v1/rollouts/{number}/admit"): Right.ROLL_OUT,
        ("POST", "/api/v1/rollouts/{number}/back"): Right.ROLL_OUT,
        ("GET", "/api/v1/audit"): Right.READ_AUDIT,
        ("GET", "/metrics"): Right.METRICS,
        ("GET", "/audit"): Right.READ_AUDIT,
        ("GET", "/audit/export"): Right.READ_AUDIT,
        ("POST", "/sessions/{number}/end"): Right.END_SESSIONS,
    }
)
PROGRAMS: Final = ("/api/", "/metrics")
"""Paths to which a token opens."""
_WATCHED: Final = frozenset({Right.READ_AUDIT, Right.EXPORT})
"""Rights whose use is in the audit even where nothing changes."""
_LARGEST_FORM: Final = 8192


def guard(app: FastAPI, people: People, groups: Groups, clock: Callable[[], float]) -> None:
    """Stand before every path of `app`; `allow` stands before every route."""

    @app.middleware("http")
    async def guarded(
        request: Request, go_on: Callable[[Request], Awaitable[Response]]
    ) -> Response:
        answer = await _let(request, go_on)
        for name, value in HEADERS.items():
            answer.headers[name] = value
        return answer

    async def _let(request: Request, go_on: Callable[[Request], Awaitable[Response]]) -> Response:
        if "\0" in request.url.path or "%00" in request.url.query:
            return problem(HTTPStatus.UNPROCESSABLE_ENTITY, Failure.FORM_MALFORMED.value)
        by_token = request.url.path.startswith(PROGRAMS) and "authorization" in request.headers
        known = _by_token if by_token else _by_cookie
        person = await run_in_threadpool(_placed, groups, known, people, request, int(clock()))
        request.state.person = person
        if person is None and request.url.path not in OPEN_PATHS:
            if request.method == "GET" and not request.url.path.startswith(PROGRAMS):
                return to("/sign-in")
            headers = {"WWW-Authenticate": "Bearer"}
            return problem(HTTPStatus.UNAUTHORIZED, Failure.ACCESS_UNKNOWN.value, headers)
        # A browser adds no token by itself: no page of elsewhere can make it send one.
        if request.method != "GET" and not by_token and not _from_here(request):
            return problem(HTTPStatus.FORBIDDEN, Failure.ACCESS_DENIED.value)
        return await go_on(request)


def allowing(people: People, clock: Callable[[], float]) -> Callable[[Request], Awaitable[None]]:
    """Return what every route depends on: the right is there, and the act is in the audit."""

    async def allow(request: Request) -> None:
        path = str(request.scope["route"].path)
        if request.method != "GET":
            request.state.form = await _form(request)
        if path in OPEN_PATHS:
            return
        who = person(request)
        right = NEEDED.get((request.method, path))
        if right is None or not who.may(right):
            await _write(people, request, "refused", int(clock()))
            raise Refused(HTTPStatus.FORBIDDEN, Failure.ACCESS_DENIED)
        if request.method != "GET" or right in _WATCHED:
            await _write(people, request, f"{request.method} {path}", int(clock()))

    return allow


def person(request: Request) -> Person:
    """Return who has signed in.

    Raises:
        Refused: nobody has.
    """
    found: Person | None = getattr(request.state, "person", None)
    if found is None:
        raise Refused(HTTPStatus.UNAUTHORIZED, Failure.ACCESS_UNKNOWN)
    return found


def to(path: str) -> Response:
    """Return what sends a browser to a page of ours."""
    return Response(status_code=HTTPStatus.SEE_OTHER, headers=HEADERS | {"Location": path})


async def _write(people: People, request: Request, act: str, now: int) -> None:
    query = {name: request.query_params[name] for name in request.query_params}
    detail = query | getattr(request.state, "form", {})
    await run_in_threadpool(
        people.audit.add, person(request), act, request.url.path, detail, now=now
    )


def _placed(
    groups: Groups,
    known: Callable[[People, Request, int], Person | None],
    people: People,
    request: Request,
    now: int,
) -> Person | None:
    person = known(people, request, now)
    return None if person is None else groups.placed(person)


def _by_token(people: People, request: Request, now: int) -> Person | None:
    scheme, _, token = request.headers["authorization"].partition(" ")
    return people.tokens.who(token.strip(), now=now) if scheme.lower() == "bearer" else None


def _by_cookie(people: People, request: Request, now: int) -> Person | None:
    return people.sessions.who(request.cookies.get(COOKIE, ""), now=now)


def _from_here(request: Request) -> bool:
    """Say whether a request that changes something comes from a page of ours."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    return request.headers.get("origin", "").partition("://")[2] == request.headers.get("host")


async def _form(request: Request) -> dict[str, str]:
    try:
        body = await bodies.read(request, at_most=_LARGEST_FORM)
        if request.headers.get("content-type", "").startswith("application/json"):
            fields = msgspec.json.decode(body, type=dict[str, str])
        else:
            named = parse_qs(body.decode(), max_num_fields=12)
            fields = {name: values[0] for name, values in named.items()}
        # What no database takes is no text.
        whole = "".join([*fields, *fields.values()]).encode()
    except (bodies.BodyTooLarge, ValueError):
        # Not our form; as if it had been sent empty.
        return {}
    return {} if b"\0" in whole else fields
