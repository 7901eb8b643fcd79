"""The console: its pages and what stands before them.

Rule 1: who may go where stands in `fleet.console.guard`, and a test asks every path.
Rule 2: nothing is loaded from elsewhere, no script or style stands in a page.
Rule 3: a person sees the terminals of their grants and no sign of others.
"""

from collections import Counter
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

from fastapi import APIRouter, Depends, FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse

from fleet.access.people import People
from fleet.access.roles import Person, Right
from fleet.alerts.book import NoSuchAlert
from fleet.anomaly.ranking import Ranked
from fleet.api.paths import api
from fleet.app import Service
from fleet.commands.policy import DANGEROUS
from fleet.console import views
from fleet.console.acts import acting
from fleet.console.audit_pages import audit_pages
from fleet.console.claims import claim_pages
from fleet.console.commands import commanding
from fleet.console.entry import Entry
from fleet.console.figures import describing, grouping, looking_at_figures
from fleet.console.guard import Number, allowing, guard, person
from fleet.console.painting import Painter
from fleet.console.reach import alerts_of, lines_of, may_work_on
from fleet.console.rollouts import rolling_out
from fleet.console.searching import searching
from fleet.console.site_pages import site_pages
from fleet.console.tokens import token_pages
from fleet.door.problems import add_handlers
from fleet.selection import BadSelection
from wire.commands import Order, Program
from wire.structs import settle

_RANKED: Final = 6
_HERE: Final = Path(__file__).parent


def create_console(service: Service, people: People) -> FastAPI:
    """Return the application for people."""
    settle()
    app = FastAPI(
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        dependencies=[Depends(allowing(people, service.clock))],
    )
    guard(app, people, service.groups, service.clock)
    painter = Painter()
    app.include_router(Entry(people, service.book, painter, service.clock).router())
    app.include_router(_files())
    app.include_router(looking_at_figures(service, painter))
    app.include_router(searching(service, people, painter))
    app.include_router(grouping(service, painter))
    app.include_router(describing(service))
    app.include_router(site_pages(service, painter))
    app.include_router(_looking(service, painter))
    app.include_router(_alerts(service, painter))
    app.include_router(acting(service))
    app.include_router(commanding(service, painter))
    app.include_router(rolling_out(service, painter))
    app.include_router(audit_pages(people, painter, service.clock))
    app.include_router(claim_pages(service, painter))
    app.include_router(token_pages(people, painter, service.clock))
    app.include_router(api(service, people))
    add_handlers(app)
    return app


def _files() -> APIRouter:
    router = APIRouter()
    still = {
        "/console.css": ((_HERE / "console.css").read_bytes(), "text/css"),
        "/console.js": ((_HERE / "console.js").read_bytes(), "text/javascript"),
    }

    @router.get("/console.css")
    @router.get("/console.js")
    async def file(request: Request) -> Response:
        content, kind = still[request.url.path]
        return Response(content, media_type=kind)

    return router


def _looking(service: Service, painter: Painter) -> APIRouter:
    router = APIRouter()

    def seen(who: Person) -> tuple[list[dict[str, Any]], list[views.Line], float]:
        now = service.clock()
        alerts = service.book.open(now=int(now))
        lines = lines_of(who, views.lines(service, alerts, now=now))
        return alerts_of(who, alerts, lines), lines, now

    @router.get("/")
    async def overview(request: Request) -> Response:
        """Show the fleet at a glance, worst first."""
        who = person(request)
        alerts, lines, now = await run_in_threadpool(seen, who)
        of = None if who.may_everywhere(Right.LOOK) else [one.place.number for one in lines]
        begun, done = await run_in_threadpool(views.visits_today, service, now=now, of=of)
        return painter.paint(
            "overview.html",
            request,
            now=now,
            alerts=alerts,
            counts=Counter(one.look for one in lines),
            areas=views.areas(lines),
            looks=list(views.Look),
            begun=begun,
            ranking=_ranking(service, lines),
            done=done,
        )

    @router.get("/terminals")
    async def terminals(request: Request) -> Response:
        """Show the terminals that a selection means."""
        _, lines, now = await run_in_threadpool(seen, person(request))
        wanted, fault = request.query_params.get("q", ""), ""
        try:
            lines = views.selected(service, lines, wanted)
        except BadSelection as bad:
            lines, fault = [], str(bad)
        return painter.paint(
            "terminals.html",
            request,
            now=now,
            lines=lines,
            wanted=wanted,
            fault=fault,
            groups=await run_in_threadpool(service.groups.all),
        )

    @router.get("/terminals/{name}")
    async def terminal(name: str, request: Request) -> Response:
        """Show one terminal."""
        alerts, lines, now = await run_in_threadpool(seen, person(request))
        line = next((one for one in lines if one.place.name == name), None)
        if line is None:
            return painter.paint("missing.html", request, status=HTTPStatus.NOT_FOUND)
        page = await run_in_threadpool(views.page, service, line, alerts, now=now)
        who = person(request)
        return painter.paint(
            "terminal.html",
            request,
            now=now,
            page=page,
            commands=await run_in_threadpool(service.commands.latest, 10, of=line.place.number),
            rollouts=await run_in_threadpool(service.rollouts.of_terminal, line.place.number, 10),
            orders=list(Order) if who.reaches(views.labels(line), Right.COMMAND) else [],
            programs=list(Program),
            dangerous=DANGEROUS,
        )

    return router


def _ranking(service: Service, lines: list[views.Line]) -> list[Ranked]:
    """Return who is most unusual today among the terminals that somebody sees."""
    names = {one.place.name for one in lines}
    return [one for one in service.ranking if one.name in names][:_RANKED]


def _alerts(service: Service, painter: Painter) -> APIRouter:
    router = APIRouter()

    @router.get("/alerts/{number}")
    async def alert(number: Number, request: Request) -> Response:
        """Show one alert and what was done about it."""
        now, who = service.clock(), person(request)
        try:
            one = await run_in_threadpool(service.book.one, number, now=int(now))
        except NoSuchAlert:
            return painter.paint("missing.html", request, status=HTTPStatus.NOT_FOUND)
        lines = await run_in_threadpool(views.lines, service, (), now=now)
        if not may_work_on(who, one, lines, Right.LOOK):
            return painter.paint("missing.html", request, status=HTTPStatus.NOT_FOUND)
        notes = await run_in_threadpool(service.book.notes, number)
        return painter.paint(
            "alert.html",
            request,
            now=now,
            alert=one,
            notes=notes,
            may_work=may_work_on(who, one, lines, Right.WORK),
            may_silence=may_work_on(who, one, lines, Right.SILENCE),
        )

    @router.get("/events")
    async def events() -> Response:
        """Say when there is something new."""
        headers = {"X-Accel-Buffering": "no"}
        return StreamingResponse(
            service.live.stream(), media_type="text/event-stream", headers=headers
        )

    return router
