"""Signing in and out: by the provider of identities, or by the break-glass token."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from fleet.access.break_glass import BROKEN_GLASS, WHO, TooManyTries
from fleet.access.people import People
from fleet.access.provider import NotSignedIn, ProviderSilent
from fleet.access.roles import Person
from fleet.access.sessions import SIGN_IN_LASTS_S
from fleet.alerts.book import Book
from fleet.console.guard import COOKIE, to
from fleet.console.painting import Painter

_ON_THE_WAY: Final = "fleet-way"
_BACK: Final = "/sign-in/back"
NOBODY: Final = Person("nobody", "nobody", ())


class Entry:
    """The ways in and out."""

    def __init__(
        self, people: People, book: Book, painter: Painter, clock: Callable[[], float]
    ) -> None:
        """Let in whom `people` know; `clock` gives seconds since 1970."""
        self._people = people
        self._book = book
        self._painter = painter
        self._clock = clock

    def router(self) -> APIRouter:
        """Return the paths."""
        router = APIRouter()
        router.get("/sign-in")(self.door)
        router.post("/sign-in")(self.break_glass)
        router.get("/sign-in/provider")(self.leave)
        router.get(_BACK)(self.back)
        router.post("/sign-out")(self.sign_out)
        return router

    async def door(self, request: Request) -> Response:
        """Show the ways in."""
        return self._door(request)

    async def break_glass(self, request: Request) -> Response:
        """Let in by the token, and tell everybody."""
        form, now = request.state.form, int(self._clock())
        why = form.get("reason", "").strip()
        glass = self._people.break_glass
        if glass is None:
            return self._door(request, "sign_in_fault", HTTPStatus.FORBIDDEN)
        if not why:
            return self._door(request, "sign_in_no_reason", HTTPStatus.UNPROCESSABLE_ENTITY)
        try:
            if not glass.opens(form.get("token", ""), now=now):
                return await self._turned_away(request, "sign_in_fault")
        except TooManyTries:
            return self._door(request, "sign_in_too_often", HTTPStatus.TOO_MANY_REQUESTS)
        await run_in_threadpool(self._book.found, [BROKEN_GLASS], (), now=now)
        return await self._welcome(request, WHO, why)

    async def leave(self, request: Request) -> Response:
        """Send the browser to the provider."""
        provider, now = self._people.provider, int(self._clock())
        if provider is None:
            return self._door(request, "sign_in_refused", HTTPStatus.NOT_FOUND)
        try:
            begun = await run_in_threadpool(provider.begin)
        except ProviderSilent:
            return self._door(request, "sign_in_silent", HTTPStatus.SERVICE_UNAVAILABLE)
        if not await run_in_threadpool(self._people.sessions.leave, begun, now=now):
            return self._door(request, "sign_in_too_often", HTTPStatus.TOO_MANY_REQUESTS)
        answer = to(begun.url)
        answer.set_cookie(
            _ON_THE_WAY,
            begun.state,
            max_age=SIGN_IN_LASTS_S,
            path=_BACK,
            httponly=True,
            # The provider sends the browser back from elsewhere: strict would not come along.
            samesite="lax",
            secure=self._people.secure,
        )
        return answer

    async def back(self, request: Request) -> Response:
        """Let in whom the provider sends back to the browser that left."""
        asked, now, provider = request.query_params, int(self._clock()), self._people.provider
        state = asked.get("state", "")
        if provider is None or not state or state != request.cookies.get(_ON_THE_WAY):
            # Anybody can ask this: it may not fill the audit.
            return self._door(request, "sign_in_refused", HTTPStatus.FORBIDDEN)
        left = await run_in_threadpool(self._people.sessions.come_back, state, now=now)
        if left is None or "code" not in asked:
            return await self._turned_away(request, "sign_in_refused")
        code, issuer = asked["code"], asked.get("iss", "")
        proof = {"nonce": left.nonce, "verifier": left.verifier, "now": now}
        try:
            who = await run_in_threadpool(provider.finish, code, issuer, **proof)
        except ProviderSilent:
            return self._door(request, "sign_in_silent", HTTPStatus.SERVICE_UNAVAILABLE)
        except NotSignedIn:
            return await self._turned_away(request, "sign_in_refused")
        answer = await self._welcome(request, who, "")
        answer.delete_cookie(_ON_THE_WAY, path=_BACK)
        return answer

    async def sign_out(self, request: Request) -> Response:
        """End the session."""
        await run_in_threadpool(self._people.sessions.end, request.cookies.get(COOKIE, ""))
        answer = to("/sign-in")
        answer.delete_cookie(COOKIE)
        return answer

    def _door(
        self, request: Request, fault: str = "", status: HTTPStatus = HTTPStatus.OK
    ) -> Response:
        return self._painter.paint(
            "sign_in.html",
            request,
            status=status,
            fault=fault,
            by_provider=self._people.provider is not None,
            by_token=self._people.break_glass is not None,
        )

    async def _welcome(self, request: Request, who: Person, why: str) -> Response:
        """Begin a session; the audit has it first."""
        now = int(self._clock())
        people = self._people
        await run_in_threadpool(people.audit.add, who, "sign-in", "", {"reason": why}, now=now)
        cookie, lasts = await run_in_threadpool(people.sessions.begin, who, now=now)
        # Not a redirect: a browser that comes from the provider would not send a strict cookie.
        answer = self._painter.paint("signed_in.html", request, who=who)
        answer.set_cookie(
            COOKIE,
            cookie,
            max_age=lasts,
            httponly=True,
            samesite="strict",
            secure=people.secure,
        )
        return answer

    async def _turned_away(self, request: Request, why: str) -> Response:
        now = int(self._clock())
        audit = self._people.audit
        await run_in_threadpool(audit.add, NOBODY, "turned away", "", {"why": why}, now=now)
        return self._door(request, why, HTTPStatus.FORBIDDEN)
