"""The API's paths of releases and rollouts: what the console can, but for approving.

A program acts in somebody's name and is nobody's second person.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final

import msgspec
from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from fleet.api import shapes
from fleet.api.answers import page, tagged
from fleet.api.promises import listed, told
from fleet.app import Service
from fleet.console import rollout_acts as acts
from fleet.console.guard import Number, person

_ROOT: Final = "/api/v1"


def rollout_paths(service: Service) -> APIRouter:
    """Return the paths."""
    router = APIRouter()

    @router.get(f"{_ROOT}/releases", responses=told(shapes.Releases), openapi_extra=listed())
    async def releases(request: Request) -> Response:
        """List what people signed, by kind, newest version first."""
        found = await run_in_threadpool(acts.releases, service)
        items = [shapes.release(one) for one in found]
        return tagged(request, page(request, items, lambda one: f"{one.kind}/{one.version}"))

    @router.get(f"{_ROOT}/rollouts", responses=told(shapes.Rollouts), openapi_extra=listed())
    async def rollouts(request: Request) -> Response:
        """List the newest rollouts."""
        rows = await run_in_threadpool(acts.seen, service, person(request))
        return tagged(request, page(request, [shapes.rollout(row) for row in rows], lambda r: r.id))

    @router.get(f"{_ROOT}/rollouts/{{number}}", responses=told(shapes.Rollout))
    async def rollout(number: Number, request: Request) -> Response:
        """Tell of one rollout, with how far each of its terminals came."""
        row, rows = await run_in_threadpool(acts.one, service, person(request), number)
        content = msgspec.to_builtins(shapes.rollout(row))
        return tagged(request, content | {"terminals": [shapes.member(one) for one in rows]})

    @router.post(f"{_ROOT}/rollouts", status_code=201, responses=told(shapes.Made, 201))
    async def ask(request: Request) -> Response:
        """Ask for a rollout; somebody else approves it on the console."""
        number = await run_in_threadpool(acts.ask, service, person(request), request.state.form)
        return _made(number)

    @router.post(
        f"{_ROOT}/rollouts/{{number}}/back", status_code=201, responses=told(shapes.Made, 201)
    )
    async def back(number: Number, request: Request) -> Response:
        """Halt a rollout and ask for the version before it."""
        who, form = person(request), request.state.form
        return _made(await run_in_threadpool(acts.back, service, who, number, form))

    for act in acts.MOVES:
        path = f"{_ROOT}/rollouts/{{number}}/{act}"
        router.post(path, name=f"api-rollout-{act}", status_code=204)(_moving(service, act))
    for act, out in (("exclude", True), ("admit", False)):
        path = f"{_ROOT}/rollouts/{{number}}/{act}"
        router.post(path, name=f"api-rollout-{act}", status_code=204)(_leaving(service, out=out))
    return router


def _made(number: int) -> Response:
    body = msgspec.json.encode(shapes.Made(number))
    return Response(body, HTTPStatus.CREATED, media_type="application/json")


def _moving(service: Service, act: str) -> Callable[[Number, Request], Any]:
    async def move(number: Number, request: Request) -> Response:
        """Pause, resume, abort or withdraw a rollout."""
        await run_in_threadpool(acts.move, service, person(request), number, act)
        return Response(status_code=HTTPStatus.NO_CONTENT)

    return move


def _leaving(service: Service, *, out: bool) -> Callable[[Number, Request], Any]:
    async def leave(number: Number, request: Request) -> Response:
        """Leave a terminal out of a rollout, or let it in again."""
        who, form = person(request), request.state.form
        await run_in_threadpool(acts.exclude, service, who, number, form, out=out)
        return Response(status_code=HTTPStatus.NO_CONTENT)

    return leave
