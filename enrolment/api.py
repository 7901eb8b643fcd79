"""The paths that terminals call.

A terminal is known by the certificate of its connection; what travels is described in
`wire.record`. The body is read raw: sealed bytes need no parsing.

Source: RFC 9110 (PUT), RFC 9457; the ASGI TLS extension for `client_cert_chain`.
"""

import time
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from msgspec.json import encode

from enrolment import bodies, intake
from enrolment.intake import Envelope, Refusal
from enrolment.journal import Event, note
from enrolment.problems import Refused, problem
from enrolment.register import Register
from wire.record import KEY_ID_HEADER, LARGEST_SEALED_BYTES, SUITE_HEADER
from wire.trail_head import HEADER as TRAIL_HEADER
from wire.trail_head import parse as parse_head

_JSON = "application/json"
_PROBLEM: dict[str, Any] = {
    "description": "Problem details with a stable code",
    "content": {"application/problem+json": {}},
}


def routes(register: Register) -> APIRouter:
    """Return the paths of `register`."""
    router = APIRouter()

    @router.put(
        "/v1/enrolments/{record_id}",
        status_code=HTTPStatus.CREATED,
        responses=dict.fromkeys((403, 409, 413, 415, 422), _PROBLEM),
    )
    async def put(record_id: str, request: Request) -> Response:
        """Take a sealed record: 201 the first time, 200 with the same receipt after."""
        began = time.monotonic()
        envelope = _envelope(request, record_id, await _terminal(register, request))
        body = await _admitted(register, envelope, request)
        outcome = await run_in_threadpool(register.take, envelope, body)
        if isinstance(outcome, Refusal):
            raise Refused(outcome)
        heads = await _anchored(register, envelope.terminal, request)
        took_ms = round((time.monotonic() - began) * 1000)
        content = encode({"receipt": outcome.receipt})
        if outcome.verdict is None:
            note(Event.RECORD_REPEATED, ms=took_ms)
            return Response(content, HTTPStatus.OK, heads, _JSON)
        note(Event.RECORD_TAKEN, ms=took_ms, bytes=len(body), verdict=outcome.verdict)
        return Response(content, HTTPStatus.CREATED, heads, _JSON)

    @router.get("/v1/enrolments/{record_id}", responses={403: _PROBLEM, 404: _PROBLEM})
    async def standing(record_id: str, request: Request) -> Response:
        """Say how one of the terminal's own records stands."""
        terminal = await _terminal(register, request)
        if not terminal:
            raise Refused(intake.NO_TERMINAL)
        found = await run_in_threadpool(register.standing, record_id, terminal=terminal)
        if found is None:
            return problem(HTTPStatus.NOT_FOUND)
        content = encode({"verdict": found.verdict, "linked": found.linked})
        return Response(content, media_type=_JSON)

    @router.get("/healthz")
    async def healthz() -> Response:
        """Say that the register answers."""
        return Response(b'{"ok":true}', media_type=_JSON)

    return router


async def _admitted(register: Register, envelope: Envelope, request: Request) -> bytes:
    refusal = register.admit(envelope)
    try:
        body = await bodies.read(request, at_most=LARGEST_SEALED_BYTES)
    except bodies.BodyTooLarge:
        raise Refused(refusal or intake.TOO_LARGE) from None
    if refusal is not None:
        raise Refused(refusal)
    return body


async def _anchored(register: Register, terminal: str, request: Request) -> dict[str, str]:
    """Keep the head of the terminal's trail that came along; answer with the one known before."""
    head = parse_head(request.headers.get(TRAIL_HEADER, ""))
    if head is None:
        return {}
    known = await run_in_threadpool(register.anchor, terminal, head)
    if known.contradicts(head):
        note(Event.TRAIL_CONTRADICTED, known=known.count, told=head.count)
    return {TRAIL_HEADER: str(known)}


async def _terminal(register: Register, request: Request) -> str:
    certificate = request.scope.get("extensions", {}).get("tls", {}).get("client_certificate")
    if certificate is None:
        return ""
    return await run_in_threadpool(register.terminal, certificate) or ""


def _envelope(request: Request, record_id: str, terminal: str) -> Envelope:
    headers = request.headers
    length = headers.get("content-length", "")
    return Envelope(
        terminal=terminal,
        record_id=record_id,
        content_type=headers.get("content-type", ""),
        content_length=int(length) if length.isdigit() else None,
        content_digest=headers.get("content-digest", ""),
        suite=headers.get(SUITE_HEADER, ""),
        key_id=headers.get(KEY_ID_HEADER, ""),
    )
