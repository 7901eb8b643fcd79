"""The pages a citizen's phone opens from the QR.

Rule 1: nothing personal is shown: whoever holds the link has proved nothing yet.
Rule 2: the address holds the token, so it is sent to nobody (no referrer, no log, no
cache), and nothing is loaded from elsewhere.
"""

from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import jinja2
from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from enrolment import bodies, journal
from enrolment.activation import Invitation, Link, judge
from enrolment.intake import TOO_LARGE
from enrolment.phone.languages import chosen, texts
from enrolment.problems import Refused
from enrolment.register import Register
from wire.screen import Language

_HERE = Path(__file__).parent
_LARGEST_FORM_BYTES = 4096
_MOST_FIELDS = 8
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; form-action 'self';"
        " base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
}
_CALM = {
    Link.USED: ("used", HTTPStatus.GONE),
    Link.UNKNOWN: ("unknown", HTTPStatus.NOT_FOUND),
}
_CODE_HEADER = {"X-Failure-Code": "activation.unknown"}


class _Pages:
    """Paints the templates in a language."""

    def __init__(self) -> None:
        self._words = texts()
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(_HERE / "templates"),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
        )

    def paint(
        self,
        page: str,
        language: Language,
        *,
        status: HTTPStatus = HTTPStatus.OK,
        headers: dict[str, str] | None = None,
        **facts: Any,
    ) -> Response:
        content = self._environment.get_template(page).render(
            t=self._words[language], languages=self._words, language=language, **facts
        )
        return Response(
            content, status, _HEADERS | (headers or {}), media_type="text/html; charset=utf-8"
        )

    def calm(self, language: Language, link: Link) -> Response:
        kind, status = _CALM[link]
        journal.note(journal.Event.PHONE_REFUSED, status=status)
        return self.paint("calm.html", language, status=status, headers=_CODE_HEADER, kind=kind)


def routes(register: Register) -> APIRouter:
    """Return the paths that phones call."""
    router = APIRouter()
    pages = _Pages()
    style = (_HERE / "phone.css").read_bytes()

    @router.get("/a/{token}")
    async def invite(token: str, request: Request) -> Response:
        """Show what is left to do."""
        language = _language(request)
        invitation = await _invitation(register, token)
        if invitation.link is not Link.OPEN:
            return pages.calm(language, invitation.link)
        return pages.paint(
            "open.html",
            language,
            reference=invitation.reference,
            fault=None,
            has_biometrics=False,
        )

    @router.post("/a/{token}")
    async def finish(token: str, request: Request) -> Response:
        """Finish if all is filled in right; the link is used up then."""
        form = await _form(request)
        language = _language(request, form.get("lang"))
        invitation = await _invitation(register, token)
        if invitation.link is not Link.OPEN:
            return pages.calm(language, invitation.link)
        has_biometrics = form.get("biometrics") == "yes"
        fault = judge(
            has_biometrics=has_biometrics,
            password=form.get("password", ""),
            again=form.get("again", ""),
        )
        if fault is not None:
            return pages.paint(
                "open.html",
                language,
                status=HTTPStatus.UNPROCESSABLE_ENTITY,
                reference=invitation.reference,
                fault=fault.value,
                has_biometrics=has_biometrics,
            )
        if not await run_in_threadpool(register.link, token):
            return pages.calm(language, Link.USED)
        journal.note(journal.Event.PHONE_LINKED)
        where = {"Location": f"/done?lang={language.value}"}
        return Response(status_code=HTTPStatus.SEE_OTHER, headers=_HEADERS | where)

    @router.get("/done")
    async def done(request: Request) -> Response:
        """Say that all is done."""
        return pages.paint("calm.html", _language(request), kind="done")

    @router.get("/phone.css")
    async def css() -> Response:
        return Response(style, headers=_HEADERS, media_type="text/css")

    return router


async def _invitation(register: Register, token: str) -> Invitation:
    return await run_in_threadpool(register.invitation, token) or Invitation(Link.UNKNOWN)


async def _form(request: Request) -> dict[str, str]:
    try:
        body = await bodies.read(request, at_most=_LARGEST_FORM_BYTES)
    except bodies.BodyTooLarge:
        raise Refused(TOO_LARGE) from None
    try:
        fields = parse_qs(body.decode(), max_num_fields=_MOST_FIELDS)
    except ValueError:
        # Not our form; as if it had been sent empty.
        return {}
    return {name: values[0] for name, values in fields.items()}


def _language(request: Request, asked: str | None = None) -> Language:
    return chosen(
        asked or request.query_params.get("lang"), request.headers.get("accept-language", "")
    )
