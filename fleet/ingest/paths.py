"""The path that terminals call.

The body is read raw and parsed by `wire.checkin`; FastAPI's own models would cost twice
the time of everything else together.
"""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

import msgspec
from fastapi import APIRouter, Request, Response

from fleet.door import bodies
from fleet.door.problems import Refused
from fleet.door.signature import WrongClock, verify
from fleet.ingest.pacing import BUSY_S, next_s
from fleet.ingest.rows import Told
from fleet.ingest.writer import Full, NotStored, Writer
from fleet.store.known import Caller, Known
from wire.checkin import (
    CONTENT_TYPE,
    LARGEST_BYTES,
    PATH,
    SIGNATURE_TAG,
    Answer,
    BadCheckIn,
    CheckIn,
    decode_check_in,
)
from wire.failures import Failure
from wire.signature import BadSignature, Covered

_encode = msgspec.msgpack.Encoder().encode


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """What decides about a check-in."""

    shown: Callable[[Request], bytes | None]
    """Which certificate a caller has shown."""
    known: Known
    clock: Callable[[], float]
    """Seconds since 1970."""


def routes(gate: Gate, writer: Callable[[], Writer]) -> APIRouter:
    """Return the paths; `writer` is asked for once the event loop runs."""
    router = APIRouter()

    @router.post(PATH, responses={code: {} for code in (401, 403, 413, 415, 422, 503)})
    async def take(request: Request) -> Response:
        """Take readings and entries of the trail: stored, each once, when answered."""
        caller = _caller(gate, request)
        check_in = await _signed(gate, caller, request)
        now = gate.clock()
        told = Told(caller.terminal, check_in, int(now))
        try:
            await writer().store(told)
        except (Full, NotStored):
            raise _busy() from None
        entries = check_in.entries[-1].number + 1 if check_in.entries else 0
        answer = Answer(
            check_in.readings[-1].sequence, entries, next_s(writer().load), round(now * 1000)
        )
        return Response(_encode(answer), media_type=CONTENT_TYPE)

    @router.get("/healthz")
    async def healthz() -> Response:
        """Say that the server answers."""
        return Response(b'{"ok":true}', media_type="application/json")

    return router


def _busy() -> Refused:
    return Refused(HTTPStatus.SERVICE_UNAVAILABLE, Failure.FLEET_BUSY, retry_after_s=BUSY_S)


def _caller(gate: Gate, request: Request) -> Caller:
    certificate = gate.shown(request)
    caller = gate.known.caller(certificate) if certificate else None
    if caller is None:
        raise Refused(HTTPStatus.FORBIDDEN, Failure.TERMINAL_UNKNOWN)
    return caller


async def _signed(gate: Gate, caller: Caller, request: Request) -> CheckIn:
    headers = request.headers
    content_type = headers.get("content-type", "")
    if content_type != CONTENT_TYPE:
        raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, Failure.CHECKIN_WRONG_TYPE)
    try:
        body = await bodies.read(request, at_most=LARGEST_BYTES)
    except bodies.BodyTooLarge:
        raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, Failure.CHECKIN_TOO_LARGE) from None
    covered = Covered(
        method=request.method,
        authority=headers.get("host", ""),
        path=request.scope["path"],
        content_type=content_type,
        content_digest=headers.get("content-digest", ""),
    )
    fields = (headers.get("signature-input", ""), headers.get("signature", ""))
    now = gate.clock()
    try:
        verify(
            covered,
            body,
            fields,
            key=caller.key,
            key_id=caller.fingerprint,
            tag=SIGNATURE_TAG,
            now=now,
        )
    except WrongClock:
        server_at = round(now * 1000)
        raise Refused(
            HTTPStatus.UNAUTHORIZED, Failure.SIGNATURE_CLOCK, server_at=server_at
        ) from None
    except BadSignature:
        raise Refused(HTTPStatus.UNAUTHORIZED, Failure.SIGNATURE_BAD) from None
    try:
        return decode_check_in(body)
    except BadCheckIn:
        raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, Failure.CHECKIN_MALFORMED) from None
