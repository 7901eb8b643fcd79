"""Statistics and groups on the console, and as CSV and JSON."""

from collections.abc import Sequence
from dataclasses import asdict
from http import HTTPStatus
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from fleet.access.roles import Person, Right
from fleet.app import Service
from fleet.console import views
from fleet.console.csv_out import table
from fleet.console.guard import person, to
from fleet.console.painting import Painter
from fleet.console.reach import lines_of
from fleet.door.problems import Refused
from fleet.selection import BadSelection
from fleet.statistics import Statistics
from fleet.store.known import Inventory
from fleet.store.logs import Said, templates
from wire.failures import Failure

DAYS: Final = (1, 7, 28, 90)
_SHOWN: Final = 200
_DAY_S = 86_400
_LONGEST_NOTES = 1000


def looking_at_figures(service: Service, painter: Painter) -> APIRouter:
    """Return the paths of statistics."""
    router = APIRouter()

    @router.get("/statistics")
    async def statistics(request: Request) -> Response:
        """Show visits by site, hour and screen."""
        told = await run_in_threadpool(_statistics, service, request)
        return painter.paint("statistics.html", request, days_of=DAYS, **told)

    @router.get("/statistics.csv")
    async def exported(request: Request) -> Response:
        """Hand out one of the tables: ``by`` is site, hour or screen."""
        told = await run_in_threadpool(_statistics, service, request, Right.EXPORT)
        rows = told.get("by_" + request.query_params.get("by", "site"))
        if not isinstance(rows, list):
            raise _unusable()
        return _csv("statistics", rows)

    @router.get("/terminals.csv")
    async def terminals(request: Request) -> Response:
        """Hand out the terminals that a selection means."""
        lines = await run_in_threadpool(_meant, service, request, Right.EXPORT)
        rows: list[dict[str, Any]] = [
            views.labels(one)
            | {"heard_at": one.standing.heard_at, "alerts": one.alerts}
            | views.devices(service, one)
            for one in lines
        ]
        return _csv("terminals", rows)

    return router


def grouping(service: Service, painter: Painter) -> APIRouter:
    """Return the paths of groups."""
    router = APIRouter()

    @router.get("/groups")
    async def groups(request: Request) -> Response:
        """Show the saved selections, and how many terminals each means now."""
        rows = await run_in_threadpool(counted, service, person(request))
        return painter.paint("groups.html", request, groups=rows)

    @router.post("/groups")
    async def save(request: Request) -> Response:
        """Save a selection under a name."""
        form: dict[str, str] = request.state.form
        try:
            await run_in_threadpool(
                lambda: service.groups.save(
                    form.get("name", "").strip(), form.get("q", ""), by=person(request)
                )
            )
        except BadSelection:
            raise _unusable() from None
        return to("/groups")

    @router.post("/groups/{name}/drop")
    async def drop(name: str) -> Response:
        """Forget a group."""
        if not await run_in_threadpool(service.groups.drop, name):
            raise Refused(HTTPStatus.NOT_FOUND, Failure.FORM_MALFORMED)
        return to("/groups")

    return router


def describing(service: Service) -> APIRouter:
    """Return the paths at which people say something about a terminal."""
    router = APIRouter()
    inventory = Inventory(service.database)

    @router.post("/terminals/{name}/tags")
    async def tag(name: str, request: Request) -> Response:
        """Give a terminal tags: words without a colon."""
        tags = " ".join(request.state.form.get("tags", "").casefold().split())
        if len(tags) > 200 or ":" in tags:
            raise _unusable()
        if not await run_in_threadpool(inventory.tag, name, tags):
            raise Refused(HTTPStatus.NOT_FOUND, Failure.FORM_MALFORMED)
        return to(f"/terminals/{name}")

    @router.post("/terminals/{name}/notes")
    async def annotate(name: str, request: Request) -> Response:
        """Write about a terminal what everybody should know who goes there."""
        notes = request.state.form.get("notes", "").strip()
        if len(notes) > _LONGEST_NOTES:
            raise _unusable()
        if not await run_in_threadpool(inventory.annotate, name, notes):
            raise Refused(HTTPStatus.NOT_FOUND, Failure.FORM_MALFORMED)
        return to(f"/terminals/{name}")

    return router


def counted(service: Service, who: Person) -> list[dict[str, Any]]:
    """Return each group with how many of the terminals that `who` sees it means."""
    seen = lines_of(who, views.lines(service, (), now=service.clock()))
    return [
        asdict(one) | {"terminals": len(views.selected(service, seen, one.selection))}
        for one in service.groups.all()
    ]


def told(service: Service, request: Request) -> dict[str, Any]:
    """Return the statistics as the API tells them.

    Raises:
        Refused: the selection or the days cannot be meant.
    """
    return _statistics(service, request)


def _statistics(service: Service, request: Request, right: Right = Right.LOOK) -> dict[str, Any]:
    of, days, now = _numbers(service, request, right), _days(request), int(service.clock())
    counts = Statistics(service.database)
    return {
        "wanted": request.query_params.get("q", ""),
        "days": days,
        "by_site": [asdict(one) for one in counts.by_site(of, days=days, now=now)],
        "by_hour": [asdict(one) for one in counts.by_hour(of, days=days, now=now)],
        "by_screen": [asdict(one) for one in counts.funnel(of, days=days, now=now)],
    }


def templates_found(service: Service, request: Request) -> list[Said]:
    """Return the templates of foreign logs in which every word stands, newest first."""
    since = int(service.clock()) - _days(request) * _DAY_S
    text, of = request.query_params.get("q", ""), _within(service, request, Right.LOOK)
    return templates(service.database, text, of=of, since=since, at_most=_SHOWN)


def _within(service: Service, request: Request, right: Right) -> list[int] | None:
    """Return the terminals for which somebody has `right`; None for the whole fleet."""
    who = person(request)
    if who.may_everywhere(right):
        return None
    lines = lines_of(who, views.lines(service, (), now=service.clock()), right)
    return [one.place.number for one in lines]


def _meant(service: Service, request: Request, right: Right) -> list[views.Line]:
    now = service.clock()
    alerts = service.book.open(now=int(now))
    seen = lines_of(person(request), views.lines(service, alerts, now=now), right)
    try:
        return views.selected(service, seen, request.query_params.get("q", ""))
    except BadSelection:
        raise _unusable() from None


def _numbers(service: Service, request: Request, right: Right) -> Sequence[int] | None:
    """Return the terminals that are meant; None for the whole fleet, which costs no list."""
    if not request.query_params.get("q", "").strip() and person(request).may_everywhere(right):
        return None
    return [one.place.number for one in _meant(service, request, right)]


def _days(request: Request) -> int:
    asked = request.query_params.get("days", "7")
    if asked not in {str(days) for days in DAYS}:
        raise _unusable()
    return int(asked)


def _csv(name: str, rows: list[dict[str, Any]]) -> Response:
    head = list(rows[0]) if rows else []
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    body = table(head, ([row[key] for key in head] for row in rows))
    return Response(body, media_type="text/csv; charset=utf-8", headers=headers)


def _unusable() -> Refused:
    return Refused(HTTPStatus.UNPROCESSABLE_ENTITY, Failure.FORM_MALFORMED)
