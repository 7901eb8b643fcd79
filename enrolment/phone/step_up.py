"""Step-up authentication: a selfie against the template that somebody let us keep.

The phone names itself by its secret (RFC 6750, ``Authorization: Bearer``). Our own
invention, as all of this interface::

    POST /v1/step-up/challenges          201 {"challenge", "lasts_s"}
    POST /v1/step-up  {"challenge", "selfie"}   200 {"outcome"}

`selfie` is base64. A challenge is answered once and soon; it shows that an answer is
fresh, **not that a face is alive**: that is for the comparison behind the port.
"""

from http import HTTPStatus

import msgspec
from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from enrolment import bodies
from enrolment.citizens import CHALLENGE_LASTS, Citizens
from enrolment.intake import TOO_LARGE, Refusal
from enrolment.journal import Event, note
from enrolment.problems import Refused

_LARGEST_BYTES = 2_000_000
_LARGEST_CHALLENGE = 64
_JSON = "application/json"
_HEADERS = {"Cache-Control": "no-store"}
NO_ACCOUNT = Refusal(HTTPStatus.UNAUTHORIZED, "phone.unknown")
MALFORMED = Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, "step_up.malformed")


class _Answer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    challenge: str
    selfie: bytes


def routes(citizens: Citizens) -> APIRouter:
    """Return the paths of step-up authentication."""
    router = APIRouter(prefix="/v1/step-up")

    @router.post("/challenges")
    async def challenge(request: Request) -> Response:
        """Give a challenge."""
        given = await run_in_threadpool(citizens.challenge, _phone(request))
        if given is None:
            raise Refused(NO_ACCOUNT)
        lasts_s = round(CHALLENGE_LASTS.total_seconds())
        content = msgspec.json.encode({"challenge": given, "lasts_s": lasts_s})
        return Response(content, HTTPStatus.CREATED, _HEADERS, _JSON)

    @router.post("")
    async def answer(request: Request) -> Response:
        """Compare a selfie; the selfie is not kept."""
        try:
            body = await bodies.read(request, at_most=_LARGEST_BYTES)
        except bodies.BodyTooLarge:
            raise Refused(TOO_LARGE) from None
        try:
            answered = msgspec.json.decode(body, type=_Answer)
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise Refused(MALFORMED) from None
        if not answered.selfie or len(answered.challenge) > _LARGEST_CHALLENGE:
            raise Refused(MALFORMED)
        outcome = await run_in_threadpool(
            citizens.step_up, _phone(request), answered.challenge, answered.selfie
        )
        if outcome is None:
            raise Refused(NO_ACCOUNT)
        note(Event.STEP_UP, outcome=outcome)
        return Response(
            msgspec.json.encode({"outcome": outcome}), headers=_HEADERS, media_type=_JSON
        )

    return router


def _phone(request: Request) -> str:
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    return secret if scheme.lower() == "bearer" else ""
