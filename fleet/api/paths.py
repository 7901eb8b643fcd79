"""The paths of the API. Each stands in `fleet.console.guard` with the right it needs."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final

import msgspec
from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from fleet.access.people import People
from fleet.access.roles import Right
from fleet.alerts.book import NoSuchAlert
from fleet.api import shapes
from fleet.api.answers import limit_of, missing, page, tagged, unusable
from fleet.api.claim_paths import claim_paths
from fleet.api.metrics import CONTENT_TYPE, exposed
from fleet.api.promises import listed, told, trouble
from fleet.api.rollout_paths import rollout_paths
from fleet.app import Service
from fleet.console import acts, commands, figures, views
from fleet.console.guard import NEEDED, Number, person
from fleet.console.reach import alerts_of, lines_of, may_work_on
from fleet.console.searching import asked_for
from fleet.selection import BadSelection

ROOT: Final = "/api/v1"
_ENTRIES: Final = 500


def api(service: Service, people: People) -> APIRouter:
    """Return all paths of the API."""
    router = APIRouter(tags=["api"])
    for part in (_terminals(service), _alerts(service), _acting(service)):
        router.include_router(part)
    router.include_router(_operations(service, people))
    router.include_router(rollout_paths(service))
    router.include_router(claim_paths(service))
    return router


def _seen(service: Service, request: Request) -> tuple[list[views.Line], list[dict[str, Any]]]:
    now, who = service.clock(), person(request)
    alerts = service.book.open(now=int(now))
    seen = lines_of(who, views.lines(service, alerts, now=now))
    return seen, alerts_of(who, alerts, seen)


def _terminals(service: Service) -> APIRouter:
    router = APIRouter()

    @router.get(f"{ROOT}/terminals", responses=told(shapes.Terminals), openapi_extra=listed("q"))
    async def terminals(request: Request) -> Response:
        """List terminals by name; `q` is a selection as on the console."""
        seen, _ = await run_in_threadpool(_seen, service, request)
        try:
            meant = views.selected(service, seen, request.query_params.get("q", ""))
        except BadSelection:
            raise unusable() from None
        fitted = service.watch.fitted
        made = (shapes.terminal(one, fitted(one.place.number)) for one in meant)
        ordered = sorted(made, key=lambda one: one.name)
        return tagged(request, page(request, ordered, lambda one: one.name))

    @router.get(f"{ROOT}/terminals/{{name}}", responses=told(shapes.Terminal))
    async def terminal(name: str, request: Request) -> Response:
        """Tell of one terminal, with what it told last."""
        seen, _ = await run_in_threadpool(_seen, service, request)
        line = next((one for one in seen if one.place.name == name), None)
        if line is None:
            raise missing()
        number = line.place.number
        told = service.watch.told(number)
        content = msgspec.to_builtins(shapes.terminal(line, service.watch.fitted(number)))
        return tagged(request, content | {"told": told and _named(told.reading)})

    return router


def _alerts(service: Service) -> APIRouter:
    router = APIRouter()

    @router.get(f"{ROOT}/alerts", responses=told(shapes.Alerts), openapi_extra=listed())
    async def alerts(request: Request) -> Response:
        """List open alerts, worst first."""
        _, rows = await run_in_threadpool(_seen, service, request)
        return tagged(request, page(request, [shapes.alert(row) for row in rows], lambda a: a.id))

    @router.get(f"{ROOT}/alerts/{{number}}", responses=told(shapes.Alert))
    async def alert(number: Number, request: Request) -> Response:
        """Tell of one alert, open or resolved."""
        now = service.clock()
        try:
            row = await run_in_threadpool(service.book.one, number, now=int(now))
        except NoSuchAlert:
            raise missing() from None
        everything = await run_in_threadpool(views.lines, service, (), now=now)
        if not may_work_on(person(request), row, everything, Right.LOOK):
            raise missing()
        return tagged(request, shapes.alert(row))

    return router


def _operations(service: Service, people: People) -> APIRouter:
    router = APIRouter()

    @router.get(f"{ROOT}/commands", responses=told(shapes.Commands), openapi_extra=listed())
    async def asked(request: Request) -> Response:
        """List the newest commands."""
        rows = await run_in_threadpool(commands.seen, service, person(request), service.clock())
        return tagged(request, page(request, [shapes.command(row) for row in rows], lambda c: c.id))

    @router.get(f"{ROOT}/statistics", responses=told(dict), openapi_extra=listed("q", "days"))
    async def statistics(request: Request) -> Response:
        """Tell visits by site, hour of the day and screen; `days` is 1, 7, 28 or 90."""
        return tagged(request, await run_in_threadpool(figures.told, service, request))

    @router.get(
        f"{ROOT}/search",
        responses=told(shapes.SearchPart) | trouble(503),
        openapi_extra=listed("q", "days", "in"),
    )
    async def search(request: Request) -> Response:
        """Search alerts, notes, commands, the audit, logs and trails; the best first.

        `q`: words, "words that stand together", `-not`, `begin*`, and labels of terminals as in a
        selection; `in`: one kind of what is found; `days`: 1, 7, 28 or 90.
        """
        searched = await run_in_threadpool(
            asked_for, service, people, request, limit=limit_of(request)
        )
        return tagged(request, shapes.search_part(searched))

    @router.get(f"{ROOT}/log-templates", responses=told(dict), openapi_extra=listed("q", "days"))
    async def templates(request: Request) -> Response:
        """List templates of foreign logs, newest first; every word of `q` stands in each."""
        rows = await run_in_threadpool(figures.templates_found, service, request)
        items = [
            {"source": one.source.value, "template": one.text, "first_at": one.first_at}
            for one in rows
        ]
        return tagged(request, {"items": items})

    @router.get(f"{ROOT}/groups", responses=told(dict))
    async def groups(request: Request) -> Response:
        """List saved selections, and how many terminals each means now."""
        rows = await run_in_threadpool(figures.counted, service, person(request))
        return tagged(request, {"items": rows})

    @router.get(f"{ROOT}/audit", responses=told(dict), openapi_extra=listed())
    async def audit(request: Request) -> Response:
        """List entries of the audit, oldest first, each with its hash."""
        after = request.query_params.get("after", "0")
        if not (after.isascii() and after.isdigit() and len(after) < 16):
            raise unusable()
        entries = await run_in_threadpool(
            lambda: list(people.audit.entries(after=int(after), at_most=_ENTRIES))
        )
        more = str(entries[-1].number) if len(entries) == _ENTRIES else None
        return tagged(request, {"items": entries, "next": more})

    @router.get("/metrics", responses={200: {"content": {"text/plain": {}}}})
    async def metrics() -> Response:
        """Tell figures of the whole fleet and of this server, for Prometheus."""
        body = await run_in_threadpool(exposed, service)
        return Response(body, headers={"Content-Type": CONTENT_TYPE})

    return router


def _acting(service: Service) -> APIRouter:
    router = APIRouter()
    for act in acts.ACTS:
        path = f"{ROOT}/alerts/{{number}}/{act}"
        router.post(path, name=f"api-{act}", status_code=204)(_act(service, act, path))

    @router.post(f"{ROOT}/commands", status_code=202, responses=told(shapes.Asked, 202))
    async def ask(request: Request) -> Response:
        """Ask the terminals of a selection for something."""
        form = request.state.form
        asked = await run_in_threadpool(commands.ask, service, person(request), form)
        body = msgspec.json.encode(shapes.Asked(asked))
        return Response(body, HTTPStatus.ACCEPTED, media_type="application/json")

    @router.post(f"{ROOT}/commands/{{number}}/withdraw", status_code=204)
    async def withdraw(number: Number, request: Request) -> Response:
        """End what no terminal has been told of."""
        await run_in_threadpool(commands.withdraw, service, person(request), number)
        return Response(status_code=HTTPStatus.NO_CONTENT)

    return router


def _act(service: Service, act: str, path: str) -> Callable[[Number, Request], Any]:
    right = NEEDED["POST", path]

    async def act_on(number: Number, request: Request) -> Response:
        """Do something about an alert."""
        await run_in_threadpool(acts.do, service, act, right, number, request)
        return Response(status_code=HTTPStatus.NO_CONTENT)

    return act_on


def _named(reading: Any) -> Any:
    """Return a reading with the names of its places, which travel without them."""
    if isinstance(reading, msgspec.Struct):
        return {name: _named(getattr(reading, name)) for name in reading.__struct_fields__}
    if isinstance(reading, dict):
        return {str(name): _named(value) for name, value in reading.items()}
    return reading
