"""The paths of the console.

Rule 1: nobody sees anything before signing in, and a test asks every path.
Rule 2: nothing is loaded from elsewhere, no script or style stands in a page.
Rule 3: what changes something is a POST from our own page.
"""

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse

from fleet.alerts.book import NoSuchAlert
from fleet.alerts.silence import BadSilence, Silence
from fleet.app import Service
from fleet.console import views
from fleet.console.painting import HEADERS, Painter, language_of
from fleet.console.signing_in import COOKIE, LASTS_S, SigningIn
from fleet.door import bodies
from fleet.door.problems import add_handlers, problem
from fleet.selection import BadSelection

_HERE: Final = Path(__file__).parent
_AUTHOR: Final = "break-glass"
_OPEN_PATHS: Final = frozenset({"/sign-in", "/console.css", "/console.js"})
_LARGEST_FORM: Final = 8192


def create_console(service: Service, signing_in: SigningIn) -> FastAPI:
    """Return the application for people."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)

    @app.middleware("http")
    async def guarded(
        request: Request, go_on: Callable[[Request], Awaitable[Response]]
    ) -> Response:
        """Let nobody past who has not signed in, and no page of elsewhere change anything."""
        now = service.clock()
        known = signing_in.lets_in(request.cookies.get(COOKIE, ""), now=now)
        if not known and request.url.path not in _OPEN_PATHS:
            if request.method == "GET":
                return _to("/sign-in")
            return problem(HTTPStatus.UNAUTHORIZED)
        if request.method != "GET" and not _from_here(request):
            return problem(HTTPStatus.FORBIDDEN)
        answer = await go_on(request)
        for name, value in HEADERS.items():
            answer.headers[name] = value
        return answer

    app.include_router(_signing(service, signing_in))
    app.include_router(_looking(service))
    app.include_router(_acting(service))
    add_handlers(app)
    return app


def _signing(service: Service, signing_in: SigningIn) -> APIRouter:
    router, painter = APIRouter(), Painter()
    still = {
        "/console.css": ((_HERE / "console.css").read_bytes(), "text/css"),
        "/console.js": ((_HERE / "console.js").read_bytes(), "text/javascript"),
    }

    @router.get("/console.css")
    @router.get("/console.js")
    async def file(request: Request) -> Response:
        content, kind = still[request.url.path]
        return Response(content, media_type=kind)

    @router.get("/sign-in")
    async def door(request: Request) -> Response:
        return painter.paint("sign_in.html", request, fault=False)

    @router.post("/sign-in")
    async def sign_in(request: Request) -> Response:
        token = (await _form(request)).get("token", "")
        cookie = signing_in.cookie(token, now=service.clock())
        if cookie is None:
            return painter.paint("sign_in.html", request, status=HTTPStatus.FORBIDDEN, fault=True)
        answer = _to("/")
        answer.set_cookie(
            COOKIE,
            cookie,
            max_age=LASTS_S,
            httponly=True,
            samesite="strict",
            secure=request.url.scheme == "https",
        )
        return answer

    return router


def _looking(service: Service) -> APIRouter:
    router, painter = APIRouter(), Painter()

    def seen() -> tuple[list[dict[str, Any]], list[views.Line], float]:
        now = service.clock()
        alerts = service.book.open(now=int(now))
        return alerts, views.lines(service, alerts, now=now), now

    @router.get("/")
    async def overview(request: Request) -> Response:
        """Show the fleet at a glance, worst first."""
        alerts, lines, now = await run_in_threadpool(seen)
        begun, done = await run_in_threadpool(views.visits_today, service, now=now)
        return painter.paint(
            "overview.html",
            request,
            now=now,
            alerts=alerts,
            lines=lines,
            areas=views.areas(lines),
            looks=list(views.Look),
            begun=begun,
            done=done,
        )

    @router.get("/terminals")
    async def terminals(request: Request) -> Response:
        """Show the terminals that a selection means."""
        _, lines, now = await run_in_threadpool(seen)
        wanted, fault = request.query_params.get("q", ""), ""
        try:
            lines = views.selected(lines, wanted)
        except BadSelection as bad:
            lines, fault = [], str(bad)
        return painter.paint(
            "terminals.html", request, now=now, lines=lines, wanted=wanted, fault=fault
        )

    @router.get("/terminals/{name}")
    async def terminal(name: str, request: Request) -> Response:
        """Show one terminal."""
        alerts, lines, now = await run_in_threadpool(seen)
        line = next((one for one in lines if one.place.name == name), None)
        if line is None:
            return painter.paint("missing.html", request, status=HTTPStatus.NOT_FOUND)
        page = await run_in_threadpool(views.page, service, line, alerts, now=now)
        return painter.paint("terminal.html", request, now=now, page=page)

    @router.get("/alerts/{number}")
    async def alert(number: int, request: Request) -> Response:
        """Show one alert and what was done about it."""
        now = service.clock()
        try:
            one = await run_in_threadpool(service.book.one, number, now=int(now))
        except NoSuchAlert:
            return painter.paint("missing.html", request, status=HTTPStatus.NOT_FOUND)
        notes = await run_in_threadpool(service.book.notes, number)
        return painter.paint("alert.html", request, now=now, alert=one, notes=notes)

    @router.get("/events")
    async def events() -> Response:
        """Say when there is something new."""
        headers = {"X-Accel-Buffering": "no"}
        return StreamingResponse(
            service.live.stream(), media_type="text/event-stream", headers=headers
        )

    return router


def _acting(service: Service) -> APIRouter:
    router, book = APIRouter(), service.book

    @router.post("/alerts/{number}/{act}")
    async def act_on(number: int, act: str, request: Request) -> Response:
        """Do something about an alert."""
        form, now = await _form(request), int(service.clock())
        acts: dict[str, Callable[[], None]] = {
            "acknowledge": lambda: book.acknowledge(number, by=_AUTHOR, now=now),
            "assign": lambda: book.assign(number, form["to"], by=_AUTHOR, now=now),
            "comment": lambda: book.comment(number, form["text"], by=_AUTHOR, now=now),
            "not-useful": lambda: book.not_useful(number, by=_AUTHOR, now=now),
            "silence": lambda: book.silence(_silence(book.one(number, now=now), form, now)),
        }
        if act not in acts:
            return problem(HTTPStatus.NOT_FOUND)
        try:
            await run_in_threadpool(acts[act])
        except NoSuchAlert:
            return problem(HTTPStatus.NOT_FOUND)
        except (KeyError, ValueError, BadSilence):
            return problem(HTTPStatus.UNPROCESSABLE_ENTITY)
        return _to(f"/alerts/{number}?lang={language_of(request)}")

    return router


def _silence(alert: dict[str, Any], form: dict[str, str], now: int) -> Silence:
    matchers = {"rule": alert["rule"], "district": alert["district"]}
    if alert["terminal_name"]:
        matchers["terminal"] = alert["terminal_name"]
    return Silence(
        matchers=matchers,
        begins_at=now,
        ends_at=now + float(form["hours"]) * 3600,
        author=_AUTHOR,
        reason=form["reason"],
    )


def _to(path: str) -> Response:
    return Response(status_code=HTTPStatus.SEE_OTHER, headers=HEADERS | {"Location": path})


def _from_here(request: Request) -> bool:
    """Say whether a request that changes something comes from a page of ours."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    return request.headers.get("origin", "").partition("://")[2] == request.headers.get("host")


async def _form(request: Request) -> dict[str, str]:
    try:
        body = await bodies.read(request, at_most=_LARGEST_FORM)
        fields = parse_qs(body.decode(), max_num_fields=8)
    except (bodies.BodyTooLarge, ValueError):
        # Not our form; as if it had been sent empty.
        return {}
    return {name: values[0] for name, values in fields.items()}
