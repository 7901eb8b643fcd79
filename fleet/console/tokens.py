"""Tokens on the console: to make, shown once, and to end."""

from collections.abc import Callable
from http import HTTPStatus

import msgspec
from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from fleet.access.people import People
from fleet.access.roles import Grant, Person, Right
from fleet.access.tokens import BadToken
from fleet.console.guard import Number, person, to
from fleet.console.painting import Painter
from fleet.door.problems import Refused
from fleet.selection import BadSelection, words
from wire.failures import Failure

_DAY_S = 86_400


def token_pages(people: People, painter: Painter, clock: Callable[[], float]) -> APIRouter:
    """Return the paths of tokens."""
    router = APIRouter()

    async def shown(request: Request, made: str = "") -> Response:
        who = person(request)
        of = None if who.may(Right.END_SESSIONS) else who.id
        there = await run_in_threadpool(people.tokens.open, now=int(clock()), of=of)
        return painter.paint("tokens.html", request, tokens=there, made=made)

    @router.get("/tokens")
    async def tokens(request: Request) -> Response:
        """Show one's own tokens; to security everybody's."""
        return await shown(request)

    @router.post("/tokens")
    async def make(request: Request) -> Response:
        """Make a token and show it this once."""
        return await shown(request, await run_in_threadpool(_made, request))

    @router.post("/tokens/{number}/end")
    async def end(number: Number, request: Request) -> Response:
        """End a token."""
        who = person(request)
        of = None if who.may(Right.END_SESSIONS) else who.id
        if not await run_in_threadpool(people.tokens.end, number, of=of):
            raise Refused(HTTPStatus.NOT_FOUND, Failure.FORM_MALFORMED)
        return to("/tokens")

    def _made(request: Request) -> str:
        form: dict[str, str] = request.state.form
        who: Person = person(request)
        try:
            grant = msgspec.convert(
                {"role": form["role"], "where": form.get("where", "").strip()}, Grant
            )
            words(grant.where)
            lasts_s = int(form["days"]) * _DAY_S
            return people.tokens.make(
                form.get("name", ""), grant, by=who, now=int(clock()), lasts_s=lasts_s
            )
        except (KeyError, ValueError, BadSelection, BadToken):
            raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, Failure.FORM_MALFORMED) from None

    return router
