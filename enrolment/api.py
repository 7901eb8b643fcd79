"""The paths that terminals call.

A terminal is known by the certificate of its connection, and what it stores by its
signature; what travels is described in `wire.record` and ``openapi.yaml``. The body is
read raw: sealed bytes need no parsing.

Source: RFC 9110 (PUT, ETag), RFC 9421, RFC 9457; the ASGI TLS extension for
`client_certificate`.
"""

import hashlib
import time
from http import HTTPStatus as Status

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from msgspec.json import encode

from enrolment import contract, signatures
from enrolment.callers import Callers, busy
from enrolment.commits import Overloaded
from enrolment.contract import problems
from enrolment.intake import Envelope, Refusal
from enrolment.journal import Event, note
from enrolment.problems import Refused, problem
from enrolment.register import Register, Signed
from enrolment.signatures import Stated
from wire.record import KEY_ID_HEADER, LARGEST_SEALED_BYTES, SIGNED_FIELDS, SUITE_HEADER
from wire.register_keys import CONTENT_TYPE as KEYS_CONTENT_TYPE
from wire.signature import INPUT_HEADER, SIGNATURE_HEADER, Covered
from wire.trail_head import HEADER as TRAIL_HEADER
from wire.trail_head import parse as parse_head

_JSON = "application/json"


def routes(register: Register, callers: Callers) -> APIRouter:
    """Return the paths of `register`."""
    router = APIRouter()

    @router.put(
        "/v1/enrolments/{record_id}",
        status_code=Status.CREATED,
        response_class=Response,
        responses={
            200: contract.answer(
                "Stored before", headers=contract.TRAIL_KNOWN, receipt=contract.RECEIPT
            ),
            201: contract.answer(
                "Stored now", headers=contract.TRAIL_KNOWN, receipt=contract.RECEIPT
            ),
            **problems(
                Status.UNAUTHORIZED,
                Status.FORBIDDEN,
                Status.REQUEST_TIMEOUT,
                Status.CONFLICT,
                Status.REQUEST_ENTITY_TOO_LARGE,
                Status.UNSUPPORTED_MEDIA_TYPE,
                Status.UNPROCESSABLE_ENTITY,
                Status.TOO_MANY_REQUESTS,
                Status.SERVICE_UNAVAILABLE,
            ),
        },
        openapi_extra=contract.PUT,
    )
    async def put(record_id: contract.RecordId, request: Request) -> Response:
        """Take a sealed record: 201 the first time, 200 with the same receipt after."""
        began = time.monotonic()
        terminal, certificate = await callers.terminal(request)
        envelope = _envelope(request, record_id, terminal)
        signed = _signed(request, certificate, register.now())
        async with callers:
            refusal = signed if isinstance(signed, Refusal) else register.admit(envelope)
            body = await callers.body(request, refusal, at_most=LARGEST_SEALED_BYTES)
            assert isinstance(signed, Stated)
            try:
                outcome = await run_in_threadpool(register.take, envelope, body, signed)
            except Overloaded:
                raise Refused(busy()) from None
        if isinstance(outcome, Refusal):
            raise callers.refused(outcome)
        heads = _anchored(envelope, outcome)
        took_ms = round((time.monotonic() - began) * 1000)
        content = encode({"receipt": outcome.receipt})
        if outcome.verdict is None:
            note(Event.RECORD_REPEATED, ms=took_ms)
            return Response(content, Status.OK, heads, _JSON)
        note(Event.RECORD_TAKEN, ms=took_ms, bytes=len(body), verdict=outcome.verdict)
        return Response(content, Status.CREATED, heads, _JSON)

    @router.get(
        "/v1/enrolments/{record_id}",
        response_class=Response,
        responses={
            200: contract.answer("How it stands", verdict=contract.VERDICT, linked=contract.LINKED),
            **problems(Status.FORBIDDEN, Status.NOT_FOUND, Status.TOO_MANY_REQUESTS),
        },
    )
    async def standing(record_id: contract.RecordId, request: Request) -> Response:
        """Say how one of the terminal's own records stands."""
        terminal, _ = await callers.terminal(request)
        found = await run_in_threadpool(register.standing, record_id, terminal=terminal)
        if found is None:
            return problem(Status.NOT_FOUND)
        content = encode({"verdict": found.verdict, "linked": found.linked})
        return Response(content, media_type=_JSON)

    @router.get(
        "/v1/keys",
        response_class=Response,
        responses={
            200: contract.KEYS,
            304: contract.NOT_MODIFIED,
            **problems(Status.FORBIDDEN, Status.TOO_MANY_REQUESTS),
        },
        openapi_extra={"parameters": [contract.IF_NONE_MATCH]},
    )
    async def keys(request: Request) -> Response:
        """Offer the keys that records may be sealed to."""
        await callers.terminal(request)
        offer = await run_in_threadpool(register.offer)
        headers = {
            "ETag": f'"{hashlib.sha256(offer).hexdigest()[:32]}"',
            "Cache-Control": "private",
        }
        if request.headers.get("if-none-match") == headers["ETag"]:
            return Response(None, Status.NOT_MODIFIED, headers)
        return Response(offer, headers=headers, media_type=KEYS_CONTENT_TYPE)

    @router.get(
        "/healthz",
        response_class=Response,
        responses={200: contract.answer("It answers", ok={"type": "boolean"})},
    )
    async def healthz() -> Response:
        """Say that the register answers."""
        return Response(b'{"ok":true}', media_type=_JSON)

    return router


def _anchored(envelope: Envelope, outcome: Signed) -> dict[str, str]:
    """Answer with the head of the terminal's trail that was known before the one that came."""
    if envelope.trail is None or outcome.known is None:
        return {}
    if outcome.known.contradicts(envelope.trail):
        note(Event.TRAIL_CONTRADICTED, known=outcome.known.count, told=envelope.trail.count)
    return {TRAIL_HEADER: str(outcome.known)}


def _signed(request: Request, certificate: bytes, now: float) -> Stated | Refusal:
    headers = request.headers
    covered = Covered(
        method=request.method,
        authority=headers.get("host", ""),
        path=request.scope["raw_path"].decode("latin-1"),
        content_type=headers.get("content-type", ""),
        content_digest=headers.get("content-digest", ""),
        more=tuple((name, headers.get(name, "")) for name in SIGNED_FIELDS),
    )
    return signatures.verify(
        covered,
        stated=headers.get(INPUT_HEADER, ""),
        signed=headers.get(SIGNATURE_HEADER, ""),
        certificate=certificate,
        now=now,
    )


def _envelope(request: Request, record_id: str, terminal: str) -> Envelope:
    headers = request.headers
    length = headers.get("content-length", "")
    return Envelope(
        terminal=terminal,
        record_id=record_id,
        content_type=headers.get("content-type", ""),
        content_length=int(length) if length.isascii() and length.isdigit() else None,
        content_digest=headers.get("content-digest", ""),
        suite=headers.get(SUITE_HEADER, ""),
        key_id=headers.get(KEY_ID_HEADER, ""),
        trail=parse_head(headers.get(TRAIL_HEADER, "")),
    )
