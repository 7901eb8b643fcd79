"""The path by which terminals tell which devices stand in them: seldom, and never in a hurry."""

from http import HTTPStatus

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from sqlalchemy.exc import DBAPIError

from fleet.door.problems import Refused
from fleet.ingest.pacing import BUSY_S
from fleet.ingest.paths import Gate, Kind, caller_of, signed_body
from fleet.store.fittings import Fittings
from wire.devices import (
    CONTENT_TYPE,
    LARGEST_BYTES,
    PATH,
    SIGNATURE_TAG,
    BadReport,
    decode_report,
)
from wire.failures import Failure

_DEVICES = Kind(CONTENT_TYPE, LARGEST_BYTES, SIGNATURE_TAG)


def device_routes(gate: Gate, fittings: Fittings) -> APIRouter:
    """Return the path; what came is kept in `fittings` when it is answered."""
    router = APIRouter()

    @router.post(PATH, responses={code: {} for code in (401, 403, 413, 415, 422, 503)})
    async def take(request: Request) -> Response:
        """Take models and serial numbers of the devices in the caller's places."""
        caller = caller_of(gate, request)
        body = await signed_body(gate, caller, request, _DEVICES)
        try:
            report = decode_report(body)
        except BadReport:
            malformed = Failure.CHECKIN_MALFORMED
            raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, malformed) from None
        now = int(gate.clock())
        try:
            await run_in_threadpool(fittings.told, caller.terminal, report, now=now)
        except DBAPIError:
            busy = Failure.FLEET_BUSY
            raise Refused(HTTPStatus.SERVICE_UNAVAILABLE, busy, retry_after_s=BUSY_S) from None
        return Response(status_code=HTTPStatus.NO_CONTENT)

    return router
