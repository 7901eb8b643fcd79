"""The pages of releases and rollouts."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from fleet.access.roles import Right
from fleet.app import Service
from fleet.console import rollout_acts as acts
from fleet.console.guard import Number, person, to
from fleet.console.painting import Painter
from fleet.console.waves import BAR, Mark, waves
from fleet.door.problems import Refused
from fleet.rollout.course import MOVES, OFFERED, Move, State, approvals
from fleet.rollout.stop import SURE, TOLERABLE
from fleet.waves.book import SYSTEM
from fleet.waves.publishing import NotPublished


def rolling_out(service: Service, painter: Painter) -> APIRouter:
    """Return the paths of releases and rollouts."""
    router = APIRouter()
    router.include_router(_pages(service, painter))

    @router.post("/rollouts")
    async def send(request: Request) -> Response:
        """Ask for a rollout."""
        number = await run_in_threadpool(acts.ask, service, person(request), request.state.form)
        return to(f"/rollouts/{number}")

    @router.post("/rollouts/{number}/back")
    async def go_back(number: Number, request: Request) -> Response:
        """Halt it, and ask for the version before."""
        who, form = person(request), request.state.form
        made = await run_in_threadpool(acts.back, service, who, number, form)
        return to(f"/rollouts/{made}")

    @router.post("/rollouts/{number}/approve")
    async def approve(number: Number, request: Request) -> Response:
        """Be one of those who approve."""
        await run_in_threadpool(acts.approve, service, person(request), number)
        return to(f"/rollouts/{number}")

    @router.post("/rollouts/{number}/exclude")
    async def exclude(number: Number, request: Request) -> Response:
        """Leave a terminal out."""
        who, form = person(request), request.state.form
        await run_in_threadpool(acts.exclude, service, who, number, form, out=True)
        return to(f"/rollouts/{number}")

    @router.post("/rollouts/{number}/admit")
    async def admit(number: Number, request: Request) -> Response:
        """Let a terminal in again."""
        who, form = person(request), request.state.form
        await run_in_threadpool(acts.exclude, service, who, number, form, out=False)
        return to(f"/rollouts/{number}")

    for act in acts.MOVES:
        router.post(f"/rollouts/{{number}}/{act}", name=f"rollout-{act}")(_moving(service, act))
    return router


def _moving(service: Service, act: str) -> Callable[[Number, Request], Any]:
    async def move(number: Number, request: Request) -> Response:
        """Pause, resume, abort or withdraw."""
        await run_in_threadpool(acts.move, service, person(request), number, act)
        return to(f"/rollouts/{number}")

    return move


def _pages(service: Service, painter: Painter) -> APIRouter:
    router = APIRouter()

    @router.get("/releases")
    async def releases(request: Request) -> Response:
        """Show what people signed, and the rollouts of it."""
        who = person(request)
        rows = await run_in_threadpool(acts.seen, service, who)
        silent, there, waiting = "", [], []
        try:
            there = await run_in_threadpool(acts.releases, service)
            if service.publishing is not None:
                waiting = await run_in_threadpool(service.publishing.waiting)
        except (Refused, NotPublished):
            silent = "releases_silent"
        offered = {(row["kind"], row["version"]) for row in rows if row["state"] in OFFERED}
        return painter.paint(
            "releases.html",
            request,
            now=service.clock(),
            releases=there,
            waiting=waiting,
            silent=silent or ("" if service.publishing else "releases_none"),
            rollouts=rows,
            offered=offered,
            models=sorted({place.model for place in service.watch.places.values()} - {""}),
            districts=sorted({place.district for place in service.watch.places.values()} - {""}),
            may_ask=who.may(Right.ROLL_OUT) and bool(there),
        )

    @router.get("/rollouts/{number}")
    async def rollout(number: Number, request: Request) -> Response:
        """Show one rollout, wave by wave, as it is now."""
        who, now = person(request), service.clock()
        try:
            row, rows = await run_in_threadpool(acts.one, service, who, number)
        except Refused:
            return painter.paint("missing.html", request, status=HTTPStatus.NOT_FOUND)
        state = State(row["state"])

        def can(move: Move, right: Right) -> bool:
            return (state, move) in MOVES and acts.may(service, who, row, right)

        return painter.paint(
            "rollout.html",
            request,
            now=now,
            rollout=row,
            waves=waves(row, rows, now),
            marks=list(Mark),
            notes=await run_in_threadpool(service.rollouts.notes, number),
            before=await run_in_threadpool(service.rollouts.before, number),
            missing=approvals(urgent=row["urgent"]) - len(row["approvals"]),
            may_approve=state is State.ASKED
            and acts.may(service, who, row, Right.APPROVE_ROLLOUT)
            and who.id not in {row["asked_by"], *(one["who"] for one in row["approvals"])},
            moves=[name for name, (move, right) in acts.MOVES.items() if can(move, right)],
            may_lead=who.may(Right.ROLL_OUT),
            system=SYSTEM,
            sure=SURE,
            tolerable=TOLERABLE,
            bar=BAR,
        )

    return router
