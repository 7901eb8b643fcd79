"""The paths by which machines become terminals, and terminals stay ones.

Claims come in at a door of their own, where no certificate is asked for: nothing else
answers there. Renewals come in where check-ins do, signed by the certificate in use.
"""

import threading
from collections import deque
from collections.abc import Callable
from http import HTTPStatus
from typing import Final

import msgspec
from cryptography.hazmat.primitives.serialization import Encoding
from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from sqlalchemy.exc import DBAPIError

from fleet.alerts.book import Book
from fleet.door import bodies
from fleet.door.problems import Refused, add_handlers
from fleet.identity.authority import Authority, BadRequest, key_of_request
from fleet.identity.claims import ClaimRefused, Claims, ClaimUsed, Made
from fleet.identity.machines import NotThere, shown
from fleet.identity.renewals import Renewals
from fleet.ingest.pacing import BUSY_S
from fleet.ingest.paths import Gate, Kind, caller_of, signed_body
from fleet.journal import Event, note
from fleet.store.known import Inventory
from wire.claim import (
    AUTHORITY_PATH,
    CLAIM_PATH,
    END_PATH,
    END_TAG,
    JSON,
    LARGEST_REQUEST_BYTES,
    RENEWAL_PATH,
    RENEWAL_TAG,
    REQUEST_TYPE,
    BadClaim,
    Claimed,
    ClaimRequest,
    decode_request,
)
from wire.failures import Failure

_LARGEST_CLAIM: Final = 2 * LARGEST_REQUEST_BYTES
_WRONG_AT_MOST: Final = 30
_WRONG_WITHIN_S: Final = 60.0
_RENEWAL: Final = Kind(REQUEST_TYPE, LARGEST_REQUEST_BYTES, RENEWAL_TAG)
_END: Final = Kind(REQUEST_TYPE, LARGEST_REQUEST_BYTES, END_TAG)


class _Patience:
    """Wrong claims of everybody together: guessing is slowed down, whoever guesses."""

    def __init__(self) -> None:
        self._wrong: deque[float] = deque(maxlen=_WRONG_AT_MOST)
        self._lock = threading.Lock()

    def is_over(self, now: float) -> bool:
        with self._lock:
            full = len(self._wrong) == _WRONG_AT_MOST
            return full and now - self._wrong[0] < _WRONG_WITHIN_S

    def wrong(self, now: float) -> None:
        with self._lock:
            self._wrong.append(now)


def create_claims(
    claims: Claims,
    authority: Authority,
    server_authority: bytes,
    book: Book,
    clock: Callable[[], float],
) -> FastAPI:
    """Return the application for machines that are no terminals yet.

    Args:
        claims: the codes.
        authority: who issues.
        server_authority: the certificate (PEM) that this server's own was issued by.
        book: where it is told that a code was shown twice.
        clock: seconds since 1970.
    """
    app = FastAPI(title="Claims of terminals", version="1", docs_url=None, redoc_url=None)
    patience = _Patience()

    @app.get(AUTHORITY_PATH)
    async def whose() -> Response:
        """Say who issued this server's certificate; the code on the slip says if to believe it."""
        return Response(server_authority, media_type="application/x-pem-file")

    @app.post(CLAIM_PATH, responses={code: {} for code in (401, 409, 413, 415, 422, 429, 503)})
    async def claim(request: Request) -> Response:
        """Let the machine that holds a code's token become its terminal, once."""
        now = clock()
        if patience.is_over(now):
            retry = int(_WRONG_WITHIN_S)
            raise Refused(HTTPStatus.TOO_MANY_REQUESTS, Failure.FLEET_BUSY, retry_after_s=retry)
        asked = await _claim_in(request)
        try:
            made = await run_in_threadpool(_take, claims, authority, asked, int(now))
        except (BadRequest, NotThere):
            raise _malformed() from None
        except ClaimRefused as refused:
            patience.wrong(now)
            raise Refused(HTTPStatus.UNAUTHORIZED, refused.failure) from None
        except ClaimUsed as refused:
            await run_in_threadpool(book.found, [refused.contested], (), now=int(now))
            raise Refused(HTTPStatus.CONFLICT, refused.failure) from None
        except DBAPIError:
            raise _busy() from None
        note(Event.CLAIMED, again=made.again)
        return _given(made, HTTPStatus.OK if made.again else HTTPStatus.CREATED)

    add_handlers(app)
    return app


def renewal_routes(gate: Gate, renewals: Renewals | None, inventory: Inventory) -> APIRouter:
    """Return the paths at which terminals renew their certificates and end them.

    Args:
        gate: who is let in.
        renewals: issues; None: nobody issues here.
        inventory: ends.
    """
    router = APIRouter()

    @router.post(RENEWAL_PATH, responses={c: {} for c in (401, 403, 413, 415, 422, 501, 503)})
    async def renew(request: Request) -> Response:
        """Give a terminal a certificate for another key."""
        caller = caller_of(gate, request)
        body = await signed_body(gate, caller, request, _RENEWAL)
        if renewals is None:
            raise Refused(HTTPStatus.NOT_IMPLEMENTED, Failure.CLAIM_NO_AUTHORITY)
        try:
            key = key_of_request(body)
            made = await run_in_threadpool(renewals.renew, caller, key, now=int(gate.clock()))
        except BadRequest:
            raise _malformed() from None
        except DBAPIError:
            raise _busy() from None
        if made is None:
            raise Refused(HTTPStatus.FORBIDDEN, Failure.TERMINAL_UNKNOWN)
        note(Event.RENEWED, again=made.again)
        return _given(made, HTTPStatus.OK if made.again else HTTPStatus.CREATED)

    @router.post(END_PATH, responses={c: {} for c in (401, 403, 415, 503)})
    async def end(request: Request) -> Response:
        """Let a terminal's certificates in no more: it is being retired, and says so itself."""
        caller = caller_of(gate, request)
        await signed_body(gate, caller, request, _END)
        try:
            await run_in_threadpool(inventory.withdraw, caller.terminal)
        except DBAPIError:
            raise _busy() from None
        note(Event.WITHDRAWN)
        return Response(b"{}", media_type=JSON)

    return router


async def _claim_in(request: Request) -> ClaimRequest:
    if request.headers.get("content-type", "") != JSON:
        raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, Failure.CLAIM_MALFORMED)
    try:
        return decode_request(await bodies.read(request, at_most=_LARGEST_CLAIM))
    except bodies.BodyTooLarge:
        raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, Failure.CLAIM_MALFORMED) from None
    except BadClaim:
        raise _malformed() from None


def _take(claims: Claims, authority: Authority, asked: ClaimRequest, now: int) -> Made:
    key = key_of_request(asked.request)
    machine = None
    if asked.machine is not None:
        machine = shown(asked.machine, token=asked.token, request=asked.request)
    return claims.take(
        asked.token,
        key,
        authority,
        model=asked.model,
        key_kept=asked.key_kept,
        now=now,
        machine=machine,
    )


def _given(made: Made, status: HTTPStatus) -> Response:
    certificate = made.certificate.public_bytes(Encoding.PEM).decode()
    ends_at = int(made.certificate.not_valid_after_utc.timestamp())
    answer = Claimed(made.terminal, certificate, ends_at, made.site)
    return Response(msgspec.json.encode(answer), status, media_type=JSON)


def _malformed() -> Refused:
    return Refused(HTTPStatus.UNPROCESSABLE_ENTITY, Failure.CLAIM_MALFORMED)


def _busy() -> Refused:
    return Refused(HTTPStatus.SERVICE_UNAVAILABLE, Failure.FLEET_BUSY, retry_after_s=BUSY_S)
