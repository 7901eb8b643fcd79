"""The guardian's page behind the QR on the terminal: consent that a minor registers.

Rule 1: behind the link stands the code that the terminal shows as well, and nothing
personal: whoever holds it has proved nothing yet.
Rule 2: who consented can take it back, on the same phone.
"""

from http import HTTPStatus

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from enrolment import journal
from enrolment.guardians import Guardian, Guardians, Invited
from enrolment.phone.account import COOKIE, remembered
from enrolment.phone.painting import HEADERS, Pages, form_of, language_of
from wire.guardian import ConsentState
from wire.screen import Language

_CALM = {
    ConsentState.EXPIRED: "guardian_expired",
    ConsentState.GIVEN: "guardian_used",
    ConsentState.DECLINED: "guardian_used",
    ConsentState.WITHDRAWN: "guardian_used",
}
_MINE = {
    ConsentState.GIVEN: "guardian_given",
    ConsentState.DECLINED: "guardian_declined",
    ConsentState.WITHDRAWN: "guardian_withdrawn",
}


class _Screens:
    """What a guardian is shown, given how the request stands."""

    def __init__(self, guardians: Guardians, pages: Pages) -> None:
        self._guardians = guardians
        self._pages = pages

    async def shown(self, token: str, request: Request, language: Language) -> Response:
        """Show what is asked, or what became of it."""
        phone = request.cookies.get(COOKIE, "")
        invited = await run_in_threadpool(self._guardians.invited, token, phone=phone)
        if invited is None:
            return self._pages.calm(language, "guardian_unknown", status=HTTPStatus.NOT_FOUND)
        state = invited.asked.state
        if state is ConsentState.WAITING:
            return self.asked(invited, language, {}, "")
        if not invited.is_mine:
            return self._pages.calm(language, _CALM[state], status=HTTPStatus.GONE)
        if state is ConsentState.GIVEN:
            return self._pages.paint("guardian_given.html", language, asked=invited.asked)
        return self._pages.calm(language, _MINE[state])

    def asked(
        self, invited: Invited, language: Language, filled: dict[str, str], fault: str
    ) -> Response:
        """Ask, and say what is missing in what was filled in."""
        if not self._guardians.may_consent(invited.guardian):
            return self._pages.calm(language, "guardian_minor", status=HTTPStatus.FORBIDDEN)
        return self._pages.paint(
            "guardian.html",
            language,
            status=HTTPStatus.UNPROCESSABLE_ENTITY if fault else HTTPStatus.OK,
            asked=invited.asked,
            has_account=invited.guardian is Guardian.ADULT,
            fault=fault,
            is_guardian=filled.get("is_guardian") == "yes",
            has_biometrics=filled.get("biometrics") == "yes",
        )


def routes(guardians: Guardians, pages: Pages) -> APIRouter:
    """Return the paths of guardians."""
    router, screens = APIRouter(), _Screens(guardians, pages)

    @router.get("/g/{token}")
    async def invite(token: str, request: Request) -> Response:
        """Show what is asked, or how it stands."""
        return await screens.shown(token, request, language_of(request))

    @router.post("/g/{token}")
    async def answer(token: str, request: Request) -> Response:
        """Take the answer; the first that comes counts."""
        form = await form_of(request)
        language = language_of(request, form.get("lang"))
        phone = request.cookies.get(COOKIE, "")
        invited = await run_in_threadpool(guardians.invited, token, phone=phone)
        if invited is None or invited.asked.state is not ConsentState.WAITING:
            return await screens.shown(token, request, language)
        choice = form.get("choice") != "decline"
        fault = _fault(form, invited.guardian) if choice else ""
        if fault:
            return screens.asked(invited, language, form, fault)
        is_first, secret = await run_in_threadpool(
            guardians.answer, token, choice=choice, language=language.value, phone=phone
        )
        if not is_first:
            return await screens.shown(token, request, language)
        journal.note(journal.Event.GUARDIAN_ANSWERED, consents=choice)
        where = {"Location": f"/g/{token}?lang={language.value}"}
        done = Response(status_code=HTTPStatus.SEE_OTHER, headers=HEADERS | where)
        return remembered(done, request, secret)

    @router.post("/guardian/withdraw")
    async def withdraw(request: Request) -> Response:
        """Take a consent back."""
        form = await form_of(request)
        language = language_of(request, form.get("lang"))
        phone, consent = request.cookies.get(COOKIE, ""), form.get("consent", "")
        withdrew = await run_in_threadpool(
            guardians.withdraw, consent, language=language.value, phone=phone
        )
        if not withdrew:
            return pages.calm(language, "guardian_unknown", status=HTTPStatus.NOT_FOUND)
        journal.note(journal.Event.GUARDIAN_WITHDREW)
        return pages.calm(language, "guardian_withdrawn")

    return router


def _fault(form: dict[str, str], guardian: Guardian) -> str:
    """Return the text id of what is missing for a consent; empty if nothing is."""
    if form.get("is_guardian") != "yes":
        return "fault_guardian"
    if form.get("biometrics") != "yes":
        return "fault_biometrics" if guardian is Guardian.ADULT else "fault_stand_in"
    return ""
