"""The audit, and who is in: to read, to take away, to end."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse

from fleet.access.people import People
from fleet.access.roles import Right
from fleet.audit.export import lines
from fleet.console.guard import Number, person, to
from fleet.console.painting import Painter
from fleet.door.problems import Refused
from wire.failures import Failure

_SHOWN: Final = 100


def audit_pages(people: People, painter: Painter, clock: Callable[[], float]) -> APIRouter:
    """Return the paths of the audit and of sessions."""
    router = APIRouter()

    @router.get("/audit")
    async def audit(request: Request) -> Response:
        """Show what people did, newest first."""
        asked = request.query_params.get("before", "")
        before = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 16 else None
        entries = await run_in_threadpool(people.audit.latest, _SHOWN, before=before)
        heads = await run_in_threadpool(people.audit.heads)
        sessions = await run_in_threadpool(people.sessions.open, now=int(clock()))
        return painter.paint(
            "audit.html",
            request,
            entries=entries,
            heads=heads[-7:][::-1],
            sessions=sessions,
            may_end=person(request).may(Right.END_SESSIONS),
            older=entries[-1].number if len(entries) == _SHOWN else None,
        )

    @router.get("/audit/export")
    async def export() -> Response:
        """Hand out the whole audit with its signed heads."""
        name = {"Content-Disposition": 'attachment; filename="fleet-audit.jsonl"'}
        content = lines(people.audit.entries(), people.audit.heads())
        return StreamingResponse(content, media_type="application/jsonl", headers=name)

    @router.post("/sessions/{number}/end")
    async def end(number: Number) -> Response:
        """End somebody's session."""
        if not await run_in_threadpool(people.sessions.end_number, number):
            raise Refused(HTTPStatus.NOT_FOUND, Failure.FORM_MALFORMED)
        return to("/audit")

    return router
