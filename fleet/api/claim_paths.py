"""Claim codes in the API, by the same rights as on the console."""

from http import HTTPStatus
from typing import Final

import msgspec
from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from fleet.api import shapes
from fleet.api.answers import page, tagged
from fleet.api.promises import listed, told
from fleet.app import Service
from fleet.console import claims
from fleet.console.guard import person

_ROOT: Final = "/api/v1/claims"


def claim_paths(service: Service) -> APIRouter:
    """Return the paths of claim codes."""
    router = APIRouter()

    @router.get(_ROOT, responses=told(shapes.Claims), openapi_extra=listed())
    async def slips(request: Request) -> Response:
        """List the claim codes of a day, newest first; no code is told."""
        there = await run_in_threadpool(claims.slips, service, person(request))
        now = service.clock()
        rows = [
            shapes.Claim(
                one.terminal,
                one.site,
                one.made_by,
                one.made_at,
                one.ends_at,
                one.used_at,
                one.is_open(now),
            )
            for one in there
        ]
        return tagged(request, page(request, rows, lambda one: f"{one.terminal} {one.made_at}"))

    @router.post(_ROOT, status_code=201, responses=told(shapes.Slip, 201))
    async def make(request: Request) -> Response:
        """Make a code for `terminal`; `site` for a new one, `minutes` 15, 30 or 60."""
        made = await run_in_threadpool(claims.make_code, service, request)
        slip = shapes.Slip(made.terminal, made.site, made.code, made.ends_at)
        body = msgspec.json.encode(slip)
        return Response(body, HTTPStatus.CREATED, media_type="application/json")

    @router.post(f"{_ROOT}/{{name}}/withdraw", status_code=204)
    async def withdraw(name: str, request: Request) -> Response:
        """End a code that nobody has used."""
        await run_in_threadpool(claims.withdraw, service, person(request), name)
        return Response(status_code=HTTPStatus.NO_CONTENT)

    return router
