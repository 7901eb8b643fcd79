"""The pages behind the QR: what is left to do on the phone.

Rule 1: behind a link nothing personal is shown: whoever holds it has proved nothing yet.
Rule 2: the address holds the token, so it is sent to nobody (no referrer, no log, no
cache), and nothing is loaded from elsewhere.
"""

from http import HTTPStatus
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from enrolment import journal
from enrolment.accounts import Opened
from enrolment.activation import Fault, Link, judge
from enrolment.citizens import Citizens
from enrolment.phone.account import COOKIE, remembered
from enrolment.phone.painting import HEADERS, HERE, Pages, form_of, language_of
from enrolment.signing_ca import NoSigningKey
from wire.screen import Language


def routes(citizens: Citizens, pages: Pages) -> APIRouter:
    """Return the paths that finish an account."""
    router = APIRouter()
    for name, kind in (("phone.css", "text/css"), ("phone.js", "text/javascript")):
        router.add_api_route(f"/{name}", _file(HERE / name, kind))

    @router.get("/a/{token}")
    async def invite(token: str, request: Request) -> Response:
        """Show what is left to do."""
        language = language_of(request)
        invitation = await run_in_threadpool(citizens.invitation, token)
        if invitation.link is not Link.OPEN:
            return pages.link(language, invitation.link)
        return pages.form(language, invitation.reference, {}, None)

    @router.post("/a/{token}")
    async def finish(token: str, request: Request) -> Response:
        """Finish if all is filled in right; the link is used up then."""
        form = await form_of(request)
        language = language_of(request, form.get("lang"))
        invitation = await run_in_threadpool(citizens.invitation, token)
        if invitation.link is not Link.OPEN:
            return pages.link(language, invitation.link)
        filled = judge(form, phone=request.cookies.get(COOKIE, ""))
        if isinstance(filled, Fault):
            return pages.form(language, invitation.reference, form, filled)
        try:
            opened, secret = await run_in_threadpool(citizens.open, token, filled)
        except NoSigningKey:
            return pages.form(language, invitation.reference, form, Fault.NO_SIGNING_KEY)
        if opened is not Opened.DONE:
            return _lost(pages, language, opened)
        journal.note(journal.Event.PHONE_LINKED)
        where = {"Location": f"/done?lang={language.value}"}
        done = Response(status_code=HTTPStatus.SEE_OTHER, headers=HEADERS | where)
        return remembered(done, request, secret)

    @router.get("/done")
    async def done(request: Request) -> Response:
        """Say that all is done."""
        return pages.calm(language_of(request), "done")

    return router


def _lost(pages: Pages, language: Language, opened: Opened) -> Response:
    if opened is Opened.PHONE_TAKEN:
        return pages.calm(language, "taken", status=HTTPStatus.CONFLICT)
    return pages.link(language, Link.USED)


def _file(path: Path, kind: str) -> Any:
    content = path.read_bytes()

    async def given() -> Response:
        return Response(content, headers=HEADERS, media_type=kind)

    return given
