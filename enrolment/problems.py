"""Refusals as problem details (RFC 9457), each with a code of wire/failures.toml."""

from http import HTTPStatus
from typing import Any

import msgspec
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from enrolment import bodies
from enrolment.intake import Refusal
from enrolment.journal import Event, note
from wire.signature import LABEL

_MEDIA_TYPE = "application/problem+json"


def problem(status: int, code: str = "", headers: Any = None, **more: float) -> Response:
    """Return a problem; without a code it is HTTP's own, such as no such path."""
    kind = f"urn:kiosk:failure:{code}" if code else "about:blank"
    content: dict[str, Any] = {
        "type": kind,
        "title": HTTPStatus(status).phrase,
        "status": int(status),
    }
    if code:
        content["code"] = code
    content |= more
    return Response(msgspec.json.encode(content), status, headers, _MEDIA_TYPE)


class Refused(Exception):
    """Ends a request with a refusal."""

    def __init__(self, refusal: Refusal, **more: float) -> None:
        """Refuse, with `more` members of the problem."""
        super().__init__(refusal.code)
        self.refusal = refusal
        self.more = more


def add_handlers(app: FastAPI) -> None:
    """Answer whatever goes wrong inside `app` with a problem that repeats no content."""

    @app.exception_handler(Refused)
    async def _refused(_: Request, refused: Refused) -> Response:
        why = refused.refusal
        note(Event.REFUSED, status=why.status)
        headers = {"Retry-After": str(why.wait_s)} if why.wait_s else {}
        if why.status is HTTPStatus.UNAUTHORIZED:
            headers["WWW-Authenticate"] = f'Signature label="{LABEL}"'
        return problem(why.status, why.code, headers, **refused.more)

    @app.exception_handler(bodies.BodyCutShort)
    async def _cut_short(_: Request, __: bodies.BodyCutShort) -> Response:
        return problem(HTTPStatus.REQUEST_TIMEOUT)

    @app.exception_handler(HTTPException)
    async def _http(_: Request, failure: HTTPException) -> Response:
        return problem(failure.status_code, headers=failure.headers)

    @app.exception_handler(RequestValidationError)
    async def _invalid(_: Request, __: RequestValidationError) -> Response:
        return problem(HTTPStatus.UNPROCESSABLE_ENTITY)

    @app.exception_handler(Exception)
    async def _failed(_: Request, __: Exception) -> Response:
        note(Event.FAILED)
        return problem(HTTPStatus.INTERNAL_SERVER_ERROR)
