"""The page of the account: every consent, what happened, and the way to withdraw.

Rule: it is for the phone that opened the account, known by a cookie that no script reads
and no other site sends.
"""

from http import HTTPStatus

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from enrolment.citizens import Citizens
from enrolment.guardians import Guardians
from enrolment.phone.painting import HEADERS, Pages, form_of, language_of

COOKIE = "phone"
_COOKIE_LASTS_S = 3 * 365 * 86400


def remembered(answer: Response, request: Request, secret: str) -> Response:
    """Return `answer`, which gives the phone its secret."""
    answer.set_cookie(
        COOKIE,
        secret,
        max_age=_COOKIE_LASTS_S,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return answer


def routes(citizens: Citizens, guardians: Guardians, pages: Pages) -> APIRouter:
    """Return the paths of the account's page."""
    router = APIRouter()

    @router.get("/account")
    async def account(request: Request) -> Response:
        """Show every consent, and what happened to the account."""
        language = language_of(request)
        phone = request.cookies.get(COOKIE, "")
        view = await run_in_threadpool(citizens.view, phone)
        if view is None:
            return pages.calm(language, "no_account", status=HTTPStatus.NOT_FOUND)
        guarded = await run_in_threadpool(guardians.given_on, phone)
        return pages.paint("account.html", language, view=view, guarded=guarded)

    @router.post("/account/withdraw")
    async def withdraw(request: Request) -> Response:
        """Withdraw the consent to keep a template."""
        form = await form_of(request)
        language = language_of(request, form.get("lang"))
        phone = request.cookies.get(COOKIE, "")
        if not await run_in_threadpool(citizens.withdraw, phone, language=language.value):
            return pages.calm(language, "no_account", status=HTTPStatus.NOT_FOUND)
        where = {"Location": f"/account?lang={language.value}"}
        return Response(status_code=HTTPStatus.SEE_OTHER, headers=HEADERS | where)

    return router
