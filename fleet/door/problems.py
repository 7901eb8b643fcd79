"""Refusals as problem details (RFC 9457), each with a code of wire/failures.toml."""

from http import HTTPStatus
from typing import Any

import msgspec
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from fleet.door import bodies
from fleet.journal import Event, note
from wire.failures import Failure

_MEDIA_TYPE = "application/problem+json"


class Refused(Exception):
    """Ends a request with a refusal; `more` joins the problem's members."""

    def __init__(
        self, status: HTTPStatus, failure: Failure, *, retry_after_s: int = 0, **more: int
    ) -> None:
        super().__init__(failure.value)
        self.status = status
        self.failure = failure
        self.retry_after_s = retry_after_s
        self.more = more


def problem(status: int, code: str = "", headers: Any = None, **more: int) -> Response:
    """Return a problem; without a code it is HTTP's own, such as no such path."""
    kind = f"urn:kiosk:failure:{code}" if code else "about:blank"
    content = {"type": kind, "title": HTTPStatus(status).phrase, "status": int(status)}
    if code:
        content["code"] = code
    return Response(msgspec.json.encode(content | more), status, headers, _MEDIA_TYPE)


def add_handlers(app: FastAPI) -> None:
    """Answer whatever goes wrong inside `app` with a problem that repeats no content."""

    @app.exception_handler(Refused)
    async def _refused(_: Request, refused: Refused) -> Response:
        note(Event.REFUSED, status=int(refused.status), failure=refused.failure)
        headers = {"Retry-After": str(refused.retry_after_s)} if refused.retry_after_s else None
        return problem(refused.status, refused.failure.value, headers, **refused.more)

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
