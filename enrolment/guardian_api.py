"""The paths by which a terminal asks for a guardian's consent (`wire.guardian`).

What is asked is not signed: a request stores nothing that counts before a guardian
answers it, and the record that uses the answer is signed.
"""

from http import HTTPStatus as Status
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from msgspec.json import encode

from enrolment import contract
from enrolment.callers import Callers
from enrolment.contract import problems
from enrolment.intake import Refusal
from enrolment.journal import Event, note
from enrolment.problems import problem
from enrolment.register import Register
from wire.guardian import LARGEST_REQUEST_BYTES

_JSON = "application/json"
_STANDING: dict[str, Any] = {"state": contract.CONSENT_STATE, "until": contract.CONSENT_UNTIL}


def routes(register: Register, callers: Callers) -> APIRouter:
    """Return the paths of `register` about guardians."""
    router = APIRouter()

    @router.put(
        "/v1/guardian-consents/{consent_id}",
        status_code=Status.CREATED,
        response_class=Response,
        responses={
            200: contract.answer("Asked before", **_STANDING),
            201: contract.answer("Asked now", **_STANDING),
            **problems(
                Status.FORBIDDEN,
                Status.REQUEST_TIMEOUT,
                Status.CONFLICT,
                Status.REQUEST_ENTITY_TOO_LARGE,
                Status.UNPROCESSABLE_ENTITY,
                Status.TOO_MANY_REQUESTS,
                Status.SERVICE_UNAVAILABLE,
            ),
        },
        openapi_extra=contract.CONSENT_PUT,
    )
    async def ask(consent_id: contract.ConsentId, request: Request) -> Response:
        """Ask for a guardian's consent: 201 the first time, 200 for the same request after."""
        terminal, _ = await callers.terminal(request)
        async with callers:
            body = await callers.body(request, None, at_most=LARGEST_REQUEST_BYTES)
            asked = await run_in_threadpool(
                register.guardians.ask, consent_id, body, terminal=terminal
            )
        if isinstance(asked, Refusal):
            raise callers.refused(asked)
        standing, is_new = asked
        if is_new:
            note(Event.GUARDIAN_ASKED)
        status = Status.CREATED if is_new else Status.OK
        return Response(encode(standing), status, media_type=_JSON)

    @router.get(
        "/v1/guardian-consents/{consent_id}",
        response_class=Response,
        responses={
            200: contract.answer("How it stands", **_STANDING),
            **problems(Status.FORBIDDEN, Status.NOT_FOUND, Status.TOO_MANY_REQUESTS),
        },
    )
    async def standing(consent_id: contract.ConsentId, request: Request) -> Response:
        """Say how one of the terminal's own requests stands."""
        terminal, _ = await callers.terminal(request)
        found = await run_in_threadpool(register.guardians.standing, consent_id, terminal=terminal)
        if found is None:
            return problem(Status.NOT_FOUND)
        return Response(encode(found), media_type=_JSON)

    return router
