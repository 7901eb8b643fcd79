"""The path that terminals call.

The body is read raw and parsed by `wire.checkin`; FastAPI's own models would cost twice
the time of everything else together.
"""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import NamedTuple

import msgspec
from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from sqlalchemy.exc import DBAPIError

from fleet.commands.book import Commands
from fleet.door import bodies
from fleet.door.problems import Refused
from fleet.door.signature import WrongClock, verify
from fleet.ingest.pacing import BUSY_S, next_s
from fleet.ingest.rows import Told
from fleet.ingest.writer import Full, NotStored, Writer
from fleet.store.known import Caller, Known
from wire import diagnostics
from wire.checkin import (
    CONTENT_TYPE,
    LARGEST_BYTES,
    PATH,
    SIGNATURE_TAG,
    Answer,
    BadCheckIn,
    decode_check_in,
)
from wire.commands import Command, Outcome
from wire.diagnostics import BadBundle, decode_bundle
from wire.failures import Failure
from wire.signature import BadSignature, Covered, apart
from wire.signing import verify_machine

_encode = msgspec.msgpack.Encoder().encode


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """What decides about a check-in."""

    shown: Callable[[Request], bytes | None]
    """Which certificate a caller has shown."""
    known: Known
    commands: Commands
    clock: Callable[[], float]
    """Seconds since 1970."""
    copied: Callable[[int], None]
    """Told the number of a terminal whose key is used in another machine; may wait."""


class Kind(NamedTuple):
    """One kind of signed request."""

    content_type: str
    largest: int
    tag: str


_CHECK_IN = Kind(CONTENT_TYPE, LARGEST_BYTES, SIGNATURE_TAG)
_DIAGNOSTICS = Kind(diagnostics.CONTENT_TYPE, diagnostics.LARGEST_BYTES, diagnostics.SIGNATURE_TAG)


def routes(gate: Gate, writer: Callable[[], Writer]) -> APIRouter:
    """Return the paths; `writer` is asked for once the event loop runs."""
    router = APIRouter()

    @router.post(PATH, responses={code: {} for code in (401, 403, 413, 415, 422, 503)})
    async def take(request: Request) -> Response:
        """Take readings and entries of the trail: stored, each once, when answered."""
        caller = caller_of(gate, request)
        body = await signed_body(gate, caller, request, _CHECK_IN)
        try:
            check_in = decode_check_in(body)
        except BadCheckIn:
            raise _malformed() from None
        now = gate.clock()
        told = Told(caller.terminal, check_in, int(now))
        try:
            await writer().store(told)
        except (Full, NotStored):
            raise _busy() from None
        commands = await _commands(gate, caller, check_in.outcomes)
        entries = check_in.entries[-1].number + 1 if check_in.entries else 0
        answer = Answer(
            check_in.readings[-1].sequence,
            entries,
            next_s(writer().load),
            round(now * 1000),
            commands,
        )
        return Response(_encode(answer), media_type=CONTENT_TYPE)

    @router.post(diagnostics.PATH, responses={c: {} for c in (401, 403, 404, 413, 415, 422, 503)})
    async def hand_over(request: Request) -> Response:
        """Take a diagnostics bundle that was asked for."""
        caller = caller_of(gate, request)
        body = await signed_body(gate, caller, request, _DIAGNOSTICS)
        try:
            bundle = decode_bundle(body)
        except BadBundle:
            raise _malformed() from None
        now, keep = int(gate.clock()), gate.commands.keep
        try:
            kept = await run_in_threadpool(keep, caller.terminal, bundle, now=now)
        except DBAPIError:
            raise _busy() from None
        if not kept:
            raise Refused(HTTPStatus.NOT_FOUND, Failure.CHECKIN_MALFORMED)
        return Response(status_code=HTTPStatus.NO_CONTENT)

    @router.get("/healthz")
    async def healthz() -> Response:
        """Say that the server answers."""
        return Response(b'{"ok":true}', media_type="application/json")

    return router


async def _commands(
    gate: Gate, caller: Caller, outcomes: tuple[Outcome, ...]
) -> tuple[Command, ...]:
    """Keep what a terminal says of its commands, and return the next; mostly there are none."""
    now, commands = int(gate.clock()), gate.commands
    try:
        if outcomes:
            await run_in_threadpool(commands.told, caller.terminal, outcomes, now=now)
        if commands.is_due(caller.terminal):
            return await run_in_threadpool(commands.hand_out, caller.terminal, now=now)
    except DBAPIError:
        # What was stored is told again, and taken as a repetition.
        raise _busy() from None
    return ()


def _malformed() -> Refused:
    return Refused(HTTPStatus.UNPROCESSABLE_ENTITY, Failure.CHECKIN_MALFORMED)


def _busy() -> Refused:
    return Refused(HTTPStatus.SERVICE_UNAVAILABLE, Failure.FLEET_BUSY, retry_after_s=BUSY_S)


def caller_of(gate: Gate, request: Request) -> Caller:
    """Return which terminal calls.

    Raises:
        Refused: none that is in service.
    """
    certificate = gate.shown(request)
    caller = gate.known.caller(certificate) if certificate else None
    if caller is None:
        raise Refused(HTTPStatus.FORBIDDEN, Failure.TERMINAL_UNKNOWN)
    return caller


async def signed_body(gate: Gate, caller: Caller, request: Request, kind: Kind) -> bytes:
    """Return the body of a request that its caller signed for this purpose, now.

    Raises:
        Refused: another type, too large, or not signed so, by its machine too where it has a
            key.
    """
    headers = request.headers
    content_type = headers.get("content-type", "")
    if content_type != kind.content_type:
        raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, Failure.CHECKIN_WRONG_TYPE)
    try:
        body = await bodies.read(request, at_most=kind.largest)
    except bodies.BodyTooLarge:
        raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, Failure.CHECKIN_TOO_LARGE) from None
    covered = Covered(
        method=request.method,
        authority=headers.get("host", ""),
        path=request.scope["path"],
        content_type=content_type,
        content_digest=headers.get("content-digest", ""),
    )
    fields, by_machine = apart(headers.get("signature-input", ""), headers.get("signature", ""))
    now = gate.clock()
    try:
        signed = verify(
            covered,
            body,
            fields,
            key=caller.key,
            key_id=caller.fingerprint,
            tag=kind.tag,
            now=now,
        )
    except WrongClock:
        server_at = round(now * 1000)
        raise Refused(
            HTTPStatus.UNAUTHORIZED, Failure.SIGNATURE_CLOCK, server_at=server_at
        ) from None
    except BadSignature:
        raise Refused(HTTPStatus.UNAUTHORIZED, Failure.SIGNATURE_BAD) from None
    if caller.machine is None:
        return body
    try:
        verify_machine(caller.machine, covered, by_machine, signed)
    except BadSignature:
        try:
            await run_in_threadpool(gate.copied, caller.terminal)
        except DBAPIError:
            raise _busy() from None
        raise Refused(HTTPStatus.FORBIDDEN, Failure.TERMINAL_COPIED) from None
    return body
