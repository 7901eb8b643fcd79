"""The page that closes an account, and the list of certificates that were revoked with one.

Rule: whoever closes sees first what is erased, what is kept, and for how long.
"""

from http import HTTPStatus

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from enrolment import journal
from enrolment.citizens import Citizens, View
from enrolment.phone.account import COOKIE
from enrolment.phone.painting import Pages, form_of, language_of
from wire.screen import Language

_DAYS_A_YEAR = 365.25


def routes(citizens: Citizens, pages: Pages) -> APIRouter:
    """Return the paths that end an account."""
    router = APIRouter()

    @router.get("/account/close")
    async def ask_to_close(request: Request) -> Response:
        """Say what closing does, and what is kept for how long."""
        language = language_of(request)
        view = await run_in_threadpool(citizens.view, request.cookies.get(COOKIE, ""))
        if view is None:
            return pages.calm(language, "no_account", status=HTTPStatus.NOT_FOUND)
        return _closing(language, view, fault="")

    @router.post("/account/close")
    async def close(request: Request) -> Response:
        """Close the account of this phone."""
        form = await form_of(request)
        language = language_of(request, form.get("lang"))
        phone = request.cookies.get(COOKIE, "")
        view = await run_in_threadpool(citizens.view, phone)
        if view is None:
            return pages.calm(language, "no_account", status=HTTPStatus.NOT_FOUND)
        if form.get("biometrics") != "yes":
            return _closing(language, view, fault="fault_biometrics")
        await run_in_threadpool(citizens.close, phone, language=language.value)
        journal.note(journal.Event.ACCOUNT_CLOSED)
        return pages.calm(language, "closed")

    def _closing(language: Language, view: View, *, fault: str) -> Response:
        return pages.paint(
            "close.html",
            language,
            status=HTTPStatus.UNPROCESSABLE_ENTITY if fault else HTTPStatus.OK,
            view=view,
            years=round(citizens.closing.kept.closed_for.days / _DAYS_A_YEAR),
            fault=fault,
        )

    @router.get("/signing.crl")
    async def revoked() -> Response:
        """Give the list of revoked signing certificates to whoever verifies a signature."""
        content = await run_in_threadpool(citizens.revoked)
        return Response(content, media_type="application/pkix-crl")

    return router
